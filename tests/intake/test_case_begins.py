"""A case is filed, forwarded, accepted and answered."""

from dataclasses import replace

import pytest

from services.intake.domain.case import CASE, CaseCommand, CaseNotFound, CaseState
from services.intake.domain.case.acceptance import (
    CaseAcceptedOtherwise,
    CaseNotAccepted,
    CaseTakenByAnother,
)
from services.intake.domain.case.answering import (
    CaseAnsweredOtherwise,
    CaseRepliedOtherwise,
    ReplyOnlyByImport,
)
from services.intake.domain.case.closing import CloseCase
from services.intake.domain.case.closing_check import CheckClosing
from services.intake.domain.case.departure import DivertCase
from services.intake.domain.case.ended import CaseWasWithdrawn
from services.intake.domain.case.filing import (
    CaseAlreadyFiled,
    CiteFiling,
    FiledWithOtherContent,
)
from services.intake.domain.case.forwarding import CaseAlreadyAccepted, ForwardCase
from services.intake.domain.case.linking import LinkCase
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from services.intake.domain.case.registration import AccusedUnitIsSealed, FirstCaseRepeatsNothing
from services.intake.domain.case.reopening import ReopenCase
from services.intake.domain.case.resolution import ResolveCase
from services.intake.domain.case.withdrawal import WithdrawCase
from shared.contracts.case_codes import (
    FirstOrRepeat,
    LinkReason,
    OpinionResult,
    Outcome,
    Procedure,
    Purpose,
    ReopenReason,
    ResolvedHow,
    Route,
    ServiceMethod,
)
from shared.contracts.case_handling_codes import ClosingChecker
from shared.divisions import VillageElsewhere
from shared.testing.given_when_then import Facts
from tests.intake.facts import (
    ACCEPT,
    ACCEPTED,
    ANSWER,
    ANSWERED,
    CASE_ID,
    DIGEST,
    FILE,
    FILED,
    FORWARDED,
    ISSUED,
    OTHER_CASE,
    OTHER_DIGEST,
    REPLIED,
    REPLY,
    ROUTED,
    SERVED,
    WITHDRAWN,
)

case = Facts(CASE)
FORWARD = ForwardCase(to_unit="water-bureau")


def test_a_filed_case_is_in_the_register() -> None:
    case.when(FILE).then(FILED)


def test_filing_the_same_case_again_changes_nothing() -> None:
    case.given(FILED).when(FILE).then_nothing()


def test_a_case_is_not_filed_again_with_other_particulars() -> None:
    case.given(FILED).when(replace(FILE, headcount=3)).then_refused(CaseAlreadyFiled)


def test_a_village_of_another_township_is_refused() -> None:
    case.when(replace(FILE, village_code="519900102001")).then_refused(VillageElsewhere)


def test_a_village_of_the_township_is_taken() -> None:
    case.when(replace(FILE, village_code="519900101001")).then(
        FILED.model_copy(update={"village_code": "519900101001"})
    )


def test_a_first_case_repeats_no_other() -> None:
    case.when(replace(FILE, repeat_of=OTHER_CASE)).then_refused(FirstCaseRepeatsNothing)


def test_a_repeat_names_the_case_that_it_repeats() -> None:
    command = replace(FILE, first_or_repeat=FirstOrRepeat.REPEAT, repeat_of=OTHER_CASE)
    case.when(command).then(
        FILED.model_copy(update={"first_or_repeat": FirstOrRepeat.REPEAT, "repeat_of": OTHER_CASE})
    )


def test_the_unit_that_an_accusation_names_stays_out_of_the_event() -> None:
    command = replace(FILE, purpose=Purpose.ACCUSATION, complained_unit="land-office")
    case.when(command).then_refused(AccusedUnitIsSealed)


def test_a_register_that_cites_its_case_changes_nothing() -> None:
    case.given(FILED).when(CiteFiling(content_digest=DIGEST)).then_nothing()


def test_a_register_that_can_tell_no_content_changes_nothing() -> None:
    case.given(FILED).when(CiteFiling(content_digest=None)).then_nothing()


def test_a_number_of_a_register_stands_for_one_content() -> None:
    command = CiteFiling(content_digest=OTHER_DIGEST)
    case.given(FILED).when(command).then_refused(FiledWithOtherContent)


EVERY_COMMAND_ABOUT_A_CASE: list[CaseCommand] = [
    CiteFiling(content_digest=None),
    REPLY,
    FORWARD,
    ACCEPT,
    ANSWER,
    ResolveCase(how=ResolvedHow.ON_THE_SPOT, on_site=True),
    WithdrawCase(statement_recorded=True),
    DivertCase(route=Route.LITIGATION),
    LinkCase(to_case_id=OTHER_CASE, why=LinkReason.DUPLICATE),
    CheckClosing(by=ClosingChecker.UNIT_HEAD),
    CloseCase(outcome=Outcome.SUPPORTED),
    ReopenCase(reason=ReopenReason.NEW_FACTS),
]


@pytest.mark.parametrize(
    "command", EVERY_COMMAND_ABOUT_A_CASE, ids=lambda command: type(command).__name__
)
def test_nothing_can_be_done_with_a_case_that_was_never_filed(command: CaseCommand) -> None:
    case.when(command).then_refused(CaseNotFound)


def test_a_reply_of_a_register_answers_a_filed_case() -> None:
    case.given(FILED).when(REPLY).then(REPLIED)


def test_a_case_that_was_replied_to_shows_as_answered() -> None:
    case.given(FILED).when(REPLY).then_state(lambda state: state.state is CaseState.ANSWERED)


def test_the_office_itself_cannot_just_reply() -> None:
    case.given(FILED).when(replace(REPLY, origin=Origin.OFFICE)).then_refused(ReplyOnlyByImport)


def test_the_same_reply_again_changes_nothing() -> None:
    case.given(FILED, REPLIED).when(REPLY).then_nothing()


def test_another_reply_of_the_same_register_is_refused() -> None:
    command = replace(REPLY, reply_digest=OTHER_DIGEST)
    case.given(FILED, REPLIED).when(command).then_refused(CaseRepliedOtherwise)


def test_a_reply_whose_hour_is_not_known_says_so() -> None:
    case.given(FILED).when(replace(REPLY, origin=Origin.REGISTER_DAY)).then(
        REPLIED.model_copy(update={"day_only": True})
    )


def test_a_case_is_forwarded_to_the_competent_unit() -> None:
    case.given(FILED).when(FORWARD).then(FORWARDED)


def test_forwarding_to_the_same_unit_again_changes_nothing() -> None:
    case.given(FILED, FORWARDED).when(FORWARD).then_nothing()


def test_a_case_may_be_forwarded_on_to_a_further_unit() -> None:
    case.given(FILED, FORWARDED).when(ForwardCase(to_unit="roads-bureau")).then(
        FORWARDED.model_copy(update={"to_unit": "roads-bureau"})
    )


def test_an_accepted_case_stays_with_its_unit() -> None:
    case.given(FILED, ACCEPTED).when(FORWARD).then_refused(CaseAlreadyAccepted)


def test_a_withdrawn_case_is_not_forwarded() -> None:
    case.given(FILED, WITHDRAWN).when(FORWARD).then_refused(CaseWasWithdrawn)


def test_the_office_names_the_unit_to_which_it_forwards() -> None:
    command = ForwardCase(to_unit="not-stated")
    case.given(FILED).when(command).then_refused(NotStatedOnlyByImport, field="to_unit")


def test_an_accepted_case_has_a_handler_and_a_due_date() -> None:
    case.given(FILED).when(ACCEPT).then(ROUTED, ACCEPTED)


def test_a_forwarded_case_is_accepted_by_the_unit() -> None:
    case.given(FILED, FORWARDED).when(ACCEPT).then(ROUTED, ACCEPTED)


def test_accepting_twice_changes_nothing() -> None:
    case.given(FILED, ACCEPTED).when(ACCEPT).then_nothing()


def test_a_second_handler_is_refused() -> None:
    command = replace(ACCEPT, handler="post-he")
    case.given(FILED, ACCEPTED).when(command).then_refused(CaseTakenByAnother, case_id=CASE_ID)


def test_the_same_handler_does_not_accept_by_another_procedure() -> None:
    command = replace(ACCEPT, procedure=Procedure.SIMPLE)
    case.given(FILED, ACCEPTED).when(command).then_refused(CaseAcceptedOtherwise)


def test_the_office_names_the_unit_that_is_responsible() -> None:
    command = replace(ACCEPT, responsible_unit="not-stated")
    case.given(FILED).when(command).then_refused(NotStatedOnlyByImport, field="responsible_unit")


def test_a_register_may_not_know_which_unit_accepted() -> None:
    command = replace(ACCEPT, responsible_unit="not-stated", origin=Origin.REGISTER)
    case.given(FILED).when(command).then(
        ACCEPTED.model_copy(update={"responsible_unit": "not-stated", "imported": True})
    )


def test_an_answer_is_issued_and_served() -> None:
    case.given(FILED, ACCEPTED).when(ANSWER).then(ISSUED, SERVED)


def test_the_same_answer_again_changes_nothing() -> None:
    case.given(*ANSWERED).when(ANSWER).then_nothing()


def test_another_answer_needs_the_case_to_be_reopened() -> None:
    command = replace(ANSWER, result=OpinionResult.PARTLY)
    case.given(*ANSWERED).when(command).then_refused(CaseAnsweredOtherwise)


def test_another_text_of_the_answer_is_another_answer() -> None:
    command = replace(ANSWER, opinion_digest=OTHER_DIGEST)
    case.given(*ANSWERED).when(command).then_refused(CaseAnsweredOtherwise)


def test_only_an_accepted_case_is_answered() -> None:
    case.given(FILED).when(ANSWER).then_refused(CaseNotAccepted)


def test_the_office_says_how_it_served_its_opinion() -> None:
    command = replace(ANSWER, method=ServiceMethod.NOT_STATED)
    case.given(FILED, ACCEPTED).when(command).then_refused(NotStatedOnlyByImport, field="method")

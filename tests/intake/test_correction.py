"""A registration is corrected or voided: the number and the old codes stay, figures follow."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.intake.domain.case import CASE, CaseCommand, CaseState
from services.intake.domain.case.answer_review import OpenAnswerReview
from services.intake.domain.case.correction import CorrectFiling, ReceivedAfterAnAct, VoidFiling
from services.intake.domain.case.ended import CaseWasVoided
from services.intake.domain.case.filing import CiteFiling, FileCase
from services.intake.domain.case.forwarding import CaseAlreadyAccepted
from services.intake.domain.case.mediation_outcome import NoteMediationOutcome
from services.intake.domain.case.registration import (
    AccusedUnitIsSealed,
    FirstCaseRepeatsNothing,
    ReceivedAfterFiling,
)
from services.intake.domain.case.remit import LapseRemit
from services.intake.domain.case.transfer_note import NoteTransfer
from services.intake.domain.case.withdrawal import EndStatedWithdrawal
from services.intake.examples import COMMANDS, CORRECT, NOTE, VOID
from shared.contracts.case_codes import (
    Category,
    FirstOrRepeat,
    MediationOutcome,
    Outcome,
    Purpose,
    ReopenReason,
    ResolvedHow,
)
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact, FilingVoidReason
from shared.contracts.event import Event
from shared.contracts.intake import FilingCorrected, FilingVoided, MediationOutcomeNoted
from shared.divisions import VillageElsewhere
from shared.refusals import InvalidInput
from shared.testing.given_when_then import Facts, happened
from tests.intake.facts import (
    ACCEPTED,
    CASE_ID,
    FILED,
    FORWARDED,
    MATTER_ID,
    OTHER_CASE,
    WITHDRAWN,
    closed,
    reopened,
    resolved,
)
from tests.intake.mediation_facts import REFERRED

case = Facts(CASE)

MONDAY, TUESDAY, WEDNESDAY = (date(2025, 3, 3) + timedelta(each) for each in range(3))
CLOSED_BY_REGISTER = closed(Outcome.NOT_STATED, imported=True)
VOIDED = FilingVoided(case_id=CASE_ID, matter_id=MATTER_ID, why=FilingVoidReason.REGISTERED_TWICE)


def correcting(**facts: Any) -> CorrectFiling:
    named = {each: facts[each.field] for each in FilingFact if each.field in facts}
    return CorrectFiling(why=CorrectionReason.TYPING_ERROR, facts=named)


def test_what_differs_is_corrected_and_the_rest_stays() -> None:
    both = correcting(category=Category.LABOUR, headcount=2)
    outcome = case.given(FILED).when(both)
    outcome.then(
        FilingCorrected(
            case_id=CASE_ID,
            matter_id=MATTER_ID,
            why=CorrectionReason.TYPING_ERROR,
            changed=(FilingFact.CATEGORY,),
            category=Category.LABOUR,
        )
    )
    outcome.then_state(lambda after: after.filed == FILED)
    outcome.then_state(
        lambda after: after.registration == FILED.model_copy(update={"category": Category.LABOUR})
    )


def test_a_fact_can_be_emptied_and_is_then_written_as_changed() -> None:
    (corrected,) = case.given(FILED).when(correcting(headcount=None)).events
    assert isinstance(corrected, FilingCorrected)
    assert corrected.to_data()["changed"] == ["headcount"]
    after = CASE.fold([FILED, corrected])
    assert after.registration is not None
    assert after.registration.headcount is None


def test_the_same_correction_twice_changes_nothing() -> None:
    first = case.given(FILED).when(CORRECT)
    case.given(FILED, *first.events).when(CORRECT).then_nothing()


@pytest.mark.parametrize("fact", ["channel", "purpose", "category", "first_or_repeat"])
def test_what_every_registration_states_is_not_emptied(fact: str) -> None:
    case.given(FILED).when(correcting(**{fact: None})).then_refused(InvalidInput)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"village_code": "519900102001"}, VillageElsewhere),
        ({"repeat_of": OTHER_CASE}, FirstCaseRepeatsNothing),
        (
            {"purpose": Purpose.ACCUSATION, "complained_unit": "land-office"},
            AccusedUnitIsSealed,
        ),
    ],
)
def test_no_correction_says_what_no_filing_says(
    facts: dict[str, Any], refusal: type[Exception]
) -> None:
    case.given(FILED).when(correcting(**facts)).then_refused(refusal)  # type: ignore[arg-type]


def test_a_repeat_is_corrected_in_one_step() -> None:
    repeat = correcting(first_or_repeat=FirstOrRepeat.REPEAT, repeat_of=OTHER_CASE)
    case.given(FILED).when(repeat).then_kinds(FilingCorrected)


def test_the_day_of_receipt_is_corrected_within_the_record() -> None:
    given = case.given(happened(FILED, WEDNESDAY))
    given.when(correcting(received_on=MONDAY), on=WEDNESDAY).then_state(
        lambda after: after.received_on == MONDAY
    )
    late = correcting(received_on=WEDNESDAY + timedelta(1))
    given.when(late, on=WEDNESDAY).then_refused(ReceivedAfterFiling, field="received_on")


def test_nothing_was_done_before_the_corrected_receipt() -> None:
    received = FILED.model_copy(update={"received_on": MONDAY})
    acted = case.given(
        happened(received, WEDNESDAY), happened(FORWARDED, WEDNESDAY), happened(ACCEPTED, TUESDAY)
    )
    acted.when(correcting(received_on=WEDNESDAY), on=WEDNESDAY).then_refused(
        ReceivedAfterAnAct, act="case-accepted", act_on="2025-03-04"
    )
    acted.when(correcting(received_on=TUESDAY), on=WEDNESDAY).then_kinds(FilingCorrected)
    acted.when(correcting(received_on=None), on=WEDNESDAY).then_refused(ReceivedAfterAnAct)


def test_a_registration_of_a_case_that_ended_can_still_be_corrected() -> None:
    case.given(FILED, WITHDRAWN).when(CORRECT).then_kinds(FilingCorrected)


def test_what_was_registered_by_mistake_is_void() -> None:
    outcome = case.given(FILED).when(VOID)
    outcome.then(VOIDED)
    outcome.then_state(lambda after: after.state is CaseState.VOIDED)
    case.given(FILED, VOIDED).when(VOID).then_nothing()
    other = replace(VOID, why=FilingVoidReason.NOT_A_PETITION)
    case.given(FILED, VOIDED).when(other).then_refused(CaseWasVoided)


def test_a_case_that_was_accepted_is_never_void_not_even_after_a_reopening() -> None:
    case.given(FILED, ACCEPTED).when(VOID).then_refused(CaseAlreadyAccepted)
    again = (FILED, ACCEPTED, WITHDRAWN, reopened(ReopenReason.WITHDRAWAL_REVOKED))
    case.given(*again).when(VOID).then_refused(CaseAlreadyAccepted)


TAKEN_OF_VOID_ONES = (
    *(FileCase, CiteFiling, VoidFiling, NoteMediationOutcome),
    *(EndStatedWithdrawal, LapseRemit, NoteTransfer, OpenAnswerReview),
)


@pytest.mark.parametrize(
    "command",
    [each for each in COMMANDS if not isinstance(each, TAKEN_OF_VOID_ONES)],
    ids=lambda each: type(each).__name__,
)
@pytest.mark.parametrize("before", [(FILED,), (FILED, WITHDRAWN), (FILED, CLOSED_BY_REGISTER)])
def test_a_void_registration_takes_nothing_more(
    command: CaseCommand, before: tuple[Event, ...]
) -> None:
    case.given(*before, VOIDED).when(command).then_refused(CaseWasVoided)


def test_what_a_mediation_comes_to_is_noted_and_changes_nothing() -> None:
    settled = resolved(ResolvedHow.AGREEMENT_PERFORMED)
    breached = replace(NOTE, outcome=MediationOutcome.BREACHED)
    outcome = case.given(FILED, REFERRED, settled, VOIDED).when(breached)
    outcome.then_kinds(MediationOutcomeNoted)
    outcome.then_state(lambda after: after.state is CaseState.VOIDED)

"""A case is closed after two checks by two posts, on papers or texts that the case has."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.intake import examples
from services.intake.domain.case import CASE
from services.intake.domain.case.closing import CloseCase
from services.intake.domain.case.closing_check import (
    CheckClosing,
    ClosingCheckedByAnother,
    ClosingCheckedByTheSamePost,
    ClosingNotChecked,
)
from services.intake.domain.case.ended import (
    CaseStillOpen,
    CaseWasClosed,
    CaseWasVoided,
    CaseWasWithdrawn,
)
from services.intake.domain.case.evidence import EvidenceMissing, EvidenceNotInRecord
from services.intake.domain.case.order import OutOfOrder
from services.intake.domain.case.origin import Origin
from services.intake.domain.closing_policy import BOTH_CHECKS
from shared.contracts.case_codes import Outcome, ReopenReason, ResolvedHow
from shared.contracts.case_handling import ClosingChecked
from shared.contracts.case_handling_codes import ClosingChecker, FilingVoidReason, StatementKind
from shared.contracts.event import Event
from shared.contracts.intake import CaseClosed, FilingVoided
from shared.decider import Mark
from shared.identity import Role
from shared.testing.given_when_then import Facts, happened
from tests.intake.doors import ACCEPT, ANSWER, Doors, problem
from tests.intake.facts import (
    ACCEPTED,
    ANSWERED,
    CASE_ID,
    CHECKED,
    DIGEST,
    DIVERTED,
    FILED,
    ISSUED,
    MATTER_ID,
    OTHER_DIGEST,
    SERVED,
    closed,
    reopened,
    resolved,
    stated,
)
from tests.intake.test_withdrawals import ENDS_ON, PENDING
from tests.legal_acts import CHECKS, SETTLED
from tests.legal_acts import DIVERTED as DIVERT
from tests.legal_acts import closed as closing

case = Facts(CASE)
UNIT, OFFICE = (CheckClosing(by=by) for by in ClosingChecker)
BY_UNIT, BY_OFFICE = CHECKED
CLOSE = CloseCase(outcome=Outcome.SUPPORTED)
DAY, NEXT_DAY = date(2025, 3, 10), date(2025, 3, 11)


def by(post: str, event: Event, on: date = DAY) -> tuple[Event, Mark]:
    return happened(event, on, by=post)


def test_two_posts_check_a_case_in_any_order() -> None:
    case.given(*ANSWERED).when(UNIT, by="post-1", on=DAY).then(BY_UNIT)
    for first, second, event in ((BY_UNIT, OFFICE, BY_OFFICE), (BY_OFFICE, UNIT, BY_UNIT)):
        known = case.given(*ANSWERED, by("post-1", first))
        known.when(second, by="post-2", on=DAY).then(event)
        known.when(second, by="post-1", on=DAY).then_refused(ClosingCheckedByTheSamePost)


def test_a_check_is_made_once() -> None:
    known = case.given(*ANSWERED, by("post-1", BY_UNIT))
    known.when(UNIT, by="post-1", on=DAY).then_nothing()
    known.when(UNIT, by="post-2", on=DAY).then_refused(ClosingCheckedByAnother, by="unit-head")


def test_what_goes_on_or_is_closed_or_void_is_not_checked() -> None:
    case.given(FILED, ACCEPTED).when(UNIT).then_refused(CaseStillOpen)
    case.given(*ANSWERED, closed(Outcome.SUPPORTED)).when(UNIT).then_refused(CaseWasClosed)
    void = FilingVoided(
        case_id=CASE_ID, matter_id=MATTER_ID, why=FilingVoidReason.REGISTERED_TWICE
    )
    case.given(FILED, void).when(UNIT).then_refused(CaseWasVoided)
    answered = case.given(*PENDING, ISSUED, SERVED)
    answered.when(UNIT, on=ENDS_ON).then_refused(CaseWasWithdrawn)


@pytest.mark.parametrize(
    ("checked", "missing"),
    [
        ((), "unit-head petition-office"),
        ((BY_UNIT,), "petition-office"),
        ((BY_OFFICE,), "unit-head"),
    ],
)
def test_no_case_is_closed_without_both_checks(
    checked: tuple[ClosingChecked, ...], missing: str
) -> None:
    case.given(*ANSWERED, *checked).when(CLOSE).then_refused(ClosingNotChecked, missing=missing)


def test_a_later_end_or_answer_is_checked_anew() -> None:
    settled = resolved(ResolvedHow.OPINION_ACCEPTED)
    for later in (DIVERTED, settled, SERVED):
        known = case.given(*ANSWERED, *CHECKED, later)
        outcome = Outcome.DIVERTED if later is DIVERTED else Outcome.SUPPORTED
        known.when(replace(CLOSE, outcome=outcome)).then_refused(ClosingNotChecked)
    opened_again = (*ANSWERED, *CHECKED, closed(Outcome.SUPPORTED))
    again = case.given(*opened_again, reopened(ReopenReason.NEW_FACTS), ISSUED, SERVED)
    again.when(CLOSE).then_refused(ClosingNotChecked)


def test_no_case_is_closed_before_it_was_checked() -> None:
    known = case.given(*ANSWERED, by("post-1", BY_UNIT), by("post-2", BY_OFFICE, NEXT_DAY))
    known.when(CLOSE, on=DAY).then_refused(OutOfOrder, act="closing-checked")
    known.when(CLOSE, on=NEXT_DAY).then_kinds(CaseClosed)


def test_the_opinion_and_its_paper_show_the_end() -> None:
    printed = ISSUED.model_copy(update={"paper_digest": OTHER_DIGEST})
    known = case.given(FILED, ACCEPTED, printed, SERVED, *CHECKED)
    known.when(CLOSE).then(closed(Outcome.SUPPORTED, evidence=(DIGEST, OTHER_DIGEST)))


def test_an_opinion_without_a_word_shows_nothing_until_something_is_named() -> None:
    bare = ISSUED.model_copy(update={"opinion_digest": None})
    known = case.given(FILED, ACCEPTED, bare, SERVED, *CHECKED)
    known.when(CLOSE).then_refused(EvidenceMissing, outcome="supported")
    named = replace(CLOSE, evidence=(DIGEST,))  # that of the petition itself
    known.when(named).then(closed(Outcome.SUPPORTED, evidence=(DIGEST,)))


@pytest.mark.parametrize("evidence", [(OTHER_DIGEST,), (DIGEST, OTHER_DIGEST), ()])
def test_what_is_named_is_of_this_case(evidence: tuple[str, ...]) -> None:
    known = case.given(*ANSWERED, *CHECKED)
    known.when(replace(CLOSE, evidence=evidence)).then_refused(EvidenceNotInRecord)


def test_which_ends_need_evidence_is_policy() -> None:
    agreed = (FILED, ACCEPTED, resolved(ResolvedHow.AGREEMENT_PERFORMED), *CHECKED)
    command = CloseCase(outcome=Outcome.MEDIATED)
    case.given(*agreed).when(command).then(closed(Outcome.MEDIATED))
    strict = replace(BOTH_CHECKS, shown_elsewhere=frozenset())
    case.given(*agreed).when(replace(command, policy=strict)).then_refused(EvidenceMissing)
    nobody = replace(BOTH_CHECKS, checkers=())
    case.given(*ANSWERED).when(replace(CLOSE, policy=nobody)).then_kinds(CaseClosed)


def test_what_was_settled_on_the_spot_is_shown_by_the_acknowledgement() -> None:
    settled = (
        *(FILED, ACCEPTED),
        *(
            stated(StatementKind.SETTLED_ON_THE_SPOT, digest=OTHER_DIGEST),
            resolved(ResolvedHow.ON_THE_SPOT),
        ),
    )
    command = CloseCase(outcome=Outcome.EXPLAINED)
    case.given(*settled, *CHECKED).when(command).then(
        closed(Outcome.EXPLAINED, evidence=(OTHER_DIGEST,))
    )


def test_closing_twice_changes_nothing() -> None:
    done = case.given(*ANSWERED, *CHECKED, closed(Outcome.SUPPORTED, evidence=(DIGEST,)))
    done.when(CLOSE).then_nothing()
    done.when(replace(CLOSE, evidence=(DIGEST,))).then_nothing()
    done.when(replace(CLOSE, evidence=(OTHER_DIGEST,))).then_refused(CaseWasClosed)


def test_a_register_closes_without_checks_and_evidence() -> None:
    command = replace(CLOSE, origin=Origin.REGISTER)
    case.given(*ANSWERED).when(command).then(closed(Outcome.SUPPORTED, imported=True))


def test_the_examples_are_those_of_the_states_page() -> None:
    assert (examples.CHECK, examples.CHECK_BY_OFFICE) == (UNIT, OFFICE)


async def history(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = (await doors.get(f"/cases/{case_id}")).json()["history"]
    return shown


@pytest.mark.parts
async def test_two_posts_check_and_the_evidence_is_filled_in(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, ANSWER, *closing("supported"))
    told = await history(doors, case_id)
    checks = [each for each in told if each["event"] == "closing-checked"]
    assert [(each["data"]["by"], each["actor_ref"]) for each in checks] == [
        ("unit-head", "post-1"),
        ("petition-office", "post-2"),
    ]
    [issued] = [each["data"] for each in told if each["event"] == "opinion-issued"]
    assert issued["opinion_digest"] in told[-1]["data"]["evidence"]


@pytest.mark.parts
@pytest.mark.parametrize("step", [SETTLED, DIVERT])
async def test_each_end_is_closed_on_what_the_case_has(
    doors: Doors, step: tuple[str, dict[str, Any]]
) -> None:
    case_id = await doors.file()
    ends = {
        SETTLED[0]: ([ACCEPT, SETTLED, ("resolve", {"how": "on-the-spot"})], "explained"),
        DIVERT[0]: ([DIVERT], "diverted"),
    }
    steps, outcome = ends[step[0]]
    answer = await doors.tell(case_id, *steps, *closing(outcome))
    assert answer.json()["state"] == "closed"
    assert len((await history(doors, case_id))[-1]["data"]["evidence"]) == 1


@pytest.mark.parts
async def test_a_backfill_states_both_checks_in_order_too(doors: Doors) -> None:
    case_id = await doors.file(occurred_at="2025-03-03T10:00:00+08:00")
    steps = [
        *((*step, "2025-03-04") for step in (ACCEPT, ANSWER)),
        *((*step, "2025-03-06") for step in CHECKS),
        ("close", {"outcome": "supported"}, "2025-03-05"),
        ("close", {"outcome": "supported"}, "2025-03-06"),
    ]
    answers = []
    for number, (verb, body, on) in enumerate(steps):
        answers.append(
            await doors.post(
                f"/cases/{case_id}/{verb}",
                body | {"happened_on": on},
                role=Role.BACKFILL,
                ref=f"post-{number}",
            )
        )
    assert [each.status_code for each in answers] == [200, 200, 200, 200, 422, 200]
    assert problem(answers[4]) == "out-of-order"

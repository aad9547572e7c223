"""The handling after the acceptance: facts that are found, hearings, a term that is extended."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import examples
from services.intake.domain.case import CASE
from services.intake.domain.case.acceptance import CaseNotAccepted
from services.intake.domain.case.case_file import about
from services.intake.domain.case.ended import CaseWasWithdrawn
from services.intake.domain.case.extension import (
    ExtensionNotAllowed,
    TermIsOver,
    TermNoLongerRuns,
)
from services.intake.domain.case.notices import IssueNotice, NothingToTell, notice_due
from services.intake.domain.case.origin import Origin
from services.intake.domain.term_of_handling import due_after_extension, due_of_handling
from shared.clocks.calendar import Calendar
from shared.clocks.due import Due
from shared.clocks.shipped import shipped_calendar, shipped_policy
from shared.contracts.case_codes import Procedure
from shared.contracts.case_handling import ExtensionGranted, HearingHeld, InvestigationRecorded
from shared.contracts.case_handling_codes import InvestigationStep, NoticeKind
from shared.contracts.case_notices import NoticeIssued
from shared.contracts.intake import CaseAccepted
from shared.testing.given_when_then import Facts, happened
from tests.intake.facts import (
    ACCEPTED,
    ANSWERED,
    CASE_ID,
    DIGEST,
    FILED,
    MATTER_ID,
    WITHDRAWN,
)

case = Facts(CASE)

ABOUT = about(CASE_ID, MATTER_ID, Origin.OFFICE)
INVESTIGATE, HEAR, EXTEND = examples.INVESTIGATE, examples.HEAR, examples.EXTEND
assert isinstance(EXTEND.due, Due)
EXTENDED = ExtensionGranted(
    days=20,
    approver_role=EXTEND.approver_role,
    due_at=datetime(2025, 5, 23, 16, tzinfo=UTC),
    due_at_for_petitioner=EXTEND.due.due_at_for_petitioner,
    reason_digest=DIGEST,
    policy_version=EXTEND.due.policy_version,
    calendar_version=EXTEND.due.calendar_version,
    **ABOUT,
)
INVESTIGATED = InvestigationRecorded(
    steps=(InvestigationStep.FIELD_SURVEY,), record_digest=DIGEST, **ABOUT
)
HEARD = HearingHeld(representatives=9, **ABOUT)


def test_facts_are_found_in_an_accepted_case() -> None:
    case.given(FILED, ACCEPTED).when(INVESTIGATE).then(INVESTIGATED)
    case.given(FILED, ACCEPTED).when(HEAR).then(HEARD)
    for command in (INVESTIGATE, HEAR):
        case.given(FILED).when(command).then_refused(CaseNotAccepted)
        case.given(FILED, ACCEPTED, WITHDRAWN).when(command).then_refused(CaseWasWithdrawn)


def test_the_same_steps_on_another_day_are_another_investigation() -> None:
    history = (FILED, ACCEPTED, happened(INVESTIGATED, date(2025, 3, 9)))
    case.given(*history).when(INVESTIGATE, on=date(2025, 3, 9)).then_nothing()
    case.given(*history).when(INVESTIGATE, on=date(2025, 3, 10)).then(INVESTIGATED)


def test_a_term_is_extended_before_it_ends() -> None:
    case.given(FILED, ACCEPTED).when(EXTEND, on=date(2025, 5, 3)).then(EXTENDED)
    case.given(FILED, ACCEPTED).when(EXTEND, on=date(2025, 5, 4)).then_refused(TermIsOver)


def test_an_extension_moves_the_end_of_the_term() -> None:
    outcome = case.given(FILED, ACCEPTED).when(EXTEND, on=date(2025, 4, 1))
    outcome.then_state(lambda file: file.due_at == EXTENDED.due_at)


def test_the_same_extension_of_the_same_day_is_granted_once() -> None:
    history = (FILED, ACCEPTED, happened(EXTENDED, date(2025, 4, 1)))
    case.given(*history).when(replace(EXTEND, due="too often"), on=date(2025, 4, 1)).then_nothing()


def test_only_a_term_that_runs_is_extended() -> None:
    case.given(FILED).when(EXTEND).then_refused(CaseNotAccepted)
    case.given(*ANSWERED).when(EXTEND).then_refused(TermNoLongerRuns)
    case.given(FILED, ACCEPTED, WITHDRAWN).when(EXTEND).then_refused(CaseWasWithdrawn)


def test_what_the_policy_does_not_allow_is_not_granted() -> None:
    case.given(FILED, ACCEPTED).when(replace(EXTEND, due="C6 may be extended once")).then_refused(
        ExtensionNotAllowed, field="days"
    )


def test_an_extension_needs_its_notice() -> None:
    command = IssueNotice(notice=NoticeKind.EXTENSION)
    case.given(FILED, ACCEPTED).when(command).then_refused(NothingToTell)
    case.given(FILED, ACCEPTED, EXTENDED).when(command).then_kinds(NoticeIssued)
    assert notice_due(CASE.fold([FILED, ACCEPTED, EXTENDED])) is NoticeKind.EXTENSION


NO_HOLIDAYS = Calendar([])


def extended(days: int, *before: int, procedure: Procedure = Procedure.ORDINARY) -> Due | str:
    accepted = ACCEPTED.model_copy(update={"procedure": procedure})
    granted = [EXTENDED.model_copy(update={"days": each}) for each in before]
    file = CASE.fold_marked(
        happened(fact, date(2025, 3, 4)) for fact in (FILED, accepted, *granted)
    )
    assert CaseAccepted.kind in file.marks
    return due_after_extension(file, days, policy=shipped_policy(), calendar=NO_HOLIDAYS)


@given(st.integers(1, 30))
def test_an_extension_counts_from_the_end_of_the_term_before(days: int) -> None:
    due = extended(days)
    assert isinstance(due, Due)
    first = due_of_handling(
        Procedure.ORDINARY, date(2025, 3, 4), policy=shipped_policy(), calendar=NO_HOLIDAYS
    )
    assert due.due_on == first.due_on + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "before", "procedure"),
    [
        (31, (), Procedure.ORDINARY),
        (11, (20,), Procedure.ORDINARY),
        (5, (), Procedure.SIMPLE),
    ],
)
def test_the_law_allows_thirty_days_in_all(
    days: int, before: tuple[int, ...], procedure: Procedure
) -> None:
    assert isinstance(extended(days, *before, procedure=procedure), str)


def test_the_petitioners_end_is_moved_on_from_days_of_rest() -> None:
    file = CASE.fold_marked(happened(fact, date(2026, 1, 5)) for fact in (FILED, ACCEPTED))
    due = due_after_extension(file, 30, policy=shipped_policy(), calendar=shipped_calendar())
    assert isinstance(due, Due)
    assert (due.due_on, due.due_on_for_petitioner) == (date(2026, 4, 5), date(2026, 4, 7))

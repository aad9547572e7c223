"""包案: one leader, one task force and one plan for a case, to its end."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CASE as CASE_RULE
from services.intake.domain.key_case_policy import KEY_CASES
from services.intake.domain.key_cases import (
    KEY_CASE,
    CaseEnd,
    CloseKeyCase,
    OpenKeyCase,
    RecordStep,
    VoidKeyCase,
    ended_as,
    refusals,
)
from shared.contracts.case_codes import ResolvedHow
from shared.contracts.key_case_codes import KeyCaseEnd, KeyCaseStep
from shared.contracts.key_cases import (
    KeyCaseClosed,
    KeyCaseOpened,
    KeyCaseProgressed,
    KeyCaseVoided,
)
from shared.contracts.mediation_codes import VoidReason
from shared.testing.given_when_then import Facts
from tests.intake.facts import ANSWERED, WITHDRAWN, resolved

ID, CASE, STEP, CLOSING = (f"519900101-0198a5c0-0000-7000-8000-{n:012x}" for n in range(1, 5))
DIGEST = "ab" * 32
ON, TARGET = date(2025, 3, 4), date(2025, 6, 4)
ABOUT = {"key_case_id": ID, "case_id": CASE}
key_case = Facts(KEY_CASE)


def taking(**changes: Any) -> OpenKeyCase:
    stated: dict[str, Any] = {
        **ABOUT,
        "leader_post": "secretary",
        "task_force": ("water-station", "justice-office", "water-station"),
        "plan_digest": DIGEST,
        "backlog": True,
        "on": ON,
        "target_on": TARGET,
        "latest": TARGET,
        "policy_version": KEY_CASES.version,
    }
    return OpenKeyCase(**(stated | changes))


OPENED = KeyCaseOpened(
    **ABOUT,
    leader_post="secretary",
    task_force=("justice-office", "water-station"),
    plan_digest=DIGEST,
    backlog=True,
    on=ON,
    target_on=TARGET,
    policy_version=KEY_CASES.version,
)
MET = KeyCaseProgressed(**ABOUT, step_id=STEP, step=KeyCaseStep.PETITIONER_MET, on=ON)
MEET = RecordStep(step_id=STEP, step=KeyCaseStep.PETITIONER_MET, on=ON)
VOIDED = KeyCaseVoided(**ABOUT, on=ON, backlog=True, reason=VoidReason.BY_MISTAKE)
VOID = VoidKeyCase(reason=VoidReason.BY_MISTAKE)


def closing(
    end: KeyCaseEnd | None = KeyCaseEnd.SETTLED,
    on: date = TARGET,
    by: date = date(2025, 7, 1),
) -> CloseKeyCase:
    return CloseKeyCase(closing_id=CLOSING, ended=CaseEnd(end, on) if end else None, by=by)


def closed(
    end: KeyCaseEnd = KeyCaseEnd.SETTLED, on: date = TARGET, *, in_time: bool
) -> KeyCaseClosed:
    return KeyCaseClosed(
        **ABOUT, closing_id=CLOSING, end=end, on=on, backlog=True, in_time=in_time
    )


def test_a_leader_takes_a_case_with_a_task_force_and_a_plan() -> None:
    key_case.given().when(taking()).then(OPENED)


@pytest.mark.parametrize(
    ("target", "refusal"),
    [(date(2025, 3, 3), refusals.TargetTooEarly), (date(2025, 6, 5), refusals.TargetTooLate)],
)
def test_a_backlog_case_has_its_months(target: date, refusal: type[Any]) -> None:
    key_case.given().when(taking(target_on=target)).then_refused(refusal)
    if refusal is refusals.TargetTooLate:
        free = taking(target_on=target, backlog=False, latest=None)
        key_case.given().when(free).then_kinds(KeyCaseOpened)


def test_each_step_is_recorded_once_and_none_before_it_was_taken() -> None:
    key_case.given(OPENED).when(MEET).then(MET)
    key_case.given(OPENED, MET).when(MEET).then_nothing()
    early = RecordStep(step_id=STEP, step=KeyCaseStep.OTHER, on=date(2025, 3, 3))
    key_case.given(OPENED).when(early).then_refused(refusals.StepBeforeIt)


def test_it_ends_with_its_case_alone_and_in_time_only_if_settled() -> None:
    key_case.given(OPENED).when(closing(None)).then_refused(refusals.CaseGoesOn)
    key_case.given(OPENED, MET).when(closing()).then(closed(in_time=True))
    late = date(2025, 6, 5)
    key_case.given(OPENED).when(closing(on=late)).then(closed(on=late, in_time=False))
    before = closing(by=date(2025, 6, 3))
    key_case.given(OPENED).when(before).then_refused(refusals.StepBeforeIt)
    ended = KeyCaseEnd.LAWFULLY_ENDED
    key_case.given(OPENED).when(closing(ended)).then(closed(ended, in_time=False))
    key_case.given(OPENED, closed(in_time=True)).when(closing(None)).then_nothing()


def test_what_is_over_is_over() -> None:
    over = (OPENED, closed(in_time=True))
    key_case.given(*over).when(MEET).then_refused(refusals.KeyCaseWasClosed)
    key_case.given(*over).when(VOID).then_refused(refusals.KeyCaseWasClosed)
    key_case.given(OPENED).when(VOID).then(VOIDED)
    key_case.given(OPENED, VOIDED).when(VOID).then_nothing()
    for command in (MEET, closing()):
        key_case.given(OPENED, VOIDED).when(command).then_refused(refusals.KeyCaseWasVoided)
        key_case.given().when(command).then_refused(refusals.KeyCaseNotFound)


@pytest.mark.parametrize(
    ("taken", "latest"),
    [
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2025, 10, 15), date(2026, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(taken: date, latest: date) -> None:
    assert KEY_CASES.latest_target(taken) == latest


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_three_months_are_about_ninety_days(taken: date) -> None:
    assert 89 <= (KEY_CASES.latest_target(taken) - taken).days <= 92


def test_how_the_case_ended_is_what_its_record_says() -> None:
    def end_of(*facts: Any) -> CaseEnd | None:
        return ended_as(CASE_RULE.fold(facts))

    assert end_of(*ANSWERED) is None
    settled = end_of(*ANSWERED, resolved(ResolvedHow.OPINION_ACCEPTED, grounds=(STEP,)))
    assert settled is not None
    assert settled.end is KeyCaseEnd.SETTLED
    bare = (*ANSWERED, resolved(ResolvedHow.OPINION_ACCEPTED))
    assert end_of(*bare) is None
    left = end_of(*ANSWERED[:2], WITHDRAWN)
    assert left is not None
    assert left.end is KeyCaseEnd.LAWFULLY_ENDED

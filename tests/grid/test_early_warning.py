"""A warning's life: raised once, acted on, ended; a red one is not the late unit's to end."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.early_warning import EARLY_WARNING, WarningCommand, WarningState
from services.grid.domain.early_warning.acting import (
    AcknowledgeWarning,
    ChangeLevel,
    DisposeWarning,
    ExpireWarning,
    FindFalse,
    SafetyIsNotListed,
)
from services.grid.domain.early_warning.raising import (
    RaiseWarning,
    SafetyNamesNothing,
    WarningNamesItsCause,
)
from services.grid.domain.early_warning.warning_file import (
    LeadersWarning,
    WarningIsOver,
    WarningNotFound,
)
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import (
    DisposedHow,
    FalseWarningReason,
    LevelChangeReason,
    WarningLevel,
    WarningRule,
    WarningSource,
    WarningSubject,
)
from shared.contracts.early_warnings import (
    WarningAcknowledged,
    WarningDisposed,
    WarningExpired,
    WarningFoundFalse,
    WarningLevelChanged,
    WarningRaised,
)
from shared.contracts.event import Event
from shared.testing.given_when_then import Facts

T = "519900101"
WARNING = f"{T}-0198a5c0-0000-7000-8000-000000000050"
MATTER = f"{T}-0198a5c0-0000-7000-8000-000000000010"
CAUSE = f"{T}-0198a5c0-0000-7000-8000-000000000001"
BY = datetime(2025, 3, 7, tzinfo=UTC)
LATE = "labour-office"

RAISE = RaiseWarning(
    warning_id=WARNING,
    matter_id=MATTER,
    level=WarningLevel.ORANGE,
    subject_kind=WarningSubject.AGENCY_CLOCK,
    subject=MATTER,
    rule=WarningRule.TERM,
    rule_version=1,
    reason="办理时限还有三日。",
    reason_en="The term ends in three days.",
    source=WarningSource.MONITORING,
    dispose_by=BY,
    episode=1,
    because=(CAUSE,),
    unit=LATE,
)
(RAISED,) = EARLY_WARNING.decide(RAISE, EARLY_WARNING.initial)
assert isinstance(RAISED, WarningRaised)
RED = RAISED.model_copy(update={"level": WarningLevel.RED})
ACKNOWLEDGE = AcknowledgeWarning(by_unit=LATE)
DISPOSE = DisposeWarning(how=DisposedHow.STEP_TAKEN, by_unit=LATE)
FALSE = FindFalse(reason=FalseWarningReason.WRONG_RECORD, by_unit=LATE)
TO_RED = ChangeLevel(to_level=WarningLevel.RED, why=LevelChangeReason.RULE, dispose_by=BY)
TO_BLUE = ChangeLevel(
    to_level=WarningLevel.BLUE, why=LevelChangeReason.BETTER, dispose_by=BY, by_unit=LATE
)
ABOUT: dict[str, Any] = {"warning_id": WARNING, "matter_id": MATTER}
DISPOSED = WarningDisposed(how=DisposedHow.STEP_TAKEN, by_unit=LATE, **ABOUT)

warning = Facts(EARLY_WARNING)


def test_it_is_raised_once_in_an_episode() -> None:
    warning.given().when(RAISE).then(RAISED)
    warning.given(RAISED).when(replace(RAISE, because=(CAUSE, MATTER))).then()


def test_a_rule_names_the_events_it_follows_from() -> None:
    warning.given().when(replace(RAISE, because=())).then_refused(WarningNamesItsCause)
    many = tuple(f"{T}-0198a5c0-0000-7000-8000-{number:012x}" for number in range(300))
    (raised,) = EARLY_WARNING.decide(replace(RAISE, because=many), EARLY_WARNING.initial)
    assert isinstance(raised, WarningRaised)
    assert raised.because == many[:100]


@pytest.mark.parametrize(
    "said", [{"because": (CAUSE,)}, {"category": Category.LAND}, {"village_code": f"{T}201"}]
)
def test_a_safety_warning_names_the_matter_alone(said: dict[str, Any]) -> None:
    safety = replace(RAISE, subject_kind=WarningSubject.SAFETY, because=())
    assert EARLY_WARNING.decide(safety, EARLY_WARNING.initial)
    warning.given().when(replace(safety, **said)).then_refused(SafetyNamesNothing)


def test_a_unit_acknowledges_it_once() -> None:
    acknowledged = WarningAcknowledged(by_unit=LATE, **ABOUT)
    warning.given(RAISED).when(ACKNOWLEDGE).then(acknowledged)
    warning.given(RAISED, acknowledged).when(ACKNOWLEDGE).then()


def test_a_rule_raises_the_level_and_never_lowers_it() -> None:
    changed = WarningLevelChanged(
        from_level=WarningLevel.ORANGE,
        to_level=WarningLevel.RED,
        why=LevelChangeReason.RULE,
        dispose_by=BY,
        **ABOUT,
    )
    warning.given(RAISED).when(TO_RED).then(changed)
    by_rule = replace(TO_BLUE, why=LevelChangeReason.RULE, by_unit=None)
    warning.given(RAISED).when(by_rule).then()
    warning.given(RAISED).when(TO_BLUE).then(
        changed.model_copy(update={"to_level": WarningLevel.BLUE, "why": LevelChangeReason.BETTER})
    )


def test_a_level_that_a_rule_gives_has_the_sentence_and_the_day_of_then() -> None:
    """An extension moved the term after the warning was raised."""
    was = RAISED.model_copy(update={"last_day": date(2025, 3, 8)})
    said: dict[str, Any] = {
        "reason": "最后一日为4月7日。",
        "reason_en": "The last day is 7 April.",
    }
    to_red = replace(TO_RED, **said, last_day=date(2025, 4, 7))
    changed = WarningLevelChanged(
        from_level=WarningLevel.ORANGE,
        to_level=WarningLevel.RED,
        why=LevelChangeReason.RULE,
        dispose_by=BY,
        last_day=date(2025, 4, 7),
        **said,
        **ABOUT,
    )
    warning.given(was).when(to_red).then(changed)
    by_office = changed.model_copy(update={"reason": None, "reason_en": None, "last_day": None})
    cases = (
        (changed, date(2025, 4, 7), "最后一日为4月7日。"),
        (by_office, date(2025, 3, 8), RAISE.reason),
    )
    for event, day, reason in cases:
        state = reduce(EARLY_WARNING.evolve, (was, event), EARLY_WARNING.initial)
        assert (state.last_day, state.reason) == (day, reason)


@pytest.mark.parametrize("command", [TO_BLUE, DISPOSE, FALSE])
def test_the_late_unit_neither_lowers_nor_ends_a_red_one(
    command: ChangeLevel | DisposeWarning | FindFalse,
) -> None:
    warning.given(RED).when(command).then_refused(LeadersWarning)
    as_leader: WarningCommand = replace(command, by_leader=True)
    assert warning.given(RED).when(as_leader).events
    other: WarningCommand = replace(command, by_unit="petition-office")
    assert warning.given(RED).when(other).events


def test_it_is_disposed_once() -> None:
    warning.given(RAISED).when(DISPOSE).then(DISPOSED)
    warning.given(RAISED, DISPOSED).when(DISPOSE).then()
    paid = replace(DISPOSE, how=DisposedHow.PAID)
    warning.given(RAISED, DISPOSED).when(paid).then_refused(WarningIsOver)
    warning.given(RAISED, DISPOSED).when(ACKNOWLEDGE).then_refused(WarningIsOver)


def test_a_safety_warning_puts_nothing_on_the_list() -> None:
    safety = RAISED.model_copy(update={"subject_kind": WarningSubject.SAFETY})
    listed = replace(DISPOSE, how=DisposedHow.WATCHED, by_leader=True)
    warning.given(safety).when(listed).then_refused(SafetyIsNotListed)
    assert warning.given(RAISED).when(listed).events
    before = DISPOSED.model_copy(update={"how": DisposedHow.WATCHED})
    warning.given(safety, before).when(listed).then()


def test_history_may_show_that_there_was_nothing_to_warn_of() -> None:
    found = WarningFoundFalse(reason=FalseWarningReason.WRONG_RECORD, by_unit=LATE, **ABOUT)
    warning.given(RAISED, DISPOSED).when(FALSE).then(found)
    warning.given(RAISED, found).when(FALSE).then()
    state = EARLY_WARNING.fold([RAISED, DISPOSED, found])
    assert state.state is WarningState.FALSE
    assert state.disposed == DISPOSED


def test_it_expires_where_nobody_has_ended_it() -> None:
    warning.given(RAISED).when(ExpireWarning()).then(WarningExpired(**ABOUT))
    warning.given(RAISED, DISPOSED).when(ExpireWarning()).then()


COMMANDS = st.sampled_from([RAISE, ACKNOWLEDGE, DISPOSE, FALSE, TO_RED, TO_BLUE, ExpireWarning()])


@given(st.lists(COMMANDS, max_size=12))
def test_whatever_is_done_it_ends_once_and_repeats_add_nothing(
    commands: list[WarningCommand],
) -> None:
    state, told = EARLY_WARNING.initial, list[Event]()
    for command in commands:
        try:
            events = EARLY_WARNING.decide(command, state)
        except (WarningNotFound, WarningIsOver, LeadersWarning):
            continue
        told += events
        state = EARLY_WARNING.fold(events, state)
        assert EARLY_WARNING.decide(command, state) == []
    kinds = [event.kind for event in told]
    assert kinds.count("warning-raised") <= 1
    assert kinds.count("warning-disposed") + kinds.count("warning-expired") <= 1
    assert state.is_open is (
        "warning-raised" in kinds
        and not {"warning-disposed", "warning-expired", "warning-found-false"} & set(kinds)
    )

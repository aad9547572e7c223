"""A decider whose decisions depend on days and on the ids of events."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from shared.decider import Decider, Mark
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts, happened

AT_FIRST = Mark(datetime(2000, 1, 1, tzinfo=UTC))
MONDAY, TUESDAY = date(2025, 3, 3), date(2025, 3, 4)


class TooEarly(Refusal):
    title = "Too early"


@dataclass(frozen=True)
class Door:
    mark: Mark = AT_FIRST
    opened: Mark | None = None


def decide(command: str, door: Door) -> list[str]:
    if door.opened and door.mark.occurred_at < door.opened.occurred_at:
        raise TooEarly
    return [command]


def evolve(door: Door, event: str) -> Door:
    return replace(door, opened=door.mark) if event == "opened" else door


DOOR = Decider(
    initial=Door(),
    decide=decide,
    evolve=evolve,
    marked=lambda door, mark: replace(door, mark=mark),
)
door: Facts[str, Door, str] = Facts(DOOR)


def test_a_state_keeps_the_mark_of_an_event() -> None:
    state = DOOR.fold_marked([happened("opened", TUESDAY, "e1")])
    assert state.opened is not None
    assert state.opened.event_id == "e1"


def test_a_command_is_decided_by_its_own_day() -> None:
    opened = door.given(happened("opened", TUESDAY))
    opened.when("shut", on=MONDAY).then_refused(TooEarly)
    opened.when("shut", on=TUESDAY).then("shut")


def test_a_decider_without_marks_ignores_them() -> None:
    plain = replace(DOOR, marked=None)
    state = plain.fold_marked([happened("opened", TUESDAY, "e1")])
    assert state.opened == Door().mark

"""The language of decider tests is itself held to account."""

from dataclasses import dataclass

import pytest

from shared.decider import Decider
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts


class LampBroken(Refusal):
    """The lamp is broken."""


@dataclass(frozen=True)
class SwitchedOn:
    by: str


@dataclass(frozen=True)
class Broken:
    pass


Event = SwitchedOn | Broken


def decide(by: str, state: str) -> list[Event]:
    if state == "broken":
        raise LampBroken(by=by)
    return [] if state == "on" else [SwitchedOn(by)]


def evolve(_: str, event: Event) -> str:
    return "on" if isinstance(event, SwitchedOn) else "broken"


lamp: Facts[str, str, Event] = Facts(Decider(initial="off", decide=decide, evolve=evolve))


def test_events_follow() -> None:
    lamp.when("Wu").then(SwitchedOn("Wu"))
    lamp.when("Wu").then_kinds(SwitchedOn)
    lamp.when("Wu").then_state(lambda state: state == "on")


def test_a_fulfilled_wish_is_followed_by_nothing() -> None:
    lamp.given(SwitchedOn("Wu")).when("He").then_nothing()


def test_a_refusal_is_told_by_its_class_and_attributes() -> None:
    lamp.given(Broken()).when("He").then_refused(LampBroken, by="He")


def test_wrong_expectations_fail_with_both_sides_named() -> None:
    with pytest.raises(AssertionError, match=r"(?s)He.*Wu"):
        lamp.when("Wu").then(SwitchedOn("He"))
    with pytest.raises(AssertionError, match="expected LampBroken"):
        lamp.when("Wu").then_refused(LampBroken)
    with pytest.raises(AssertionError, match="expected Refusal, refused with"):
        lamp.given(Broken()).when("Wu").then_refused(Refusal)
    with pytest.raises(AssertionError, match="by="):
        lamp.given(Broken()).when("Wu").then_refused(LampBroken, by="He")
    with pytest.raises(AssertionError, match="refused with"):
        lamp.given(Broken()).when("Wu").then_nothing()
    with pytest.raises(AssertionError, match="these followed"):
        lamp.when("Wu").then_kinds(Broken)
    with pytest.raises(AssertionError, match="does not hold"):
        lamp.when("Wu").then_state(lambda state: state == "off")

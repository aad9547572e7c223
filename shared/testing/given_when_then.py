"""Given what happened, when someone asks, then what follows: tests of deciders as sentences.

`case.given(FILED, ACCEPTED_BY_WU).when(accept(clerk="He")).then_refused(CaseTakenByAnother)`
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from shared.decider import Decider, Mark
from shared.refusals import Refusal
from shared.times import end_of

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


def happened(
    event: E, on: date, event_id: str | None = None, *, by: str | None = None
) -> tuple[E, Mark]:
    """An event of that day, for `given` where days, ids or posts matter."""
    return event, Mark(end_of(on), event_id, by)


class Facts(Generic[C, S, E]):
    """A decider under test."""

    def __init__(self, decider: Decider[C, S, E]) -> None:
        """Use as `case = Facts(decider)` at the top of a test module."""
        self._decider = decider

    def given(self, *events: E | tuple[E, Mark]) -> "Given[C, S, E]":
        """The events so far."""
        return Given(self._decider, events)

    def when(
        self, command: C, *, on: date | None = None, by: str | None = None
    ) -> "Outcome[S, E]":
        """A command to an aggregate without events."""
        return self.given().when(command, on=on, by=by)


@dataclass(frozen=True)
class Given(Generic[C, S, E]):
    """The events before the command."""

    decider: Decider[C, S, E]
    events: tuple[E | tuple[E, Mark], ...]

    def when(
        self, command: C, *, on: date | None = None, by: str | None = None
    ) -> "Outcome[S, E]":
        """Decide the command about a fact of that day; a refusal is kept for `then_refused`."""
        state = self._fold(self.events, self.decider.initial)
        mark = on and Mark(end_of(on), actor_ref=by)
        try:
            before = self.decider.at(state, mark) if mark else state
            decided = tuple(self.decider.decide(command, before))
        except Refusal as refusal:
            return Outcome(state, (), refusal)
        after = self._fold([(each, mark) if mark else each for each in decided], state)
        return Outcome(after, decided, None)

    def _fold(self, events: Iterable[E | tuple[E, Mark]], state: S) -> S:
        for each in events:
            if isinstance(each, tuple):
                state = self.decider.fold_marked([each], state)
            else:
                state = self.decider.fold([each], state)
        return state


@dataclass(frozen=True)
class Outcome(Generic[S, E]):
    """The result of a command: events or a refusal."""

    state: S
    events: tuple[E, ...]
    refusal: Refusal | None

    def then(self, *expected: E) -> None:
        """Assert exactly these events, in this order."""
        self._not_refused()
        if self.events != expected:
            raise AssertionError(
                f"expected {_list(expected)}\nbut these followed {_list(self.events)}"
            )

    def then_nothing(self) -> None:
        """Assert that the command had no effect: it was done already."""
        self.then()

    def then_kinds(self, *expected: type[E]) -> None:
        """Assert events of these classes, with any data."""
        self._not_refused()
        kinds = tuple(type(event) for event in self.events)
        if kinds != expected:
            raise AssertionError(
                f"expected {_list(expected)}\nbut these followed {_list(self.events)}"
            )

    def then_state(self, holds: Callable[[S], bool]) -> None:
        """Assert a property of the new state."""
        self._not_refused()
        if not holds(self.state):
            raise AssertionError(f"it does not hold of {self.state!r}")

    def then_refused(self, refusal: type[Refusal], **shown: object) -> None:
        """Assert a refusal of exactly this class, with these attributes."""
        if self.refusal is None:
            raise AssertionError(
                f"expected {refusal.__name__}, but these followed {_list(self.events)}"
            )
        if type(self.refusal) is not refusal:
            raise AssertionError(f"expected {refusal.__name__}, refused with {self.refusal!r}")
        for name, value in shown.items():
            if getattr(self.refusal, name, None) != value:
                raise AssertionError(f"expected {name}={value!r} in {vars(self.refusal)!r}")

    def _not_refused(self) -> None:
        if self.refusal is not None:
            raise AssertionError(f"refused with {self.refusal!r}") from self.refusal


def _list(items: tuple[object, ...]) -> str:
    return "nothing" if not items else "".join(f"\n  {item!r}" for item in items)

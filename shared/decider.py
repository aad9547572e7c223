"""Deciders: an aggregate's decisions on commands, and its state after events."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Generic, TypeVar

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


class EventOfAnotherAggregate(TypeError):
    """An event that belongs to no stream of this aggregate: the id names a record of another kind."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the record knows of an event beside its data; of a command, when its fact happened."""

    occurred_at: datetime
    event_id: str | None = None
    actor_ref: str | None = None
    """The post that states it."""


@dataclass(frozen=True)
class Decider(Generic[C, S, E]):
    """`decide` may refuse and has no effects; `evolve` must accept every event."""

    initial: S
    decide: Callable[[C, S], list[E]]
    evolve: Callable[[S, E], S]
    marked: Callable[[S, Mark], S] | None = None
    """The state that knows the mark of the command or event which comes next, where decisions
    depend on days or on the ids of events."""
    first_day: Callable[[S], date | None] | None = None
    """The first day in China of which a fact may be, where that is not the day of the first
    event."""

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state after these events, from `state` or the initial state, without marks."""
        return reduce(self.evolve, events, self.initial if state is None else state)

    def fold_marked(self, events: Iterable[tuple[E, Mark]], state: S | None = None) -> S:
        """The state after these events, each with its mark."""
        state = self.initial if state is None else state
        for event, mark in events:
            state = self.evolve(self.at(state, mark), event)
        return state

    def at(self, state: S, mark: Mark) -> S:
        """The state to which the command or event with this mark comes next."""
        return self.marked(state, mark) if self.marked else state

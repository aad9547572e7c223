"""Deciders: an aggregate's decisions on commands, and its state after events."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


class EventOfAnotherAggregate(TypeError):
    """An event that belongs to no stream of this aggregate: the id names a record of another kind."""


@dataclass(frozen=True)
class Decider(Generic[C, S, E]):
    """`decide` may refuse and has no effects; `evolve` must accept every event."""

    initial: S
    decide: Callable[[C, S], list[E]]
    evolve: Callable[[S, E], S]

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state after these events, from `state` or the initial state."""
        return reduce(self.evolve, events, self.initial if state is None else state)

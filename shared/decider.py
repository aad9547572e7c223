"""Deciders: what an aggregate answers to a command, and what a fact makes of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True)
class Decider(Generic[C, S, E]):
    """`decide` may refuse and touches nothing; `evolve` may not refuse: a fact is a fact."""

    initial: S
    decide: Callable[[C, S], list[E]]
    evolve: Callable[[S, E], S]

    def fold(self, events: Iterable[E], state: S | None = None) -> S:
        """The state that these events make of the beginning, or of the state given."""
        return reduce(self.evolve, events, self.initial if state is None else state)

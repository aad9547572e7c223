"""Seeded random draws for the generators; the same on every run."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

_T = TypeVar("_T")


class Chance:
    """Draws from a seed by the one method whose results Python keeps from version to version."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - nothing here is secret

    def below(self, number: int) -> int:
        """A whole number from 0 on."""
        return int(self._random.random() * number)

    def one_of(self, several: Sequence[_T]) -> _T:
        """Any of them."""
        return several[self.below(len(several))]

    def percent(self, share: int) -> bool:
        """True with a probability of `share` percent."""
        return self.below(100) < share

    def mixed(self, several: Sequence[_T]) -> list[_T]:
        """All of them in any order."""
        left = list(several)
        return [left.pop(self.below(len(left))) for _ in several]

"""Facts that a row states after its opening; a fact without a day is counted, not invented."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cli.register.refusals import RowUnreadable
from cli.register.times import Moment
from shared.times import china_day, to_wire

Said = dict[str, Any]
"""The fields of a fact besides its time, by the API's names; None if the register has none."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, as the import API takes it."""

    do: str
    when: Moment
    column: str
    said: Said

    def to_wire(self) -> dict[str, Any]:
        """The fact without what the register is silent about."""
        stated = {name: value for name, value in self.said.items() if value is not None}
        return {"do": self.do, **moment_to_wire(self.when), **stated}


@dataclass(frozen=True, slots=True)
class Undated:
    """The register states it and does not say when: it cannot become a fact."""

    what: str


def moment_to_wire(when: Moment) -> dict[str, Any]:
    """The two fields that say when, by the API's names."""
    return {"at": to_wire(when.at), "day_only": when.day_only}


def in_order(facts: Iterable[Fact], order: Sequence[str]) -> list[Fact]:
    """The facts day by day, and those of one day as they follow each other."""
    return sorted(facts, key=lambda fact: (china_day(fact.when.at), order.index(fact.do)))


def refuse_before(opened: Moment, fact: Fact, *, opening: str) -> None:
    """Nothing happens before the opening; where one is only a day, days are compared."""
    by_day = fact.when.day_only or opened.day_only
    early = china_day(fact.when.at) < china_day(opened.at) if by_day else fact.when.at < opened.at
    if early:
        raise RowUnreadable(fact.column, f"a time before that of the {opening}")

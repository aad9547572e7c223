"""Ledger positions, so that a query shows what a command has written.

A command answers `Concord-Position: intake/519900101@42`; a query with `?at_least=` and that
position waits until its data includes it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Self

from fastapi import Depends, Query

from shared.canonical import LARGEST
from shared.refusals import invalid

HEADER = "Concord-Position"
_MOST = 500
_LONGEST = 20_000
_FORM = re.compile(r"([a-z]{1,32})/([1-9][0-9]{5}(?:[0-9]{3})?)@(0|[1-9][0-9]{0,15})")

LedgerPlace = tuple[str, str]
"""The service and the division of a ledger."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the ledger of a service and a division."""

    service: str
    division: str
    sequence: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `intake/519900101@42`; raises ValueError."""
        matched = _FORM.fullmatch(text)
        if matched is None or int(matched[3]) > LARGEST:
            raise ValueError("a position is written as intake/519900101@42")
        return cls(matched[1], matched[2], int(matched[3]))

    @property
    def ledger(self) -> LedgerPlace:
        """Whose position it is."""
        return self.service, self.division

    def __str__(self) -> str:
        """`intake/519900101@42`."""
        return f"{self.service}/{self.division}@{self.sequence}"


def parse_positions(text: str) -> tuple[Position, ...]:
    """Parse a comma-separated list; of several positions of a ledger the last counts."""
    found: dict[LedgerPlace, Position] = {}
    for position in map(Position.parse, (part.strip() for part in text.split(","))):
        ledger = position.ledger
        if ledger not in found or found[ledger].sequence < position.sequence:
            found[ledger] = position
    if len(found) > _MOST:
        raise ValueError(f"at most {_MOST} positions are waited for")
    return tuple(found.values())


def format_positions(positions: Iterable[Position]) -> str:
    """Join positions by commas."""
    return ",".join(map(str, positions))


async def at_least(
    at_least: Annotated[
        str | None,
        Query(
            max_length=_LONGEST,
            description="Wait until these positions can be shown: `intake/519900101@42,…`",
        ),
    ] = None,
) -> tuple[Position, ...]:
    """The positions that a query has to include."""
    if at_least is None:
        return ()
    try:
        return parse_positions(at_least)
    except ValueError as fault:
        raise invalid("at_least", str(fault)) from None


AtLeast = Annotated[tuple[Position, ...], Depends(at_least)]

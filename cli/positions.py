"""Ledger positions on the command line: `intake/519900101@42,…`."""

import re
from collections.abc import Mapping

import httpx

Positions = Mapping[str, int]
"""The sequence of each ledger, by `<service>/<division>`."""

HEADER = "Concord-Position"
_POSITION = re.compile(r"([a-z][a-z-]*/[0-9]{6,9})@([0-9]{1,18})")


def read_positions(text: str) -> dict[str, int]:
    """Parse positions; raises ValueError."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        matched = _POSITION.fullmatch(part)
        if matched is None:
            raise ValueError("a position is written intake/519900101@42")
        found[matched[1]] = int(matched[2])
    return found


def write_positions(positions: Positions) -> str:
    """Format positions as `read_positions` parses them."""
    return ",".join(f"{ledger}@{place}" for ledger, place in sorted(positions.items()))


def positions_in(answer: httpx.Response) -> dict[str, int]:
    """The positions of an answer's header."""
    return read_positions(",".join(answer.headers.get_list(HEADER)))


def furthest(*several: Positions) -> dict[str, int]:
    """The highest position of each ledger."""
    reached: dict[str, int] = {}
    for positions in several:
        for ledger, place in positions.items():
            reached[ledger] = max(place, reached.get(ledger, 0))
    return reached

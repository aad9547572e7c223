"""The patrols of the reference year: every grid, every day, but for some days that nobody went.

Our choices: of a hundred grid-days two are missed; where two share a grid, both go on the first day
of a month, which counts as one day patrolled; nobody patrols a grid while it has nobody. What was
found on a patrol is a report of the same day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from demo.generate_grid import SINCE, grids
from demo.grid_year.scenario import YEAR, found_on_patrol
from demo.made_up.chance import Chance

BATCH = 50
_MISSED_PERCENT = 2
_NAMESPACE = UUID("0f9c2f0e-8d7a-5b3c-9e41-5199001015a1")


@dataclass(frozen=True, slots=True)
class Patrol:
    """One patrol of a grid; `turn` is which of those who serve it that day went."""

    grid_code: str
    on: date
    turn: int
    found: bool
    households_visited: int

    @property
    def client_id(self) -> str:
        """The id that the telephone would have made; the same every time."""
        return str(uuid5(_NAMESPACE, f"{self.grid_code}/{self.on}/{self.turn}"))


def patrols() -> Iterator[Patrol]:
    """All that may have been, day by day; whoever plays them leaves out a turn that nobody has."""
    chance, found = Chance(519900106), found_on_patrol()
    codes = [row[0] for row in grids()]
    for on in _days():
        for code in codes:
            is_found = (code, on) in found
            if chance.percent(_MISSED_PERCENT) and not is_found:
                continue
            turns = 2 if on.day == 1 else 1
            for turn in range(turns):
                yield Patrol(code, on, turn, is_found and turn == 0, 1 + chance.below(12))


def _days() -> Iterator[date]:
    day = SINCE
    while day.year == YEAR:
        yield day
        day += timedelta(days=1)

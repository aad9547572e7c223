"""Who serves which grid on which day, as the service has it on record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cli.problems import raise_for_problem
from cli.system import System
from shared.identity import Role

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Served:
    """A worker who serves a grid for a time."""

    worker_id: str
    first_day: date
    last_day: date | None

    def covers(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


Serving = dict[str, list[Served]]
"""By grid code, the latest beginning first: a substitute goes before the worker they stand in for."""


def serving(system: System, township: str) -> Serving:
    """Everybody who serves or served a grid of the township."""
    with system.client("grid", Role.AUDITOR, township) as client:

        def asked(path: str, **wanted: Any) -> Any:
            answer = client.get(path, params=wanted)
            raise_for_problem(answer)
            return answer.json()

        lines = asked("/grids", limit=_PAGE)["items"]
        return {
            line["grid_code"]: _served(asked(f"/grids/{line['grid_id']}")["assignments"])
            for line in lines
        }


def worker_of(known: list[Served], day: date, turn: int) -> str | None:
    """Whose turn it is that day, if anybody's."""
    that_day = [each.worker_id for each in known if each.covers(day)]
    return that_day[turn] if turn < len(that_day) else None


def _served(assignments: list[dict[str, Any]]) -> list[Served]:
    found = [
        Served(
            each["worker_id"],
            date.fromisoformat(each["first_day"]),
            each["last_day"] and date.fromisoformat(each["last_day"]),
        )
        for each in assignments
    ]
    by_worker = sorted(found, key=lambda each: each.worker_id)
    return sorted(by_worker, key=lambda each: each.first_day, reverse=True)

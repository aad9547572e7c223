"""The tables of patrols done, and of grids as they have to be patrolled."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from psycopg.types.json import Jsonb

from services.stats.domain.covered_grid_fact import CoveredGrid, Served
from services.stats.domain.covered_grid_fact import Stated as GridStated
from services.stats.domain.covered_grid_subject import COVERED_GRID
from services.stats.domain.patrol_month_fact import Patrol, PatrolMonth, Stated
from services.stats.domain.patrol_month_subject import PATROL_MONTH
from services.stats.store.counted_tables import CountedTables
from shared.folding.occurrence import Occurrence
from shared.folding.tables import Column


def _write_served(served: Iterable[Served]) -> Jsonb:
    return Jsonb(
        [
            [
                each.assignment_id,
                each.first_day.isoformat(),
                each.last_day and each.last_day.isoformat(),
                each.occurrence.to_json(),
            ]
            for each in served
        ]
    )


def _read_served(written: Sequence[Any]) -> tuple[Served, ...]:
    return tuple(
        Served(
            name,
            date.fromisoformat(first),
            last and date.fromisoformat(last),
            Occurrence.from_json(at),
        )
        for name, first, last, at in written
    )


def _write_patrols(patrols: Iterable[Patrol]) -> Jsonb:
    return Jsonb([[each.patrol_id, each.grid_kind, each.occurrence.to_json()] for each in patrols])


def _read_patrols(written: Sequence[Any]) -> tuple[Patrol, ...]:
    return tuple(Patrol(name, kind, Occurrence.from_json(at)) for name, kind, at in written)


COVERED_GRIDS = CountedTables(
    subject=COVERED_GRID,
    name="covered_grid",
    stated=(
        Column("village_code", "text"),
        Column("grid_kind", "text"),
        Column("assignment_id", "text"),
        Column("first_day", "date"),
        Column("last_day", "date"),
    ),
    stated_as=GridStated,
    fact_as=CoveredGrid,
    values=(
        Column("village_code", "text", fixed=True),
        Column("grid_kind", "text"),
        Column("first_day", "date"),
        Column("last_day", "date"),
        Column("served", "jsonb", write=_write_served, read=_read_served),
    ),
    occurrences=("defined",),
)

PATROL_MONTHS = CountedTables(
    subject=PATROL_MONTH,
    name="patrol_month",
    stated=(
        Column("village_code", "text"),
        Column("on_day", "date"),
        Column("patrol_id", "text"),
        Column("grid_kind", "text"),
        Column("first_day", "date"),
        Column("last_day", "date"),
    ),
    stated_as=Stated,
    fact_as=PatrolMonth,
    values=(
        Column("village_code", "text", fixed=True),
        Column("grid_kind", "text"),
        Column("first_day", "date"),
        Column("last_day", "date"),
        Column("patrols", "jsonb", write=_write_patrols, read=_read_patrols),
    ),
)

EVERY_COVERAGE_TABLES = (COVERED_GRIDS, PATROL_MONTHS)

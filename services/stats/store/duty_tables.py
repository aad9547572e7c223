"""The tables of what leaders and units did."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from services.stats.domain.duty_acts import Act, DutyFact, Stated
from services.stats.domain.duty_subject import DUTY
from services.stats.store.counted_tables import CountedTables
from shared.folding.occurrence import Occurrence
from shared.folding.tables import Column


def _write(acts: Iterable[Act]) -> Jsonb:
    return Jsonb([[each.code, each.times, each.occurrence.to_json()] for each in acts])


def _read(written: Sequence[Any]) -> tuple[Act, ...]:
    return tuple(
        Act(code, times, Occurrence.from_json(occurrence)) for code, times, occurrence in written
    )


_CATEGORY = Column("category", "text")
DUTIES = CountedTables(
    subject=DUTY,
    name="duty",
    stated=(_CATEGORY, Column("counts", "text")),
    stated_as=Stated,
    fact_as=DutyFact,
    values=(
        Column("category", "text", fixed=True),
        Column("acts", "jsonb", write=_write, read=_read),
    ),
)

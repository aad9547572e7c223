"""The tables of reports, and of the villages, grids and workers on grid's register."""

from collections.abc import Iterable, Sequence
from typing import Any, LiteralString

from psycopg.types.json import Jsonb

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.grid_subject import GRID
from services.stats.domain.register_fact import Listed, RegisterFact, Stay
from services.stats.domain.report_fact import ReportFact
from services.stats.domain.report_step import Reported, ReportStated
from services.stats.domain.report_subject import REPORT
from services.stats.domain.village_subject import VILLAGE
from services.stats.domain.worker_subject import WORKER
from services.stats.store.complaints import ABOUT_UNIT
from services.stats.store.counted_tables import CountedTables
from shared.folding.occurrence import Occurrence
from shared.folding.tables import Column

_REPORTED = (
    Column("category", "text"),
    Column("village_code", "text"),
    Column("report_category", "text"),
    Column("urgency", "text", fixed=True),
    Column("report_source", "text", fixed=True),
    Column("about_unit", "text"),
    Column("about_division", "text"),
    Column("matter_id", "text", fixed=True),
)

REPORTS = CountedTables(
    subject=REPORT,
    name="report",
    stated=(*_REPORTED, Column("corrected", "text")),
    stated_as=ReportStated,
    fact_as=ReportFact,
    origin="reported",
    origin_as=Reported,
    origin_columns=_REPORTED,
    occurrences=("submitted", "validated", "rejected"),
    kept_from=ABOUT_UNIT,
)


def _write_stays(stays: Iterable[Stay]) -> Jsonb:
    return Jsonb(
        [
            [each.listed_as, each.begun.to_json(), each.ended and each.ended.to_json()]
            for each in stays
        ]
    )


def _read_stays(written: Sequence[Any]) -> tuple[Stay, ...]:
    return tuple(
        Stay(listed_as, Occurrence.from_json(begun), ended and Occurrence.from_json(ended))
        for listed_as, begun, ended in written
    )


def _register(subject: CountedSubject, name: LiteralString) -> CountedTables:
    return CountedTables(
        subject=subject,
        name=name,
        stated=(Column("village_code", "text"), Column("listed_as", "text")),
        stated_as=Listed,
        fact_as=RegisterFact,
        values=(
            Column("village_code", "text", fixed=True),
            Column("stays", "jsonb", write=_write_stays, read=_read_stays),
        ),
    )


VILLAGES = _register(VILLAGE, "village")
GRIDS = _register(GRID, "grid")
WORKERS = _register(WORKER, "worker")

EVERY_GRID_TABLES = (REPORTS, VILLAGES, GRIDS, WORKERS)

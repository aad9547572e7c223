"""The report board: one row a report, written in the transaction that appends its events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, LiteralString

from services.grid.domain.report import Report, ReportState
from services.grid.domain.report.about import units_meant
from services.grid.domain.report.report_file import OPEN_STATES
from services.grid.store import link_targets, report_terms
from shared.board import (
    Ascending,
    Asked,
    Board,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Restriction,
    Stamped,
    Within,
    among,
)
from shared.contracts.case_codes import Category
from shared.contracts.report_codes import (
    ConvertedTo,
    LadderLevel,
    ReportCategory,
    ReportSource,
    ReportTopic,
    Urgency,
)
from shared.contracts.words import UnitRef
from shared.divisions import GridCode, Identifier, VillageCode, division_of, village_of
from shared.handling import Written
from shared.ledger import Statement
from shared.office.history import Days
from shared.postgres import Pool, rows, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report as the list shows it: nothing of what was said, and nobody of whom."""

    division: Division
    report_id: Key[str]
    matter_id: Annotated[Moves[str], Equals(Identifier)]
    """The matter with which it counts."""
    state: Annotated[Moves[str], Equals(ReportState)]
    level: Annotated[Moves[str], Equals(LadderLevel)]
    category: Annotated[Moves[str], Equals(ReportCategory)]
    topic: Annotated[Moves[str], Equals(ReportTopic)]
    matter_category: Annotated[Moves[str], Equals(Category)]
    urgency: Annotated[str, Equals(Urgency)]
    source: Annotated[str, Equals(ReportSource)]
    grid_code: Annotated[Moves[str], Equals(GridCode)]
    village_code: Annotated[Moves[str], Equals(VillageCode)]
    submitted_at: Annotated[datetime, Within(Days)]
    to_unit: Annotated[Moves[str | None], Equals(UnitRef)]
    on_site: Moves[bool | None]
    result: Moves[str | None]
    converted_to: Annotated[Moves[str | None], Equals(ConvertedTo)]
    """To what it was converted last, and under which id that is found."""
    record_id: Moves[str | None]
    outcome: Moves[str | None]
    """What was noted last of that record."""
    due_at: Moves[datetime | None]
    """By when the step is due that goes on."""
    missed: Moves[int]
    version: Moves[int]


_WORKERS = "grid-workers"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow(ReportLine):
    """A report as the table has it: also whom it is about, which is not shown in lists."""

    kept_from: Moves[list[str]]
    """The units that it may be about, as `<division>/<mark or code>`, and `grid-workers`."""
    changed_at: Annotated[datetime, Stamped()]
    """When the row was written last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFrom:
    """Somebody from whom reports about their own unit, or about workers, are kept."""

    own: Sequence[str]
    """The units that concern them, as `<division>/<name>`."""
    is_worker: bool
    own_units: Sequence[str] = ()
    """The same without their divisions, as signals and cases name them."""

    def named(self) -> Mapping[str, list[str]]:
        """The values of the condition, by name."""
        return {"own": self._own, "own_units": list(self.own_units)}

    def is_any_of(self, kept_from: Sequence[str]) -> bool:
        """Whether a report is kept from them, by its row."""
        return not set(self._own).isdisjoint(kept_from)

    @property
    def _own(self) -> list[str]:
        return [*self.own, *([_WORKERS] if self.is_worker else [])]

    def left_out(self, asked: Asked) -> Asked:
        """What is asked of the list, but for what is kept from them."""
        return NOT_KEPT_BACK.on(asked, self.named()) if self._own else asked


_CASE_COMPLAINS: LiteralString = """
    exists (select from followed_case as filed
        where filed.division_code = report_board.division_code
          and filed.case_id = report_board.record_id
          and filed.complained_unit = any(%(own_units)s::text[]))
"""
NOT_KEPT_BACK = Restriction(
    "not_kept_back",
    f"(not kept_from && %(own)s::text[] and not {_CASE_COMPLAINS})",
)
"""Leaves out what is about the unit of whoever asks, also where only the case of a converted report
complains of it, and for grid workers what is about a worker."""
OPEN = Flag(
    "open",
    among("state", *OPEN_STATES),
    "Only reports that go on: neither rejected nor closed",
)
REPORTS = Board(
    "report_board",
    shows=ReportLine,
    keeps=ReportRow,
    filters=(OPEN,),
    restrictions=(NOT_KEPT_BACK,),
    orders={
        "newest": Descending(
            by=("division", "submitted_at", "report_id"),
            says="township by township, the newest first",
        ),
        "due": Ascending(
            by=("due_at", "report_id"),
            only=OPEN,
            says="only open ones, the soonest due first, those without a term last",
        ),
    },
)


_ABOUT: LiteralString = f"""
    select report_id from report_board
    where division_code = %(division)s and (kept_from && %(own)s::text[] or {_CASE_COMPLAINS})
"""


async def reports_about(
    pool: Pool, scope: str, *, division: str, own: Sequence[str], own_units: Sequence[str]
) -> frozenset[str]:
    """The reports of a township that may be about this unit, by themselves or by their case."""
    named = {"division": division, "own": list(own), "own_units": list(own_units)}
    async with transaction(pool, scope) as connection:
        return frozenset(row["report_id"] for row in await rows(connection, _ABOUT, named))


def view_writes(written: Sequence[Written[Report]]) -> list[Statement]:
    """Writes the board, and due rows for terms and for links, along with events of one ledger."""
    rows = [row for each in written if (row := _row(each))]
    division = division_of(written[0].new[0].stream_id)
    return [
        *REPORTS.upsert(division, rows),
        *report_terms.rows_for(written),
        *link_targets.rows_for(written),
    ]


def _row(written: Written[Report]) -> dict[str, object] | None:
    report = written.state
    submitted = report.known
    if submitted is None:
        return None
    return {
        **_converted(report),
        "report_id": submitted.report_id,
        "matter_id": submitted.matter_id,
        "state": report.state,
        "level": report.level,
        "category": submitted.category,
        "topic": submitted.topic,
        "matter_category": submitted.matter_category,
        "urgency": submitted.urgency,
        "source": submitted.source,
        "grid_code": submitted.grid_code,
        "village_code": village_of(submitted.grid_code),
        # fixed by the first event of the stream: those of later ones are not written
        "submitted_at": written.new[0].occurred_at,
        "to_unit": report.to_unit,
        "on_site": report.handled and report.handled.on_site,
        "result": report.handled and report.handled.result,
        "due_at": report.term and report.term.due_at,
        "missed": report.missed,
        "kept_from": [
            *sorted("/".join(place) for place in units_meant(submitted)),
            *([_WORKERS] if submitted.about_a_worker else []),
        ],
        "version": report.version,
    }


def _converted(report: Report) -> dict[str, object]:
    last, note = report.conversions[-1:], report.last_note
    return {
        "converted_to": last[0].fact.to if last else None,
        "record_id": note.record_id if note else last[0].record_id if last else None,
        "outcome": note and note.outcome,
    }

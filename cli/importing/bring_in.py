"""A whole import: from the open register to the report on its rows."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.importing.batches import MOST_ROWS, Batch, batched
from cli.importing.import_api import Answer, ImportApi
from cli.importing.progress import Counting, Reached, counting_rows
from cli.importing.rejects import open_rejects, usual_place
from cli.importing.report import ImportReport
from cli.importing.sending import OnAnswer, send_all
from cli.register.mapping import Mapping, Target
from cli.register.reading import open_register
from cli.register.rows import Interpreter, Ready
from cli.system import System
from shared.identity import Role


@dataclass(frozen=True)
class ImportRequest:
    """A register, what its columns mean, and where its rows go."""

    register: Path
    mapping: Mapping
    division: str | None = None
    rejects: Path | None = None
    rows_at_once: int = MOST_ROWS


def read_through(request: ImportRequest) -> ImportReport:
    """Every row read, nothing sent."""
    with _reading(request) as (report, rows, reached):
        for _ in rows:
            reached(report.rows)
    return report


def bring_in(
    request: ImportRequest, system: System, county: str, counting: Counting = counting_rows
) -> ImportReport:
    """Every readable row sent; a repeated import files nothing twice."""
    with _reading(request, counting) as (report, rows, reached):

        def count(batch: Batch, answer: Answer) -> None:
            report.add(batch, answer)
            reached(report.rows)

        batches = batched(request.mapping.source.name, rows, request.rows_at_once)
        asyncio.run(_send(batches, count, request.mapping.target, system, county))
    return report


async def _send(
    batches: Iterator[Batch], on_answer: OnAnswer, target: Target, system: System, county: str
) -> None:
    async with system.async_client(target.service, Role.BACKFILL, county) as client:
        await send_all(batches, ImportApi(client, target), on_answer)


@contextmanager
def _reading(
    request: ImportRequest, counting: Counting = counting_rows
) -> Iterator[tuple[ImportReport, Iterator[Ready], Reached]]:
    mapping = request.mapping
    place = request.rejects or usual_place(request.register)
    interpreter = Interpreter(mapping, mapping.source.zone, request.division)
    with (
        open_register(request.register, mapping) as register,
        open_rejects(place, keep_empty=request.rejects is not None) as rejects,
        counting(request.register.name, register.row_count) as reached,
    ):
        report = ImportReport(mapping, rejects)
        yield report, report.readable(interpreter, register.rows), reached
        report.finish()

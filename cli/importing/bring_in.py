"""A whole import: from the open register to the tally of its rows."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.importing.batches import MOST_ROWS, Batch, batched
from cli.importing.door import Answer, ImportDoor
from cli.importing.progress import Counting, Reached, counting_rows
from cli.importing.rejects import open_rejects, usual_place
from cli.importing.sending import Told, send_all
from cli.importing.tally import Tally
from cli.register.mapping import Mapping
from cli.register.reading import open_register
from cli.register.rows import Interpreter, Ready
from cli.system import System
from shared.identity import Role


@dataclass(frozen=True)
class Errand:
    """A register, what its columns mean, where it goes."""

    register: Path
    mapping: Mapping
    division: str | None = None
    rejects: Path | None = None
    rows_at_once: int = MOST_ROWS


def read_through(errand: Errand) -> Tally:
    """Every row read, nothing sent."""
    with _reading(errand) as (tally, rows, reached):
        for _ in rows:
            reached(tally.rows)
    return tally


def bring_in(
    errand: Errand, system: System, county: str, counting: Counting = counting_rows
) -> Tally:
    """Every readable row sent; a repeated import files nothing twice."""
    with _reading(errand, counting) as (tally, rows, reached):

        def told(batch: Batch, answer: Answer) -> None:
            tally.told(batch, answer)
            reached(tally.rows)

        batches = batched(errand.mapping.source.name, rows, errand.rows_at_once)
        asyncio.run(_send(batches, told, system, county))
    return tally


async def _send(batches: Iterator[Batch], told: Told, system: System, county: str) -> None:
    async with system.async_client("intake", Role.BACKFILL, county) as client:
        await send_all(batches, ImportDoor(client), told)


@contextmanager
def _reading(
    errand: Errand, counting: Counting = counting_rows
) -> Iterator[tuple[Tally, Iterator[Ready], Reached]]:
    mapping = errand.mapping
    place = errand.rejects or usual_place(errand.register)
    interpreter = Interpreter(mapping, mapping.source.zone, errand.division)
    with (
        open_register(errand.register, mapping) as register,
        open_rejects(place, keep_empty=errand.rejects is not None) as rejects,
        counting(errand.register.name, register.row_count) as reached,
    ):
        tally = Tally(mapping, rejects)
        yield tally, tally.readable(interpreter, register.rows), reached
        tally.finish()

"""import: rows of an older register through the bulk door, against cases filed one by one.

A row is a filing with person and narrative, and a reply: two events. Batches are as large and as
many at once as `concord import` sends them. `import_100k` is how long 100,000 rows take: counted
from the rate, or with `--full` by bringing them in.
"""

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

from cli.importing.batches import MOST_ROWS
from cli.importing.sending import IN_FLIGHT
from shared.identity import Role
from shared.testing.tokens import TokenMaker
from tests.bench.command_http import filings_a_second
from tests.bench.doors import intake
from tests.bench.figures import Reach, Result, Run, alternate
from tests.bench.issuer import issuing
from tests.bench.sample import FILING
from tests.bench.stage import COUNTY, TOWNSHIPS, Stage, Stopwatch
from tests.bench.wire import Line, post
from tests.intake.doors import fresh_intake

_MANY = 100_000
_DIVISIONS = TOWNSHIPS[:8]
"""A register is mostly of a few townships."""


async def bench(stage: Stage) -> list[Result]:
    database = fresh_intake(stage.postgres)
    rows, seconds = int(stage.sized(10_000, 4000)), stage.sized(5, 3)
    with (
        issuing(stage.port()) as tokens,
        intake(stage, database.dsn, issuer=tokens.issuer) as port,
    ):
        register = _Register(port, tokens)
        await register.bring_in(MOST_ROWS * IN_FLIGHT)

        async def floor() -> float:
            return await filings_a_second(port, tokens, seconds)

        runs = await alternate(lambda: register.bring_in(rows), floor)
        rates = [await register.bring_in(_MANY)] if stage.full else [run.ours for run in runs]
    many = [Run(_MANY / rate, None) for rate in rates]
    return [
        Result("import", "rows/s", Reach(5), runs),
        Result("import_100k", "s", Reach(180, "at most", "ours"), many),
    ]


class _Register:
    """A register without end."""

    def __init__(self, port: int, tokens: TokenMaker) -> None:
        self._port = port
        self._rows = map(_row, itertools.count(1))
        token = tokens.token(Role.BACKFILL, COUNTY, expires_in=3600)
        self._headers = {"Authorization": f"Bearer {token}"}

    async def bring_in(self, rows: int) -> float:
        """The next rows; gives how many a second."""
        batches = iter([self._batch() for _ in range(rows // MOST_ROWS)])
        lines = [await Line.to(self._port) for _ in range(IN_FLIGHT)]
        watch = Stopwatch()
        await asyncio.gather(*(_send(line, batches) for line in lines))
        seconds = watch.seconds
        for line in lines:
            line.close()
        return rows / seconds

    def _batch(self) -> bytes:
        rows = list(itertools.islice(self._rows, MOST_ROWS))
        return post("/cases/import", {"source": "bench", "rows": rows}, **self._headers)


async def _send(line: Line, batches: Iterator[bytes]) -> None:
    for batch in batches:
        answer = await line.ask(batch)
        if answer.status != 200 or answer.json()["filed"] != MOST_ROWS:
            raise AssertionError(answer.body[:2000].decode())


def _row(number: int) -> dict[str, Any]:
    filed = FILING | {"at": f"2019-{number % 12 + 1:02}-05T10:00:00+08:00", "channel": "online"}
    reply = {
        "do": "reply",
        "at": f"2019-{number % 12 + 1:02}-25T10:00:00+08:00",
        "text": "经核实，已安排国土所丈量并书面答复。" * 4,
    }
    division = _DIVISIONS[number % len(_DIVISIONS)]
    named = {"row": number, "number": str(number), "division": division}
    return {**named, "file": filed, "facts": [reply]}

"""mediation_http: applying for mediation over HTTP, against the floor of `command_http`.

Ours is mediation's door in its own process: what intake's does, and the committee is looked up,
the dispute gets a file of its own in the vault, and both parties one each. One command, two events.
`same_rows` is a server that writes those rows and does nothing else (`floor_rows`), and
`of_same_rows` our share of it: measured in turn, as the floor is.
"""

import itertools
import secrets
import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from shared.identity import Role
from shared.testing.tokens import TokenMaker
from tests.bench.command_http import LINES, floor
from tests.bench.doors import mediation
from tests.bench.figures import Reach, Result, Run, alternate
from tests.bench.floor_rows import make_tables
from tests.bench.issuer import issuing
from tests.bench.stage import TOWNSHIPS, Stage
from tests.bench.wire import post, rounds_a_second, sent_in_turn
from tests.mediation.doors import Committee, an_application, fresh_mediation, open_doors
from tests.parts import FreshDatabase


async def bench(stage: Stage) -> list[Result]:
    database, seconds = fresh_mediation(stage.postgres), stage.sized(6, 3)
    bodies = await _bodies(database)
    with (
        issuing(stage.port()) as tokens,
        mediation(stage, database.dsn, issuer=tokens.issuer) as ours,
        floor(stage, database) as barest,
    ):
        make_tables(database)
        runs = await alternate(
            lambda: _a_second(ours, "mediations", tokens, bodies, seconds),
            lambda: _a_second(barest, "cases", tokens, bodies, seconds),
        )
        over_rows = await alternate(
            lambda: _a_second(ours, "mediations", tokens, bodies, seconds),
            lambda: _a_second(barest, "mediations", tokens, bodies, seconds),
        )
    return [Result("mediation_http", "commands/s", Reach(0.5), runs, _beside(over_rows))]


def _beside(runs: list[Run]) -> dict[str, float]:
    rows = [run.floor for run in runs if run.floor]
    shares = [run.ours / run.floor for run in runs if run.floor]
    return {"same_rows": statistics.median(rows), "of_same_rows": statistics.median(shares)}


async def _bodies(database: FreshDatabase) -> dict[str, dict[str, Any]]:
    """An application to each township's own committee."""
    async with open_doors(database) as doors:
        committees: dict[str, Committee] = {code: await doors.set_up(code) for code in TOWNSHIPS}
    return {
        code: {
            key: value for key, value in an_application(committee).items() if key != "occurred_at"
        }
        for code, committee in committees.items()
    }


async def _a_second(
    port: int,
    what: str,
    tokens: TokenMaker,
    bodies: Mapping[str, dict[str, Any]],
    seconds: float,
) -> float:
    caller = sent_in_turn(_requests(what, tokens, bodies), status=201)
    return await rounds_a_second(port, caller, lines=LINES, seconds=seconds)


def _requests(
    what: str, tokens: TokenMaker, bodies: Mapping[str, dict[str, Any]]
) -> Iterator[bytes]:
    """Each with a key of its own, from one township after another."""
    key = "0" * 32
    requests = []
    for code, body in bodies.items():
        token = tokens.token(Role.CLERK, code, expires_in=3600)
        headers = {"Authorization": f"Bearer {token}"}
        requests.append(post(f"/townships/{code}/{what}", body, Idempotency_Key=key, **headers))
    for request in itertools.cycle(requests):
        yield request.replace(key.encode(), secrets.token_hex(16).encode(), 1)

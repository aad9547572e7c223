"""command_http: filing a case over HTTP, against the same server with one prepared INSERT.

Ours is intake's door in its own process: token, role and scope, validation, idempotency key,
vault, case number, board, receipt, append. No Kafka is near, so that the relay does not share the
cores: `relay` has a bench of its own, and `with_relay` tells what it takes from this one.
"""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from shared.identity import Role
from shared.testing.tokens import TokenMaker
from shared.topics import topic_of
from tests.bench.doors import intake, listening
from tests.bench.figures import Reach, Result, alternate
from tests.bench.issuer import issuing
from tests.bench.sample import FILING
from tests.bench.stage import TOWNSHIPS, Stage
from tests.bench.wire import post, rounds_a_second, sent_in_turn
from tests.intake.doors import fresh_intake
from tests.parts import FreshDatabase

LINES = 16
_FLOOR_TABLE = """
    create table floor_case (division text, id text, body text, primary key (division, id));
    grant insert on floor_case to {role};
"""


async def bench(stage: Stage) -> list[Result]:
    database, seconds = fresh_intake(stage.postgres), stage.sized(6, 3)
    with (
        issuing(stage.port()) as tokens,
        intake(stage, database.dsn, issuer=tokens.issuer) as ours,
        floor(stage, database) as barest,
    ):
        runs = await alternate(
            lambda: filings_a_second(ours, tokens, seconds),
            lambda: filings_a_second(barest, tokens, seconds),
        )
    beside = {} if stage.quick else {"with_relay": await _with_relay(stage, database, seconds)}
    return [Result("command_http", "commands/s", Reach(0.5), runs, beside)]


async def _with_relay(stage: Stage, database: FreshDatabase, seconds: float) -> float:
    stage.empty_topics(topic_of("intake"))
    bootstrap = stage.kafka.bootstrap
    with (
        issuing(stage.port()) as tokens,
        intake(stage, database.dsn, issuer=tokens.issuer, bootstrap=bootstrap) as port,
    ):
        return await filings_a_second(port, tokens, seconds)


@contextmanager
def floor(stage: Stage, database: FreshDatabase) -> Iterator[int]:
    with psycopg.connect(database.owner_dsn) as connection:
        connection.execute(_FLOOR_TABLE.format(role=database.role).encode())
    port = stage.port()
    environment = {"FLOOR_DATABASE_URL": database.dsn, "FLOOR_PORT": str(port)}
    with listening(stage, "tests.bench.floor_server", port, **environment):
        yield port


async def filings_a_second(port: int, tokens: TokenMaker, seconds: float) -> float:
    """How many cases clerks of all townships file over a few lines."""
    caller = sent_in_turn(filings(tokens), status=201)
    return await rounds_a_second(port, caller, lines=LINES, seconds=seconds)


def filings(tokens: TokenMaker) -> Iterator[bytes]:
    """Requests to file a case, each with a key of its own, from one township after another."""
    headers = {
        code: {"Authorization": f"Bearer {tokens.token(Role.CLERK, code, expires_in=3600)}"}
        for code in TOWNSHIPS
    }
    key = "0" * 32
    requests = [
        post(f"/townships/{code}/cases", FILING, Idempotency_Key=key, **headers[code])
        for code in TOWNSHIPS
    ]
    for request in itertools.cycle(requests):
        yield request.replace(key.encode(), secrets.token_hex(16).encode(), 1)

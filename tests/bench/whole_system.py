"""Every service and every worker as a process of its own, over a county's cases."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import LiteralString

import psycopg

from shared.testing.tokens import TokenMaker
from shared.testing.waiters import eventually
from shared.topics import TOPICS
from tests.bench.cores import Cores
from tests.bench.doors import follower, intake, mediation, stats, stats_worker
from tests.bench.filling import fill
from tests.bench.issuer import issuing
from tests.bench.stage import Stage
from tests.intake.doors import fresh_intake
from tests.mediation.doors import fresh_mediation
from tests.parts import FreshDatabase
from tests.stats.folding import fresh_stats

_PATIENCE_SECONDS = 900
_WRITTEN: LiteralString = "select coalesce(sum(head_seq), 0)::bigint from ledger"
_READ: LiteralString = """
    select coalesce(sum(next_seq - 1), 0)::bigint from inbox where source = '/intake'
"""


@dataclass(frozen=True)
class WholeSystem:
    """Intake's port and database, and the databases of those who read its ledgers."""

    tokens: TokenMaker
    port: int
    kept: FreshDatabase
    readers: tuple[FreshDatabase, ...]

    async def all_read(self) -> None:
        """Every reader is as far as intake's ledgers."""
        written = _number(self.kept, _WRITTEN)

        def is_read() -> bool:
            return all(_number(reader, _READ) >= written for reader in self.readers)

        await eventually(is_read, within=_PATIENCE_SECONDS)


@contextmanager
def whole_system(stage: Stage, cases: int) -> Iterator[WholeSystem]:
    """So many cases are filed already; the relay and the readers begin with them."""
    kept = fresh_intake(stage.postgres)
    mediated, counted = fresh_mediation(stage.postgres), fresh_stats(stage.postgres)
    fill(kept, cases)
    stage.empty_topics(*TOPICS)
    bootstrap = stage.kafka.bootstrap
    with ExitStack() as stack:
        enter = stack.enter_context
        tokens = enter(issuing(stage.port()))
        issuer = tokens.issuer
        port = enter(intake(stage, kept.dsn, issuer=issuer, bootstrap=bootstrap))
        enter(mediation(stage, mediated.dsn, issuer=issuer, bootstrap=bootstrap))
        enter(stats(stage, counted.dsn, issuer=issuer))
        enter(follower(stage, "intake", kept.dsn, issuer=issuer))
        enter(follower(stage, "mediation", mediated.dsn, issuer=issuer))
        enter(stats_worker(stage, counted.dsn))
        yield WholeSystem(tokens, port, kept, (mediated, counted))


def cores_of(stage: Stage) -> Cores:
    """What the system's processes cost from now on."""
    services = {
        module.removeprefix("services.").replace(".", "_"): pid
        for module, pid in stage.pids.items()
        if module.startswith("services.")
    }
    parts = {"postgres": stage.postgres.part, "kafka": stage.kafka.part}
    return Cores(**services, **{name: part.process.pid for name, part in parts.items()})


def _number(database: FreshDatabase, query: LiteralString) -> int:
    with psycopg.connect(database.superuser_dsn) as connection:
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0

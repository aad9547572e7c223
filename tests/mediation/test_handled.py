"""A whole mediation through `shared.handling` over a real ledger, each command sent twice."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_state import MediationState
from services.mediation.examples import APPLY, MEDIATION_ID, PERFORM
from shared.handling import CommandRequest, Handling, ready
from shared.ledger import Author, Ledger
from shared.postgres import new_pool
from tests.mediation.mediation_commands import LIFE
from tests.parts import PostgresForTests
from tests.shared.ledgers import DIVISION, fresh_ledgers

pytestmark = pytest.mark.parts

MEDIATOR = Author(scope=DIVISION, actor_ref="post-1")
NOON = datetime(2025, 4, 1, 4, tzinfo=UTC)
Mediations = Handling[MediationCommand, MediationFile]


@pytest.fixture
async def mediations(postgres: PostgresForTests, tmp_path: Path) -> AsyncIterator[Mediations]:
    database = fresh_ledgers(postgres, tmp_path)
    async with new_pool(database.dsn, name="trial") as pool:
        ledger = Ledger(pool, source="/trial")
        yield Handling(ledger=ledger, decider=MEDIATION, answer=lambda it: {"state": it.state})


def told_on_day(
    day: int, command: MediationCommand
) -> CommandRequest[MediationCommand, MediationFile]:
    at = NOON + timedelta(days=day)
    return CommandRequest(stream_id=MEDIATION_ID, author=MEDIATOR, prepare=ready(command, at=at))


async def test_a_mediation_is_handled_from_its_beginning_to_the_promise_kept(
    mediations: Mediations,
) -> None:
    published = 0
    for day, command in enumerate(command for command in LIFE if command != PERFORM):
        once = await mediations.handle(told_on_day(day, command))
        assert once.events
        published += len(once.events)
        again = await mediations.handle(told_on_day(day, command))
        assert (again.events, again.position) == ((), published)
    record = await mediations.load(told_on_day(0, APPLY))
    assert (record.version, record.state.version) == (published, published)
    assert record.state.state is MediationState.PERFORMED

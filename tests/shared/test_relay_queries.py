"""The relay asks for single events of many ledgers, and never reads all of them."""

from typing import LiteralString

import pytest

from shared.relay.lag import _OLDEST
from shared.relay.topic_ends import _NOT_IN_LEDGERS
from tests.bench.filling import fill
from tests.bench.stage import TOWNSHIPS
from tests.intake.doors import COUNTY, fresh_intake
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.test_boards_and_tables import connected

pytestmark = pytest.mark.parts


@pytest.fixture(scope="module")
def filled(postgres: PostgresForTests) -> FreshDatabase:
    database = fresh_intake(postgres)
    fill(database, 30_000)
    return database


@pytest.mark.parametrize(
    ("query", "further"), [(_OLDEST, []), (_NOT_IN_LEDGERS, [[b"\0"] * len(TOWNSHIPS)])]
)
def test_each_event_is_looked_up_by_its_place(
    filled: FreshDatabase, query: LiteralString, further: list[list[bytes]]
) -> None:
    asked = [list(TOWNSHIPS), [900] * len(TOWNSHIPS), *further]
    with connected(filled, COUNTY) as connection:
        plan = connection.execute(b"explain " + query.encode(), asked).fetchall()
    lines = "\n".join(row[0] for row in plan)
    assert "Seq Scan on event" not in lines
    assert "Index" in lines

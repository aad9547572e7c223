"""What an operator sees of parked due rows, and what resuming them does."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence

import psycopg
import pytest

from shared.due import DueRow, Outcome, Patience
from shared.office.due_rows_command import BAD_INPUT, DONE, NOT_REACHABLE, run
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.due.trials import KIND, Trial, a_row, due_database, trial_in
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR

pytestmark = pytest.mark.parts

BY_HAND = "update due_row set state = 'waiting', tries = 0 where state = 'parked'"


@pytest.fixture(scope="module")
def database(
    postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory
) -> FreshDatabase:
    return due_database(postgres, tmp_path_factory.mktemp("trial"))


@pytest.fixture
def parked(database: FreshDatabase) -> FreshDatabase:
    """Three parked rows in two ledgers, and a waiting one."""
    in_trial(database, park)
    return database


async def park(trial: Trial) -> list[list[DueRow]]:
    async def fail(_: str, __: Sequence[DueRow]) -> list[Outcome]:
        raise LookupError("not for eyes")

    await trial.put(
        a_row("a", 0, payload={"n": 7}), a_row("b", 0), a_row("c", 0, NEIGHBOUR), a_row("d", 9)
    )
    await trial.runner(fail, patience=Patience(most_tries=1)).work_off()
    return []


async def work(trial: Trial) -> list[list[DueRow]]:
    await trial.runner().work_off()
    return trial.handled


Work = Callable[[Trial], Awaitable[list[list[DueRow]]]]


def in_trial(database: FreshDatabase, what: Work, *, emptied: bool = True) -> list[str]:
    async def done() -> list[str]:
        async with trial_in(database, emptied=emptied) as trial:
            return [row.key for rows in await what(trial) for row in rows]

    return asyncio.run(done())


def due(database: FreshDatabase, *arguments: str, county: str = COUNTY) -> int:
    return run(database.dsn, service="trial", county=county, arguments=arguments)


def test_what_is_parked_is_listed_without_what_it_holds(
    parked: FreshDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    assert due(parked, "list", "--format", "json") == DONE
    found = json.loads(capsys.readouterr().out)
    assert [(each["ledger"], each["key"]) for each in found] == [
        (f"trial/{DIVISION}", "a"),
        (f"trial/{DIVISION}", "b"),
        (f"trial/{NEIGHBOUR}", "c"),
    ]
    assert {(each["kind"], each["tries"], each["problem"]) for each in found} == {
        (KIND, 1, "LookupError")
    }
    assert due(parked, "list", "--limit", "2") == DONE
    said = capsys.readouterr().out
    assert "and 1 more: --limit" in said
    assert "not for eyes" not in said
    assert "7" not in {cell for line in said.splitlines() for cell in line.split()}


def test_a_ledger_a_kind_and_all_are_resumed_and_handled_once(
    parked: FreshDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    assert due(parked, "resume", f"trial/{DIVISION}", "--kind", "another") == DONE
    assert due(parked, "resume", "--all", county="519800") == DONE
    assert capsys.readouterr().out == "Nothing is parked there.\n" * 2
    assert due(parked, "resume", f"trial/{NEIGHBOUR}", "--kind", KIND) == DONE
    assert capsys.readouterr().out == "1 row is tried again.\n"
    assert in_trial(parked, work, emptied=False) == ["c"]
    assert due(parked, "resume", "--all") == DONE
    assert capsys.readouterr().out == "2 rows are tried again.\n"
    assert in_trial(parked, work, emptied=False) == ["a", "b"]
    assert due(parked, "list") == DONE
    assert capsys.readouterr().out == "Nothing is parked.\n"


def test_a_row_set_to_waiting_by_hand_is_not_leased_for_ever_and_can_be_resumed(
    parked: FreshDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(parked.superuser_dsn) as superuser:
        superuser.execute(BY_HAND)

    async def once(trial: Trial) -> list[list[DueRow]]:
        assert not await trial.runner().work_once()
        return trial.handled

    assert in_trial(parked, once, emptied=False) == []
    assert due(parked, "resume", "--all") == DONE
    assert capsys.readouterr().out == "3 rows are tried again.\n"
    assert sorted(in_trial(parked, work, emptied=False)) == ["a", "b", "c"]


def test_a_ledger_of_another_service_and_no_database_are_said(
    parked: FreshDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in ("intake/519900101", "519900101", "trial/1"):
        assert due(parked, "resume", wrong) == BAD_INPUT
        assert "is written trial/519900101" in capsys.readouterr().err
    nowhere = "postgresql://nobody@127.0.0.1:1/x?connect_timeout=1"
    assert run(nowhere, service="trial", county=COUNTY, arguments=["list"]) == NOT_REACHABLE

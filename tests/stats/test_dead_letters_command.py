"""The door for what stats had to put aside: it lists without content, replays, and says what fails."""

import json
from dataclasses import replace

import psycopg
import pytest
from aiokafka.structs import ConsumerRecord

from shared.cloudevents import RecordedEvent, to_headers
from shared.postgres import new_pool, transaction
from shared.streaming.chunk_writer import ChunkWriter
from shared.streaming.dead_letters_command import BAD_INPUT, DONE, NOT_REACHABLE, STILL_PARKED, run
from shared.streaming.messages import parse_places
from shared.streaming.parking import Parking
from tests.parts import FreshDatabase, PostgresForTests
from tests.stats.folding import CASES, fresh_stats
from tests.stats.lives import COUNTY, TOWNSHIP, Ledger

pytestmark = pytest.mark.parts
SECRET = b'{"name":"Wang Wu"}'


def _record(offset: int, event: RecordedEvent, value: bytes) -> ConsumerRecord:
    return ConsumerRecord(
        "concord.intake", 0, offset, 0, 0, b"k", value, None, 1, len(value), to_headers(event)
    )


@pytest.fixture
async def database(postgres: PostgresForTests) -> FreshDatabase:
    """A ledger of three events, the middle one spoilt."""
    database, ledger = fresh_stats(postgres), Ledger()
    case = ledger.file("2025-01-10")
    ledger.accept(case, "2025-01-12")
    ledger.resolve(case, "2025-02-01")
    values = [event.data for event in ledger.events]
    records = [
        _record(offset, event, SECRET if offset == 1 else values[offset])
        for offset, event in enumerate(ledger.events)
    ]
    async with new_pool(database.dsn, name="test", size=1) as pool:
        parking = Parking(
            pool, bootstrap="", topic="concord.intake", source="/intake", county=COUNTY
        )
        async with transaction(pool, COUNTY) as connection:
            await ChunkWriter(CASES.fold(), parking).write(
                connection,
                parse_places(records, source="/intake", county=COUNTY),
                "id",
                singly=True,
            )
    _keep_whole(database, values[1])
    return database


def _keep_whole(database: FreshDatabase, value: bytes) -> None:
    """What the message should have held, for the mend."""
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute(
            "create table whole as select division_code, %s::bytea as value from parked", (value,)
        )


def _mend(database: FreshDatabase) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute("update parked set message_value = whole.value from whole")


def _run(database: FreshDatabase, *arguments: str) -> int:
    return run(
        database.dsn,
        bootstrap="127.0.0.1:1",
        county=COUNTY,
        followed={"concord.intake": CASES.fold()},
        arguments=arguments,
    )


def test_it_lists_the_place_and_the_reason_and_never_the_content(
    database: FreshDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(database, "list") == DONE
    shown = capsys.readouterr().out
    assert f"intake/{TOWNSHIP}@2" in shown
    assert "case-accepted" in shown
    assert "Wang" not in shown
    assert _run(database, "list", "--format", "json") == DONE
    (letter,) = json.loads(capsys.readouterr().out)
    assert (letter["ledger"], letter["seq"]) == (f"intake/{TOWNSHIP}", 2)


def test_what_still_fails_is_named_and_what_is_mended_is_replayed_once(
    database: FreshDatabase, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(database, "replay", "--all") == STILL_PARKED
    assert f"intake/{TOWNSHIP}@2: the fold raised" in capsys.readouterr().out
    _mend(database)
    assert _run(database, "replay", "--ledger", f"intake/{TOWNSHIP}") == DONE
    assert "1 replayed" in capsys.readouterr().out
    assert _run(database, "replay", f"intake/{TOWNSHIP}@2") == DONE
    assert "Nothing is parked there" in capsys.readouterr().out
    assert _run(database, "list") == DONE
    assert "Nothing is parked" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["here"], ["--ledger", "intake/5"], ["stats/519900101@1"]])
def test_a_place_that_is_none_is_bad_input(database: FreshDatabase, words: list[str]) -> None:
    assert _run(database, "replay", *words) == BAD_INPUT


@pytest.mark.parametrize("words", ["120", "concord.grid/1/2", "concord.intake/1/9..2"])
def test_messages_that_are_none_are_bad_input(database: FreshDatabase, words: str) -> None:
    assert _run(database, "park", words) == BAD_INPUT


def test_a_kafka_that_is_away_is_said(database: FreshDatabase) -> None:
    assert _run(database, "park", "concord.intake/1/2") == NOT_REACHABLE


def test_a_database_that_is_away_is_said(database: FreshDatabase) -> None:
    away = replace(database, dsn="postgresql://nobody@127.0.0.1:1/none")
    assert _run(away, "list") == NOT_REACHABLE

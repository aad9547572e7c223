"""Who was shown what is on record: numbered, chained, and changed by nobody unseen."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.openings import NOTHING_BEFORE, Opener, Opening, OpeningsHead
from shared.openings.chain import OpeningsChain
from shared.openings.log import chained, head_before, note_openings, openings_of
from shared.postgres import Pool, new_pool, transaction
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR, fresh_ledgers

BEGIN = OpeningsHead(0, NOTHING_BEFORE)
NOON = datetime(2025, 3, 4, 4, tzinfo=UTC)
OPENER = Opener(
    opened_by=f"{DIVISION}/post-wu",
    role="handler",
    route="GET /things/{thing_id}",
    purpose="handling",
    correlation_id=None,
)
NAMES = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), min_size=1, max_size=6)


def findings(lines: list[Opening], *sealed: Opening) -> list[str]:
    chain = OpeningsChain({line.sequence: line.hash for line in sealed})
    for line in lines:
        chain.take(line)
    return list(chain.findings())


@given(NAMES)
def test_lines_that_nobody_touched_follow_each_other(names: list[str]) -> None:
    lines = chained(OPENER, DIVISION, names, after=BEGIN, at=NOON)
    assert findings(lines, lines[-1]) == []
    assert [line.sequence for line in lines] == list(range(1, len(names) + 1))


CHANGES: list[dict[str, object]] = [
    {"record_id": "another"},
    {"opened_by": f"{DIVISION}/post-he"},
    {"role": "clerk"},
    {"route": "GET /other"},
    {"purpose": "revealed"},
    {"correlation_id": "x"},
    {"opened_at": NOON + timedelta(microseconds=1)},
    {"sequence": 9},
    {"previous_hash": bytes([1]) * 32},
    {"hash": bytes([1]) * 32},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
@given(NAMES, st.data())
def test_a_changed_line_is_found(
    change: dict[str, object], names: list[str], data: st.DataObject
) -> None:
    lines = chained(OPENER, DIVISION, names, after=BEGIN, at=NOON)
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = replace(lines[place], **change)  # type: ignore[arg-type]
    assert findings(lines) != []


@given(NAMES)
def test_lines_that_were_taken_off_the_end_are_missed_by_the_seal(names: list[str]) -> None:
    lines = chained(OPENER, DIVISION, names, after=BEGIN, at=NOON)
    assert findings(lines[:-1], lines[-1]) == [f"opening {len(lines)} was sealed and is missing"]
    made_anew = chained(OPENER, DIVISION, [*names[:-1], "other"], after=BEGIN, at=NOON)
    if made_anew[-1].hash != lines[-1].hash:
        assert findings(made_anew, lines[-1]) == [
            f"opening {len(lines)} is not the one that was sealed"
        ]


def a_record(number: int, division: str = DIVISION) -> str:
    return f"{division}-0198a5c0-0000-7000-8000-{number:012x}"


@pytest.fixture
async def database(postgres: PostgresForTests, tmp_path: Path) -> FreshDatabase:
    return fresh_ledgers(postgres, tmp_path)


@pytest.fixture
async def pool(database: FreshDatabase) -> AsyncIterator[Pool]:
    async with new_pool(database.dsn, name="openings-test", size=4) as opened:
        yield opened


@pytest.mark.parts
async def test_of_many_readers_at_once_each_leaves_a_line_of_one_chain(pool: Pool) -> None:
    records = [a_record(number) for number in range(12)]
    await asyncio.gather(*(note_openings(pool, OPENER, [record]) for record in records))
    await note_openings(pool, OPENER, [a_record(1, NEIGHBOUR), *records, records[0]])
    lines = await openings_of(pool, DIVISION)
    assert len(lines) == 24
    assert findings(lines) == []
    assert [line.sequence for line in await openings_of(pool, NEIGHBOUR)] == [1]
    own = await openings_of(pool, DIVISION, record_id=records[0])
    assert {line.record_id for line in own} == {records[0]}
    assert len(own) == 2
    assert len(await openings_of(pool, DIVISION, without=records[:6])) == 12
    assert [x.sequence for x in await openings_of(pool, DIVISION, after=3, limit=2)] == [4, 5]


@pytest.mark.parts
async def test_the_last_line_before_a_moment_is_the_one_to_seal(pool: Pool) -> None:
    await note_openings(pool, OPENER, [a_record(1), a_record(2)])
    (*_, last) = await openings_of(pool, DIVISION)
    async with transaction(pool, COUNTY) as connection:
        after = last.opened_at + timedelta(microseconds=1)
        assert await head_before(connection, DIVISION, after) == OpeningsHead(2, last.hash)
        assert await head_before(connection, DIVISION, last.opened_at) is None
        assert await head_before(connection, NEIGHBOUR, after) is None


@pytest.mark.parts
async def test_the_services_role_adds_lines_and_changes_none(
    pool: Pool, database: FreshDatabase
) -> None:
    await note_openings(pool, OPENER, [a_record(1)])
    for change in ("update opening set role = 'x'", "delete from opening", "truncate opening"):
        with psycopg.connect(database.dsn) as connection:
            connection.execute("select set_config('concord.scope', %s, true)", (COUNTY,))
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(change.encode())

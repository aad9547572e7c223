"""Whatever is put, moved and cancelled, and wherever a process is killed: as the plain model."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.due import Again, Done, DueRow, Outcome, Refused, cancel, move, resume
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.due.model import Model
from tests.shared.due.trials import KIND, PATIENCE, Trial, a_row, due_database, minute, trial_in
from tests.shared.ledgers import DIVISION, NEIGHBOUR

pytestmark = pytest.mark.parts

MOST_ROWS = 3
LEASE, WHILE_AWAY = PATIENCE.lease, timedelta(seconds=5)


class Killed(BaseException):
    """The process is gone: nothing of it catches this."""


@dataclass(frozen=True)
class Put:
    division: str
    key: str
    due: int


@dataclass(frozen=True)
class Move:
    division: str
    key: str
    due: int


@dataclass(frozen=True)
class Cancel:
    division: str
    key: str


@dataclass(frozen=True)
class Resume:
    division: str


@dataclass(frozen=True)
class Wait:
    minutes: int


Fate = Literal["fine", "killed", "refused", "failed", "again", "away", "moved"]


@dataclass(frozen=True)
class Work:
    """One batch; at the row with this index its fate is met, and the rows before it go well."""

    fate: Fate
    at: int
    replica: int = 0


@dataclass(frozen=True)
class Park:
    """The first of the rows that are due fails until it is parked."""


Step = Put | Move | Cancel | Resume | Wait | Work | Park

divisions = st.sampled_from([DIVISION, NEIGHBOUR, "519900103"])
keys = st.sampled_from("abcde")
minutes = st.integers(0, 12)
works = st.builds(
    Work,
    st.sampled_from(["fine", "killed", "refused", "failed", "again", "away", "moved"]),
    st.integers(0, MOST_ROWS),
    st.integers(0, 1),
)
steps = st.lists(
    st.one_of(
        st.builds(Put, divisions, keys, minutes),
        st.builds(Put, divisions, keys, minutes),
        st.builds(Move, divisions, keys, minutes),
        st.builds(Cancel, divisions, keys),
        st.builds(Resume, divisions),
        st.builds(Wait, st.integers(1, 5)),
        works,
        works,
        st.just(Park()),
        st.just(Park()),
    ),
    min_size=4,
    max_size=40,
)


@pytest.fixture(scope="module")
def database(
    postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory
) -> FreshDatabase:
    folder: Path = tmp_path_factory.mktemp("trial")
    return due_database(postgres, folder)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_rows_go_as_the_model_says(database: FreshDatabase, taken: list[Step]) -> None:
    asyncio.run(_play(database, taken))


async def _play(database: FreshDatabase, taken: Sequence[Step]) -> None:
    async with trial_in(database) as trial:
        model = Model(MOST_ROWS)
        for step in taken:
            await _take(trial, model, step)
            assert await trial.rows() == {
                name: (found.row.due_at, found.state, found.tries)
                for name, found in model.rows.items()
            }
            assert await trial.effects() == model.effects
        await _drain(trial, model)


async def _drain(trial: Trial, model: Model) -> None:
    """Once nothing goes wrong any more, nothing that was due is left, whatever happened before."""
    for division in (DIVISION, NEIGHBOUR, "519900103"):
        await _take(trial, model, Resume(division))
    await _take(trial, model, Wait(60))
    while model.lease():
        await _take(trial, model, Work("fine", 0))
    assert not await trial.runner().work_once()
    left = {state for _, state, _ in (await trial.rows()).values()}
    assert left <= {"done", "refused", "cancelled"}
    effects = await trial.effects()
    assert effects == model.effects
    for found in model.rows.values():
        if found.state == "done":
            assert (found.row.division, found.row.command_key) in effects


async def _take(trial: Trial, model: Model, step: Step) -> None:
    match step:
        case Put(division, key, due):
            row = a_row(key, due, division)
            await trial.put(row)
            model.put(row)
        case Move(division, key, due):
            await trial.write(move(division, KIND, key, due_at=minute(due)))
            model.move((division, key), minute(due))
        case Cancel(division, key):
            await trial.write(cancel(division, KIND, key))
            model.cancel((division, key))
        case Resume(division):
            await trial.write(resume(division, KIND))
            model.resume(division)
        case Wait(minutes):
            trial.now += timedelta(minutes=minutes)
            model.now = trial.now
        case Work():
            await _work(trial, model, step)
        case Park():
            await _park(trial, model)


async def _park(trial: Trial, model: Model) -> None:
    await _take(trial, model, Wait(5))
    parked = model.parked()
    for _ in range(12):
        if not model.lease() or model.parked() != parked:
            return
        await _work(trial, model, Work("failed", 0))
        await _take(trial, model, Wait(5))


async def _work(trial: Trial, model: Model, work: Work) -> None:
    expected = model.lease()
    meets = expected[work.at].key if work.at < len(expected) else None
    handled: list[list[DueRow]] = []

    async def handle(division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        handled.append(list(rows))
        return [await _meet(trial, row, work.fate if row.key == meets else "fine") for row in rows]

    runner = trial.runner(handle, most_rows=MOST_ROWS)
    try:
        assert await runner.work_once() == bool(expected)
    except Killed:
        assert work.fate == "killed"
    if expected:
        offered = handled[0]
        assert [(row.division, row.command_key) for row in offered] == [
            (row.division, row.command_key) for row in expected
        ]
        assert [row.due_at for row in offered] == sorted(row.due_at for row in offered)
        _follow(model, expected, work.fate, meets)


async def _meet(trial: Trial, row: DueRow, fate: Fate) -> Outcome:
    match fate:
        case "killed":
            raise Killed
        case "failed":
            raise LookupError(row.key)
        case "away":
            raise psycopg.OperationalError
        case "refused":
            return Refused("not-so")
        case "moved":
            await trial.write(move(row.division, KIND, row.key, due_at=minute(30)))
        case "fine" | "again":
            pass
    await trial.have_effect([row])
    return Again(row.due_at + timedelta(minutes=7)) if fate == "again" else Done()


def _follow(model: Model, rows: list[DueRow], fate: Fate, meets: str | None) -> None:
    place = next((index for index, row in enumerate(rows) if row.key == meets), len(rows))
    for row in rows[:place]:
        model.have_effect(row)
    if place < len(rows) and fate in {"killed", "away"}:
        model.hold(rows[0].division, LEASE if fate == "killed" else WHILE_AWAY)
        return
    for index, row in enumerate(rows):
        if not _settle(model, row, fate if index == place else "fine"):
            return


def _settle(model: Model, row: DueRow, fate: Fate) -> bool:
    """Whether the ledger's later rows may follow."""
    match fate:
        case "failed":
            return not model.fail(row)
        case "refused":
            model.settle(row, "refused")
            return True
        case "moved":
            model.move((row.division, row.key), minute(30))
        case "fine" | "again" | "killed" | "away":
            pass
    model.have_effect(row)
    if fate == "again":
        model.settle(row, "waiting", again=row.due_at + timedelta(minutes=7))
    else:
        model.settle(row, "done")
    return True

"""Rows become commands on a real ledger: at their due time, with their cause, once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from shared.divisions import new_id
from shared.due import Done, DueRow, Outcome, Refused, put
from shared.due.commands import DueCommand, DueCommandsInBulk
from shared.handling import Handling
from shared.ledger import Ledger
from shared.postgres import new_pool
from tests.parts import PostgresForTests
from tests.shared.due.trials import Trial, a_row, minute
from tests.shared.ledgers import COUNTY, DIVISION, fresh_ledgers
from tests.shared.test_handling import SWITCH, Toggle

pytestmark = pytest.mark.parts

Commands = DueCommandsInBulk[Toggle, bool | None]


class Killed(BaseException):
    """The process is gone: nothing of it catches this."""


@pytest.fixture
async def trial(postgres: PostgresForTests, tmp_path: Path) -> AsyncIterator[Trial]:
    database = fresh_ledgers(postgres, tmp_path)
    async with new_pool(database.dsn, name="trial", size=6) as pool:
        yield Trial(pool)


def commands(trial: Trial) -> Commands:
    ledger = Ledger(trial.pool, source="/trial")
    return DueCommandsInBulk(
        handling=Handling(ledger=ledger, decider=SWITCH, answer=lambda _: None),
        command_of=_command_of,
        service="trial",
        county=COUNTY,
    )


def _command_of(row: DueRow) -> DueCommand[Toggle]:
    return DueCommand(stream_id=row.payload["stream"], command=Toggle(row.payload["on"]))


def a_toggle(key: str, due: int, stream: str, *, on: bool = True, **more: Any) -> DueRow:
    return a_row(key, due, payload={"stream": stream, "on": on}, **more)


async def events(trial: Trial) -> list[tuple[str, str]]:
    """Stream and kind of every event of the ledger, in order."""
    found = await Ledger(trial.pool, source="/trial").read(COUNTY, DIVISION)
    return [(event.stream_id, event.kind) for event in found]


async def states(trial: Trial) -> dict[str, str]:
    return {key: state for (_, key), (_, state, _) in (await trial.rows()).items()}


async def test_a_late_command_happens_at_its_due_time_and_names_its_cause(trial: Trial) -> None:
    stream, cause = new_id(DIVISION), new_id(DIVISION)
    await trial.put(a_toggle("a", 3, stream, causation_id=cause, correlation_id="request-1"))
    trial.now = minute(60 * 24)
    await trial.runner(commands(trial).handle).work_off()
    [event] = await Ledger(trial.pool, source="/trial").read(COUNTY, DIVISION)
    assert event.occurred_at == minute(3)
    assert (event.causation_id, event.correlation_id) == (cause, "request-1")
    assert event.actor_ref == "policy:trial"


async def test_a_process_that_is_killed_after_the_append_repeats_and_appends_nothing(
    trial: Trial,
) -> None:
    one, other = new_id(DIVISION), new_id(DIVISION)
    await trial.put(
        a_toggle("a", 0, one), a_toggle("b", 1, other), a_toggle("c", 2, one, on=False)
    )
    handled = commands(trial)

    async def killed(division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        await handled.handle(division, rows[:2])
        raise Killed

    trial.now = minute(10)
    with pytest.raises(Killed):
        await trial.runner(killed).work_once()
    trial.now = minute(20)
    await trial.runner(handled.handle).work_off()
    assert set((await states(trial)).values()) == {"done"}
    assert await events(trial) == [
        (one, "case-withdrawn"),
        (other, "case-withdrawn"),
        (one, "case-reopened"),
    ]


async def test_two_holders_at_once_append_once(trial: Trial) -> None:
    rows = [a_toggle(str(number), number, new_id(DIVISION)) for number in range(8)]
    rows.append(a_toggle("again", 9, rows[0].payload["stream"], on=False))
    handled, outcomes = commands(trial), list[list[Outcome]]()

    async def both(division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        outcomes.extend(
            await asyncio.gather(handled.handle(division, rows), handled.handle(division, rows))
        )
        return outcomes[0]

    await trial.write(put(rows))
    trial.now = minute(10)
    await trial.runner(both).work_off()
    # outside of the handler: a fault in there is tried again, row by row
    assert outcomes == [[Done()] * len(rows)] * 2
    assert set((await states(trial)).values()) == {"done"}
    assert [kind for _, kind in await events(trial)] == ["case-withdrawn"] * 8 + ["case-reopened"]


async def test_what_another_holder_appended_in_between_is_done_and_not_refused(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [a_toggle(str(number), number, new_id(DIVISION)) for number in range(3)]
    refused = a_toggle("refused", 4, new_id(DIVISION), on=False)
    first, second = commands(trial), commands(trial)
    append, others = Ledger.append, list[list[Outcome]]()

    async def overtaken(ledger: Ledger, *given: Any, **named: Any) -> Any:
        if ledger is first.handling.ledger and not others:
            others.append(await second.handle(DIVISION, rows[1:]))
        return await append(ledger, *given, **named)

    monkeypatch.setattr(Ledger, "append", overtaken)
    assert await first.handle(DIVISION, [*rows, refused]) == [
        *[Done()] * 3,
        Refused("already-so"),
    ]
    assert others == [[Done()] * 2]
    assert len(await events(trial)) == 3


async def test_a_refused_row_fails_alone(trial: Trial) -> None:
    streams = [new_id(DIVISION) for _ in range(3)]
    await trial.put(
        a_toggle("a", 0, streams[0]),
        a_toggle("b", 1, streams[1], on=False),
        a_toggle("c", 2, streams[2]),
    )
    trial.now = minute(10)
    await trial.runner(commands(trial).handle).work_off()
    assert await states(trial) == {"a": "done", "b": "refused", "c": "done"}
    assert [stream for stream, _ in await events(trial)] == [streams[0], streams[2]]


async def test_rows_of_several_requests_keep_their_order_and_their_correlation(
    trial: Trial,
) -> None:
    streams = [new_id(DIVISION) for _ in range(4)]
    await trial.put(
        *(
            a_toggle(str(number), number, stream, correlation_id=f"request-{number // 2}")
            for number, stream in enumerate(streams)
        )
    )
    trial.now = minute(10)
    await trial.runner(commands(trial).handle).work_off()
    found = await Ledger(trial.pool, source="/trial").read(COUNTY, DIVISION)
    assert [(event.stream_id, event.correlation_id) for event in found] == [
        (stream, f"request-{number // 2}") for number, stream in enumerate(streams)
    ]

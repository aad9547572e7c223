"""back_test: `concord warnings backtest` over an export of 1,000,000 made-up events, and its memory.

A process of its own, as it is typed. The export is written before and not measured. Its memory is to
stay below 512 MiB however long the history is: a tenth of the events is measured as well.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple, TextIO

from shared.cloudevents import RecordedEvent, to_structured
from shared.contracts.event import Event
from tests.bench.figures import Reach, Result, Run
from tests.bench.stage import TOWNSHIPS, Stage, Stopwatch
from tests.grid.rules.given import accepted, filed, happened, on, received, replied, served

_AIM = 2_000
_MOST_MEMORY = 512 << 20
_A_DAY = 140
"""So many matters begin on a day of the history."""
_CLI = "from cli.main import run; run()"
_OWNER = {"signal-received": "grid"}


async def bench(stage: Stage) -> list[Result]:
    wanted = int(stage.sized(1_000_000, 50_000))
    few = _measured(stage.folder / "few", wanted // 10)
    many = _measured(stage.folder / "many", wanted)
    if many.memory > _MOST_MEMORY:
        raise MemoryError(f"{many.memory >> 20} MiB")
    side: dict[str, float] = {
        "events": wanted,
        "processor_seconds": many.processor,
        "memory_mib": many.memory >> 20,
        "processor_seconds_of_a_tenth": few.processor,
        "memory_mib_of_a_tenth": few.memory >> 20,
    }
    run = Run(wanted / many.seconds, None)
    return [Result("back_test", "events/s", Reach(_AIM, of="ours"), [run], side)]


class _Used(NamedTuple):
    """What a back-test took."""

    seconds: float
    processor: float
    """Seconds of processor time, which other work on the machine leaves nearly alone."""
    memory: int
    """In bytes, at most."""


def _measured(folder: Path, events: int) -> _Used:
    write_many(folder, events)
    watch = Stopwatch()
    words = ["--division", "519900", "--from", "2025-01-01", "--to", "2030-01-01"]
    arguments = [sys.executable, "-c", _CLI, "warnings", "backtest", *words]
    output = os.open(folder / "output", os.O_WRONLY | os.O_CREAT)
    process = os.posix_spawn(
        sys.executable,
        [*arguments, "--export", str(folder)],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, output, 1)],
    )
    _, status, used = os.wait4(process, 0)
    if status:
        raise RuntimeError((folder / "output").read_text())
    processor = round(used.ru_utime + used.ru_stime, 1)
    return _Used(watch.seconds, processor, used.ru_maxrss * 1024)


def write_many(folder: Path, events: int) -> None:
    """Write an export of so many events, in the order of recording, with few in memory."""
    files: dict[str, tuple[Path, int]] = {}
    opened: dict[str, TextIO] = {}
    for event, recorded in islice(_events(), events):
        ledger = f"{_OWNER.get(event.kind, 'intake')}/{recorded.division}"
        if ledger not in opened:
            file = folder / "ledgers" / f"{ledger}.ndjson"
            file.parent.mkdir(parents=True, exist_ok=True)
            opened[ledger], files[ledger] = file.open("w"), (file, 0)
        number = files[ledger][1] + 1
        files[ledger] = (files[ledger][0], number)
        line = to_structured(recorded)
        line |= {"source": f"/{ledger.partition('/')[0]}", "sequence": str(number)}
        opened[ledger].write(json.dumps(line, ensure_ascii=False) + "\n")
    for each in opened.values():
        each.close()
    manifest = {
        "format": "concord-export",
        "version": 1,
        "division": "519900",
        "made_at": "2030-01-01T00:00:00.000000Z",
        "ledgers": [
            {"ledger": ledger, "events": number} for ledger, (_, number) in sorted(files.items())
        ],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _events() -> Iterator[tuple[Event, RecordedEvent]]:
    """Lives of matters in the order of recording: some answered late, some raised again."""
    waiting: list[tuple[float, int, str, Event]] = []
    ids = count(1)
    for number in count():
        division, begun = TOWNSHIPS[number % len(TOWNSHIPS)], number / _A_DAY
        for event, after in _life(division, number):
            heappush(waiting, (begun + after, next(ids), division, event))
        while waiting and waiting[0][0] <= begun:
            day, serial, division, event = heappop(waiting)
            yield event, _placed(event, day, division, _id(division, 1 << 40 | serial))


def _life(division: str, number: int) -> list[tuple[Event, float]]:
    """Five events of one matter, each so many days after its begin."""
    case = _id(division, number)
    about = {"matter_id": case, "case_id": case}
    signalled = case if number % 10 == 0 else _id(division, 1 << 41 | number)
    return [
        (filed(**about, village_code=f"{division}{number // 30 % 200 + 201:03}"), 0),
        (accepted(**about, due_at=on(number / _A_DAY + 60)), 1),
        (replied(**about), 5),
        (served(**about), 70 if number % 7 == 0 else 20),
        (received(matter_id=signalled, signal_id=signalled), 90),
    ]


def _placed(event: Event, day: float, division: str, event_id: str) -> RecordedEvent:
    recorded = happened(event, day)
    return replace(recorded, division=division, stream_id=event_id, event_id=event_id)


def _id(division: str, number: int) -> str:
    return f"{division}-00000000-0000-7000-8000-{number:012x}"

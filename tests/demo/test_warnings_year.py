"""The warnings of the reference year: as many as stated, and played by grid's own routes."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
import pytest

from demo.expected_grid import expected_grid
from demo.grid_year.play_reports import submitting
from demo.grid_year.scenario import Fate as ReportFate
from demo.grid_year.warnings import Fate, disposing, raising, warnings
from services.grid.domain.named_ids import watch_id
from services.stats.domain.warning_subject import WARNING
from services.stats.domain.watch_subject import WATCH
from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event
from shared.ledger.read import StreamEvent
from tests.grid.doors import COUNTY, TOWNSHIP, Doors, fresh_grid, open_doors
from tests.grid.warnings_told import BACKFILL, RAISE
from tests.parts import PostgresForTests
from tests.shared.recorded import recorded

NAMES = {
    "grid_warnings": "42",
    "grid_warnings_resolved": "39",
    "monitoring_warnings": "19",
    "warnings_disposed_in_24h": "13",
    "matters_on_watch": "6",
}


def test_the_figures_that_have_to_come_out_are_those_of_the_summary() -> None:
    found = expected_grid(2025)
    assert {name: found[name][0] for name in NAMES} == NAMES


def test_each_is_of_a_valid_report_and_its_steps_follow_each_other_in_the_year() -> None:
    assert list(warnings()) == list(warnings())
    assert Counter(each.fate for each in warnings()) == {
        Fate.SETTLED: 39,
        Fate.IN_PROCEDURE: 3,
        Fate.STEP_TAKEN: 13,
        Fate.WATCHED: 6,
    }
    for each in warnings():
        assert each.report.fate is not ReportFate.REJECTED
        bodies = [raising(each, "", ""), disposing(each).body]
        raised, disposed = (datetime.fromisoformat(body["occurred_at"]) for body in bodies)
        assert raised < disposed
        assert {raised.year, disposed.year} == {2025}


@pytest.mark.parts
async def test_what_grid_records_of_them_is_what_stats_counts(postgres: PostgresForTests) -> None:
    """42 turn 39, and 19 are 13 and 6, by the routes that raise and dispose."""
    found: Counter[str] = Counter()
    async with open_doors(fresh_grid(postgres)) as doors:
        for code in sorted({each.report.grid_code for each in warnings()}):
            await registered(doors, code)
        for each in warnings():
            told = submitting(each.report, TOWNSHIP)
            report = await doors.done(told.path, told.body, 201, **BACKFILL)
            (submitted, *_) = await doors.office.ledger.stream(COUNTY, report["report_id"])
            body = raising(each, report["matter_id"], submitted.event_id)
            raised = (await doors.done(RAISE, body, 201, **BACKFILL))["warning_id"]
            step = disposing(each)
            await doors.done(f"/warnings/{raised}/{step.verb}", step.body, **BACKFILL)
            for stream_id in (raised, watch_id(TOWNSHIP, raised)):
                found += await counted(doors, stream_id)
    assert (found["grid_warnings"], found["grid_warnings_resolved"]) == (42, 39)
    assert (found["monitoring_warnings"], found["monitoring_warnings_disposed_in_24h"]) == (19, 13)
    assert found["matters_put_on_watch"] == found["monitoring_warnings_watched"] == 6
    assert found["warnings_judged"] == found["matters_off_watch"] == 0


async def registered(doors: Doors, grid_code: str) -> None:
    """The grid and its village, from the first day of the year on."""
    village = grid_code[:12]
    valid: dict[str, Any] = {"valid_from": "2025-01-01"}
    answer = await doors.get(f"/townships/{TOWNSHIP}/villages", **BACKFILL)
    if village not in answer.text:
        await doors.village(village_code=village, **valid)
    await doors.grid(village, grid_code=grid_code, **valid)


async def counted(doors: Doors, stream_id: str) -> Counter[str]:
    """What stats makes of a stream of grid."""
    found: Counter[str] = Counter()
    stored = await doors.office.ledger.stream(COUNTY, stream_id)
    for subject in (WARNING, WATCH):
        steps = [
            step
            for each in stored
            for step in subject.steps_of(
                replace(
                    recorded("/grid", stream_id, event_of(each), at=each.occurred_at),
                    sequence=each.sequence,
                )
            )
        ]
        fact = subject.fold(steps)
        found.update(each.counter for each in (subject.contributions(fact) if fact else ()))
    return found


def event_of(stored: StreamEvent) -> Event:
    """The event as its contract has it."""
    return decode_data(stored.kind, stored.schema_version, orjson.loads(stored.data))

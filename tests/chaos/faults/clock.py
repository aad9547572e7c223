"""The wall clock set back by minutes or ahead by years, and right again, under all services.

The machine's own clock is not touched. Python's processes follow a clock of ours (`clock_door`);
in PostgreSQL a function of our own stands before the one that tells the time. Time that only ever
passes (monotonic) goes on in both, as when a real clock is set. Nothing of ours reads the broker's.
"""

import asyncio
import json
from pathlib import Path
from random import Random

from deploy.local.private_files import write_private
from deploy.local.programs import Program, programs
from deploy.local.supervisor_files import launch_file
from shared.testing.waiters import eventually
from tests.chaos.faults.fault import Fault, Townships
from tests.chaos.ground import Ground
from tests.chaos.topic import TOPICS

_BACK_SECONDS = 8.0
_SEEN_SECONDS = 30.0
_MINUTES_BACK = -240
"""Within what two right clocks may differ by: commands go on, and times stand still."""
_AHEAD = 400 * 86_400
_DOOR = Path(__file__).parent.parent / "clock_door"
_OWN_CLOCK = """
    create schema if not exists chaos;
    create table if not exists chaos.clock as select 0 as seconds;
    create or replace function chaos.clock_timestamp() returns timestamptz language sql volatile
        as 'select pg_catalog.clock_timestamp() + make_interval(secs => seconds) from chaos.clock';
    grant usage on schema chaos to {role};
    grant select on chaos.clock to {role};
    alter role {role} in database {role} set search_path = chaos, pg_catalog, public;
    select pg_terminate_backend(pid) from pg_stat_activity where usename = '{role}';
"""
"""A service's database and its role bear the service's name."""
_STOOD_STILL = """
    select 1 from event later join event earlier using (division_code, recorded_at)
    where later.seq = earlier.seq + 1 and later.correlation_id <> earlier.correlation_id limit 1
"""

_BENT = "select 1 from event where recorded_at > pg_catalog.clock_timestamp() + interval '1 day'"


async def _set_back(ground: Ground, _: Random, __: Townships) -> None:
    clock = await _clock_of(ground)
    _turn(ground, clock, _MINUTES_BACK)
    try:
        await asyncio.sleep(_BACK_SECONDS)
        await eventually(lambda: _see_it_back(ground), within=_SEEN_SECONDS, every=0.5)
    finally:
        _turn(ground, clock, 0)


async def _set_ahead(ground: Ground, _: Random, __: Townships) -> None:
    clock = await _clock_of(ground)
    _turn(ground, clock, _AHEAD)
    try:
        await asyncio.sleep(_BACK_SECONDS)
    finally:
        _turn(ground, clock, 0)
    for service in TOPICS:
        with ground.database(service) as database:
            if database.execute(_BENT).fetchone() is not None:
                raise AssertionError(f"an event of {service} was recorded by a clock ahead")


async def _clock_of(ground: Ground) -> Path:
    clock = ground.run.path / "clock"
    if not clock.exists():
        await _hand_out(ground, clock)
    return clock


def _see_it_back(ground: Ground) -> bool:
    for service in TOPICS:
        with ground.database(service) as database:
            if database.execute(_STOOD_STILL).fetchone() is None:
                raise AssertionError(
                    f"no time has stood still at {service}: its clock was not back"
                )
    return True


async def _hand_out(ground: Ground, clock: Path) -> None:
    """From their next start on, which is now, the processes go by the clock in that file."""
    _begin(ground, clock)
    for program in programs(ground.run):
        if program.speaks_http:
            _have_it_follow(ground, program, clock)
            await ground.kill(program.name)


def _begin(ground: Ground, clock: Path) -> None:
    clock.write_text("0", encoding="ascii")
    for service in TOPICS:
        with ground.database(service) as database:
            database.execute(_OWN_CLOCK.format(role=service))


def _have_it_follow(ground: Ground, program: Program, clock: Path) -> None:
    file = launch_file(ground.run, program)
    launched = json.loads(file.read_text(encoding="utf-8"))
    launched["environment"] |= {"PYTHONPATH": str(_DOOR), "CHAOS_CLOCK": str(clock)}
    write_private(file, json.dumps(launched, indent=2))


def _turn(ground: Ground, clock: Path, seconds: int) -> None:
    new = clock.with_suffix(".new")
    new.write_text(str(seconds), encoding="ascii")
    new.replace(clock)
    for service in TOPICS:
        with ground.database(service) as database:
            database.execute("update chaos.clock set seconds = %s", (seconds,))


CLOCK = (
    Fault(
        "clock back",
        f"the wall clock four minutes back for {_BACK_SECONDS:.0f} s, then right again",
        "recorded times stand still instead of running back; tokens that seem to come from the"
        " future are refused and asked for again",
        _set_back,
        needs=("postgres",),
    ),
    Fault(
        "clock ahead",
        f"the wall clock 400 days ahead for {_BACK_SECONDS:.0f} s, then right again",
        "nothing is recorded until it is right again: no event bears a time that never was",
        _set_ahead,
        needs=("postgres",),
    ),
)

"""What the records of grid say of their commands is what these answer."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.grid.api.record_probes import (
    REPORT_PROBES,
    WARNING_PROBES,
    WATCH_PROBES,
    signal_probes,
)
from services.grid.api.register_probes import (
    GRID_PROBES,
    PATROL_PROBES,
    VILLAGE_PROBES,
    WORKER_PROBES,
)
from services.grid.domain.grid import Grid
from services.grid.domain.grid_worker import GridWorker
from services.grid.domain.named_ids import grid_id, village_id
from services.grid.domain.patrol import Patrol
from services.grid.domain.report import Report
from services.grid.domain.signal import Signal
from services.grid.domain.village import Village
from services.grid.server import ROUTERS
from shared.http import build_app
from shared.identity import Actor, Role
from shared.office.actions import Asking, Probes, command_routes
from shared.testing.tokens import TokenMaker
from tests.acting import Acting, require_well_formed
from tests.examples import THOROUGH
from tests.grid.doors import KEYS, TOWNSHIP, Doors, fresh_grid, open_doors
from tests.grid.test_patrols import line, sent
from tests.grid.test_reports import PERSON, WHOLE_WAY, WORDS, a_report, go
from tests.grid.test_signals import a_signal, tell
from tests.grid.warnings_told import AUDITOR, CLERK, ENTRY, LEADER, WATCH, a_matter, told
from tests.parts import FreshDatabase, PostgresForTests

APP = build_app(service="grid", routers=ROUTERS, verifier=TokenMaker().verifier(), keys=KEYS)
SIGNAL_PROBES = signal_probes(has_linked=False)
PROBES: Mapping[str, Probes[Any]] = {
    "/reports/{report_id}": REPORT_PROBES,
    "/warnings/{warning_id}": WARNING_PROBES,
    "/watches/{watch_id}": WATCH_PROBES,
    "/signals/{signal_id}": SIGNAL_PROBES,
    "/villages/{village_id}": VILLAGE_PROBES,
    "/grids/{grid_id}": GRID_PROBES,
    "/grid-workers/{worker_id}": WORKER_PROBES,
    "/patrols/{patrol_id}": PATROL_PROBES,
}
STATES: Mapping[str, object] = {
    "/signals/{signal_id}": Signal(),
    "/villages/{village_id}": Village(),
    "/grids/{grid_id}": Grid(),
    "/grid-workers/{worker_id}": GridWorker(),
    "/patrols/{patrol_id}": Patrol(),
}
ROUTES = [
    pytest.param(route, probes, STATES.get(address, Report()), id=f"{address} {route.name}")
    for address, probes in PROBES.items()
    for route in command_routes(APP.routes, address)
]
ACTOR = Actor(sub="s", role=Role.CLERK, scope=TOWNSHIP, unit="desk", post="post-1")


def asking(state: Any) -> Asking[Any]:
    return Asking(state=state, actor=ACTOR, division=TOWNSHIP, now=datetime.now(UTC))


@pytest.mark.parametrize("address", PROBES)
def test_every_command_has_bodies_to_try(address: str) -> None:
    assert {each.name for each in command_routes(APP.routes, address)} == set(
        PROBES[address].tried
    )


@pytest.mark.parametrize(("route", "probes", "state"), ROUTES)
def test_every_body_is_well_formed(route: Any, probes: Probes[Any], state: object) -> None:
    require_well_formed(route, probes, asking(state))


CALLERS: Mapping[str, dict[str, Any]] = {
    "the desk": {"role": Role.CLERK},
    "a leader": {"role": Role.TOWNSHIP_LEADER},
    "its unit": {"role": Role.HANDLER, "claims": {"unit": "a-unit-not-registered"}},
    "another unit": {"role": Role.HANDLER, "claims": {"unit": "water-station"}},
    "an auditor": {"role": Role.AUDITOR},
}
USUAL = ("validate", "dispatch", "handle", "verify", "close", "rate")
steps = st.lists(
    st.tuples(
        st.sampled_from([*USUAL * 3, *sorted(REPORT_PROBES.tried)]),
        st.sampled_from(["the desk", "the desk", "its unit", *CALLERS]),
    ),
    min_size=4,
    max_size=14,
)


@pytest.fixture(scope="module")
def database(postgres: PostgresForTests) -> FreshDatabase:
    return fresh_grid(postgres)


@pytest.mark.parts
@pytest.mark.timeout(300)
@settings(
    max_examples=80 if THOROUGH else 20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=steps)
def test_open_is_what_a_reports_command_is_answered(
    database: FreshDatabase, steps: list[tuple[str, str]]
) -> None:
    async def live() -> None:
        async with open_doors(database) as doors:
            report_id = await a_report(doors)
            for command, caller in steps:
                record = await doors.office.reports.read(TOWNSHIP, report_id)
                acting = Acting(
                    doors, f"/reports/{report_id}", REPORT_PROBES, asking(record.state)
                )
                await acting.is_as_shown(command, CALLERS[caller])

    asyncio.run(live())


@pytest.mark.parts
@pytest.mark.parametrize(
    "who", [CLERK, LEADER, AUDITOR], ids=["a clerk", "a leader", "an auditor"]
)
async def test_open_is_what_a_warnings_command_is_answered(doors: Doors, who: Any) -> None:
    raised = await told(doors, await a_matter(doors))
    warning_id = raised["warning_id"]
    for command in ("find-false", "change-level", "acknowledge", "dispose", "find-false") * 2:
        record = await doors.office.warnings.read(TOWNSHIP, warning_id)
        acting = Acting(doors, f"/warnings/{warning_id}", WARNING_PROBES, asking(record.state))
        if command == "find-false" and record.version < 3:
            continue
        await acting.is_as_shown(command, who)


@pytest.mark.parts
async def test_open_is_what_a_watchs_command_is_answered(doors: Doors) -> None:
    entry = await doors.done(WATCH, ENTRY | {"matter_id": await a_matter(doors)}, 201, **CLERK)
    watch_id = entry["watch_id"]
    for who in (AUDITOR, CLERK, LEADER):
        for command in ("review", "end", "review", "find-unjustified"):
            record = await doors.office.watches.read(TOWNSHIP, watch_id)
            acting = Acting(doors, f"/watches/{watch_id}", WATCH_PROBES, asking(record.state))
            await acting.is_as_shown(command, who)


@pytest.mark.parts
async def test_a_reports_history_is_told_in_sentences(doors: Doors) -> None:
    report_id = await a_report(doors)
    await go(doors, report_id, *WHOLE_WAY)
    answer = await doors.get(f"/reports/{report_id}/history")
    sentences = answer.json()["sentences"]
    assert len(sentences) == 6
    assert sentences[2]["zh"].count("labour-office") == 1
    for word in (WORDS, PERSON["name"], "当天补发"):
        assert word not in answer.text


SIGNALS = f"/townships/{TOWNSHIP}/signals"
A_WORD = {"words": "两家争一条田埂。", "category": "land", "source": "elders-group"}
SIGNAL_CALLERS: Mapping[str, dict[str, Any]] = {
    **CALLERS,
    "the order's unit": {"role": Role.HANDLER, "claims": {"unit": "labour-office"}},
}
signal_steps = st.lists(
    st.tuples(
        st.sampled_from([*sorted(SIGNAL_PROBES.tried), "link", "unlink"]),
        st.sampled_from(["the desk", "the desk", "the order's unit", *SIGNAL_CALLERS]),
    ),
    min_size=3,
    max_size=10,
)


@pytest.mark.parts
@pytest.mark.timeout(300)
@settings(
    max_examples=80 if THOROUGH else 20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    steps=signal_steps, has_order=st.booleans(), is_linked=st.sampled_from([None, "from", "to"])
)
def test_open_is_what_a_signals_command_is_answered(
    database: FreshDatabase,
    steps: list[tuple[str, str]],
    has_order: bool,
    is_linked: str | None,
) -> None:
    async def live() -> None:
        async with open_doors(database) as doors:
            signal_id, other = await a_signal(doors), await a_signal(doors)
            if not has_order:
                signal_id = (await doors.done(SIGNALS, A_WORD, 201))["signal_id"]
            if is_linked is not None:
                ends = (signal_id, other) if is_linked == "from" else (other, signal_id)
                await tell(doors, ends[0], "link", {"to_signal_id": ends[1], "why": "duplicate"})
            for command, caller in steps:
                record = await doors.office.signals.read(TOWNSHIP, signal_id)
                acting = Acting(
                    doors, f"/signals/{signal_id}", SIGNAL_PROBES, asking(record.state)
                )
                await acting.is_as_shown(command, SIGNAL_CALLERS[caller])

    asyncio.run(live())


async def a_patrol(doors: Doors, grid: str, worker_id: str) -> str:
    told = await sent(doors, line(grid, worker_id=worker_id), role=Role.CLERK)
    return str(told["results"][0]["patrol_id"])


register_steps = st.lists(
    st.tuples(
        st.sampled_from(["villages", "grids", "grid-workers", "patrols"]),
        st.integers(0, 6),
        st.sampled_from(["the desk", "the desk", *CALLERS]),
    ),
    min_size=4,
    max_size=14,
)


@pytest.mark.parts
@pytest.mark.timeout(300)
@settings(
    max_examples=80 if THOROUGH else 20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=register_steps)
def test_open_is_what_a_command_to_the_register_is_answered(
    database: FreshDatabase, steps: list[tuple[str, int, str]]
) -> None:
    async def live() -> None:
        async with open_doors(database) as doors:
            village, worker = await doors.village(), await doors.worker()
            grid = await doors.grid(village)
            await doors.assign(grid, worker)
            office = doors.office
            records: Mapping[str, tuple[str, Probes[Any], Any]] = {
                "villages": (village_id(village), VILLAGE_PROBES, office.villages),
                "grids": (grid_id(grid), GRID_PROBES, office.grids),
                "grid-workers": (worker, WORKER_PROBES, office.workers),
                "patrols": (await a_patrol(doors, grid, worker), PATROL_PROBES, office.patrols),
            }
            for kind, number, caller in steps:
                stream_id, probes, handling = records[kind]
                commands = sorted(probes.tried)
                record = await handling.read(TOWNSHIP, stream_id)
                acting = Acting(doors, f"/{kind}/{stream_id}", probes, asking(record.state))
                await acting.is_as_shown(commands[number % len(commands)], CALLERS[caller])

    asyncio.run(live())

"""What reports, warnings and watches say of their commands is what these answer."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.grid.api.record_probes import REPORT_PROBES, WARNING_PROBES, WATCH_PROBES
from services.grid.domain.report import Report
from services.grid.server import ROUTERS
from shared.http import build_app
from shared.identity import Actor, Role
from shared.office.actions import Asking, Probes, command_routes
from shared.testing.tokens import TokenMaker
from tests.acting import Acting, require_well_formed
from tests.examples import THOROUGH
from tests.grid.doors import KEYS, TOWNSHIP, Doors, fresh_grid, open_doors
from tests.grid.test_reports import PERSON, WHOLE_WAY, WORDS, a_report, go
from tests.grid.warnings_told import AUDITOR, CLERK, ENTRY, LEADER, WATCH, a_matter, told
from tests.parts import FreshDatabase, PostgresForTests

APP = build_app(service="grid", routers=ROUTERS, verifier=TokenMaker().verifier(), keys=KEYS)
PROBES: Mapping[str, Probes[Any]] = {
    "/reports/{report_id}": REPORT_PROBES,
    "/warnings/{warning_id}": WARNING_PROBES,
    "/watches/{watch_id}": WATCH_PROBES,
}
ROUTES = [
    pytest.param(route, probes, id=f"{address} {route.name}")
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


@pytest.mark.parametrize(("route", "probes"), ROUTES)
def test_every_body_is_well_formed(route: Any, probes: Probes[Any]) -> None:
    require_well_formed(route, probes, asking(Report()))


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

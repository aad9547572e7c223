"""kill -9 at each step between the two services: nothing is lost, and nothing comes twice.

CROSS_SEED chooses other moments and other processes.
"""

import asyncio
import os
import time
from collections.abc import Sequence
from random import Random
from typing import Any

import httpx
import psutil
import pytest

from shared.divisions import new_id
from shared.identity import Role
from shared.testing.waiters import eventually
from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.flow.mediating import UNDONE, Mediating, instalment, to_the_signing
from tests.mediation.doors import Step

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(400)]

SEED = int(os.environ.get("CROSS_SEED", "1"))
PROCESSES = ("intake.server", "intake.worker", "mediation.server", "mediation.worker")
CONVERTING = ("grid.server", "grid.worker", "intake.worker", "mediation.worker")
CASES, KILLED, PATIENCE = 4, 2, 60.0


def kill(whole: System, names: Sequence[str]) -> None:
    """As the kernel does it: nobody is asked."""
    for process in whole.processes():
        try:
            said = " ".join(process.cmdline())
            if any(f"services.{name}" in said for name in names):
                process.kill()
        except psutil.NoSuchProcess:
            continue


async def killing(whole: System, random: Random, among: Sequence[str]) -> None:
    """Two of the processes, at a moment of the seed's choice, one shortly after the other."""
    for name in random.sample(among, KILLED):
        await asyncio.sleep(random.uniform(0, 0.4))
        await asyncio.to_thread(kill, whole, [name])


def insist(here: Mediating, service: str, role: Role, path: str, body: dict[str, Any]) -> None:
    """The same wish under the same key until it is answered, as a client does."""
    key = new_id(here.township)
    headers = here.doors.bearer(role, here.township) | {"Idempotency-Key": key}
    address = f"{here.doors.run.url(service)}{path}"
    until = time.monotonic() + PATIENCE
    while True:
        try:
            answer = here.doors.client.post(address, json=body, headers=headers)
        except httpx.TransportError:
            answer = None
        if answer is not None and answer.status_code < 500:
            assert answer.status_code in {200, 201}, answer.text
            return
        assert time.monotonic() < until, f"{path} is not answered"
        time.sleep(0.2)


async def amid_kills(
    whole: System,
    random: Random,
    *wishes: tuple[Any, ...],
    among: Sequence[str] = PROCESSES,
) -> None:
    """All the wishes, while processes are killed under them."""
    asked = [asyncio.to_thread(insist, *wish) for wish in wishes]
    await asyncio.gather(killing(whole, random, among), *asked)


async def until_all(here: Mediating, cases: Sequence[str], last: str) -> None:
    def reached() -> bool:
        try:
            return all(here.events(case)[-1] == last for case in cases)
        except httpx.TransportError:
            return False

    await eventually(reached, within=PATIENCE, every=0.3)


def disputes(here: Mediating, cases: Sequence[str]) -> dict[str, str]:
    """The dispute of each case, once all are there; nothing before that."""
    try:
        found = {case: here.of_case(case) for case in cases}
    except (httpx.TransportError, KeyError):
        return {}
    return {case: ids[0] for case, ids in found.items() if ids} if all(found.values()) else {}


def happened_once(here: Mediating, case: str, dispute: str) -> None:
    """The case has learned of everything once, in its order, and so has its one dispute."""
    assert here.events(case) == [
        "case-filed",
        *("case-routed", "case-accepted"),
        "case-referred-to-mediation",
        "mediation-outcome-noted",
        "mediation-outcome-noted",
        "case-resolved",
        "mediation-outcome-noted",
        "case-reopened",
    ]
    heard = [each["data"].get("outcome") for each in here.history("intake", f"/cases/{case}")]
    assert [each for each in heard if each] == ["succeeded", "performed", "breached"]
    assert here.of_case(case) == [dispute]
    facts = here.history("mediation", f"/mediations/{dispute}")
    kinds = [each["event"] for each in facts]
    once = ("mediation-applied", "mediation-succeeded", "agreement-performed")
    assert [kinds.count(kind) for kind in once] == [1, 1, 1]
    assert kinds.count("agreement-breached") == 1


async def test_what_is_killed_between_two_services_loses_and_doubles_nothing(
    whole: System, doors: Doors
) -> None:
    here, random = Mediating(doors, "519900161"), Random(SEED)
    committee = here.set_up()
    cases = [here.file() for _ in range(CASES)]

    def on_cases(verb: str, body: dict[str, Any]) -> list[tuple[Any, ...]]:
        return [(here, "intake", Role.CLERK, f"/cases/{case}/{verb}", body) for case in cases]

    refer = {"committee_id": committee.committee_id}
    await amid_kills(whole, random, *on_cases("refer-to-mediation", refer))
    of = await eventually(lambda: disputes(here, cases), within=PATIENCE, every=0.3)

    def on_disputes(step: Step) -> list[tuple[Any, ...]]:
        path = "/mediations/{}/" + step[0]
        return [
            (here, "mediation", Role.MEDIATOR, path.format(each), step[1]) for each in of.values()
        ]

    for step in (*to_the_signing(committee), instalment(1)):
        for wish in on_disputes(step):
            insist(*wish)
    await amid_kills(whole, random, *on_disputes(instalment(2)))
    await until_all(here, cases, "case-resolved")
    await amid_kills(whole, random, *on_disputes(UNDONE))
    await until_all(here, cases, "case-reopened")

    for case in cases:
        happened_once(here, case, of[case])


def a_valid_report(here: Mediating, grid: str) -> str:
    path = f"/townships/{here.township}/reports"
    body = {"grid_code": grid, "topic": "unpaid-wages", "words": "欠薪。"}
    report_id = str(here.done("grid", Role.CLERK, path, body)["report_id"])
    here.done("grid", Role.CLERK, f"/reports/{report_id}/validate", {})
    return report_id


def a_grid(here: Mediating) -> str:
    path, village = f"/townships/{here.township}", f"{here.township}201"
    since = {"name": "青云", "valid_from": "2025-01-01"}
    leader = Role.TOWNSHIP_LEADER
    here.done("grid", leader, f"{path}/villages", {"village_code": village, **since})
    grid = {"grid_code": f"{village}001", "kind": "basic", **since}
    return str(here.done("grid", leader, f"{path}/grids", grid)["grid_code"])


def noted(here: Mediating, report_id: str) -> list[str]:
    try:
        facts = [each["data"] for each in here.history("grid", f"/reports/{report_id}")]
    except httpx.TransportError:
        return []
    return [fact["outcome"] for fact in facts if "outcome" in fact]


def of_report(here: Mediating, service: str, path: str) -> list[str]:
    """The kinds of event of what a report was converted to."""
    return [each["event"] for each in here.history(service, path)]


async def test_a_conversion_is_taken_up_once_whatever_is_killed_meanwhile(
    whole: System, doors: Doors
) -> None:
    here, random = Mediating(doors, "519900188"), Random(SEED)
    committee, grid = here.set_up(), a_grid(here)
    reports = [a_valid_report(here, grid) for _ in range(CASES)]
    to_case: dict[str, Any] = {"to": "case"}
    to_mediation = {"to": "mediation", "committee_id": committee.committee_id}
    bodies = dict(zip(reports, [to_case, to_mediation] * (CASES // 2), strict=True))
    wishes = [
        (here, "grid", Role.CLERK, f"/reports/{report}/convert", body)
        for report, body in bodies.items()
    ]
    await amid_kills(whole, random, *wishes, among=CONVERTING)
    await eventually(
        lambda: all(noted(here, each) == ["taken-up"] for each in reports),
        within=PATIENCE,
        every=0.3,
    )
    shown = {each: here.doors.get("grid", f"/reports/{each}", here.township) for each in reports}
    for report, body in bodies.items():
        record = shown[report].json()["record_id"]
        if body is to_case:
            assert of_report(here, "intake", f"/cases/{record}") == ["case-filed"]
        else:
            assert of_report(here, "mediation", f"/mediations/{record}") == ["mediation-applied"]
    for service, path in (("intake", "/cases"), ("mediation", "/mediations")):
        lines = here.doors.get(service, path, here.township).json()["items"]
        assert len(lines) == CASES // 2

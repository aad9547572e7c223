"""kill -9 while matters go from ledger to ledger: one unit holds each, and nothing comes twice.

Random histories of forwarding, taking, objecting, deciding and assigning over the real Kafka.
PASSED_SEED chooses other histories, other moments and other processes.
"""

import asyncio
import os
import time
from functools import partial
from random import Random
from typing import Any

import httpx
import pytest

from shared.divisions import division_of, new_id
from shared.testing.waiters import eventually
from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.flow.passing import COUNTY, PATIENCE, Matter, to
from tests.flow.test_killed_between import kill

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(400)]

SEED = int(os.environ.get("PASSED_SEED", "1"))
TOWNSHIPS = ("519900166", "519900167", "519900168")
MATTERS, ROUNDS = 4, 10
PROCESSES = ("intake.server", "intake.worker")


def insist(matter: Matter, case_id: str, verb: str, body: dict[str, Any]) -> None:
    """One command under one key, until it is answered or refused."""
    key, until = new_id(division_of(case_id)), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            answer = matter.ask(case_id, verb, body, key=key)
        except httpx.TransportError:
            answer = None
        if answer is not None and answer.status_code < 500:
            assert answer.status_code in {200, 404, 409, 422}, answer.text
            return
        time.sleep(0.2)
    raise AssertionError(f"{verb} is not answered")


def an_act(random: Random, case_id: str, *, last: bool) -> tuple[str, dict[str, Any]]:
    """Only the last ones may accept a matter, which then stays where it is."""
    others = [each for each in (*TOWNSHIPS, COUNTY) if each != division_of(case_id)]
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        *(("forward", to(random.choice(others))),) * 3,
        ("forward", to(random.choice(others), "water-bureau")),
        ("assign", to(random.choice(TOWNSHIPS))),
        *(("take", {}),) * 2,
        *(("object", {"reason_code": "another-area"}),) * 3,
        *(("decide-objection", {"upheld": True}),) * 3,
        ("decide-objection", {"upheld": False}),
        *((("accept", {"responsible_unit": "water-bureau"}),) if last else ()),
    )
    return random.choice(acts)


def cases_of(matter: Matter) -> dict[str, dict[str, Any]]:
    """Every case of the matter that its home knows of, as its own ledger shows it."""
    shown = matter.shown()
    known = {matter.home: shown}
    for hop in shown["hops"]:
        answer = matter.doors.get(
            "intake", f"/cases/{hop['case_id']}", division_of(hop["case_id"])
        )
        if answer.status_code == 200:
            known[hop["case_id"]] = answer.json()
    return known


def holding(known: dict[str, dict[str, Any]]) -> list[str]:
    return [
        case_id
        for case_id, each in known.items()
        if each["holder"] and each["holder"]["case_id"] == case_id
    ]


def settled(matter: Matter) -> bool:
    """Whether all follow-ups have come: the one that holds it is the one that home names."""
    try:
        known = cases_of(matter)
    except httpx.HTTPError:
        return False
    holder = known[matter.home]["holder"]
    return not holder["on_its_way"] and holding(known) == [holder["case_id"]]


async def a_round(whole: System, random: Random, matters: list[Matter], *, last: bool) -> None:
    """An act on each matter, at the case that holds it or at any other, while one is killed."""
    acts = []
    for matter in matters:
        known = sorted(await asyncio.to_thread(cases_of, matter))
        current = (await asyncio.to_thread(matter.shown))["holder"]["case_id"]
        case_id = current if random.random() < 0.6 else random.choice(known)
        acts.append(
            asyncio.to_thread(insist, matter, case_id, *an_act(random, case_id, last=last))
        )
    killed = random.choice(PROCESSES) if random.random() < 0.4 else None
    await asyncio.gather(_killing(whole, random, killed), *acts)
    await eventually(lambda: _answers(matters[0]), within=PATIENCE, every=0.2)


async def _killing(whole: System, random: Random, name: str | None) -> None:
    if name is not None:
        await asyncio.sleep(random.uniform(0, 0.3))
        await asyncio.to_thread(kill, whole, [name])


def _answers(matter: Matter) -> bool:
    try:
        matter.shown()
    except httpx.HTTPError:
        return False
    return True


async def test_one_unit_holds_each_matter_whatever_is_killed(whole: System, doors: Doors) -> None:
    random = Random(SEED)
    matters = [Matter.filed(doors, random.choice((*TOWNSHIPS, COUNTY))) for _ in range(MATTERS)]
    for number in range(ROUNDS):
        await a_round(whole, random, matters, last=number > ROUNDS - 4)
    for matter in matters:
        await eventually(partial(settled, matter), within=PATIENCE, every=0.3)
    moved = 0
    for matter in matters:
        known = cases_of(matter)
        moved += len(known) - 1
        assert {each["matter_id"] for each in known.values()} == {known[matter.home]["matter_id"]}
        for case_id, each in known.items():
            events = [item["event"] for item in each["history"]]
            assert events.count("case-filed") == 1, case_id
            followed = [
                (item["event"], item["causation_id"])
                for item in each["history"]
                if item["causation_id"]
            ]
            assert len(followed) == len(set(followed)), case_id
    assert moved, "no matter has left its ledger: choose another seed"

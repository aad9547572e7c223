"""One seed: load and faults together, then quiet, then a look at everything."""

import asyncio
import time
from dataclasses import dataclass
from random import Random

import psycopg
from aiokafka.errors import KafkaError

from deploy.local.programs import programs
from deploy.local.refusals import NotRunning
from shared.testing.waiters import eventually
from tests.chaos.checker import check
from tests.chaos.ground import Ground
from tests.chaos.journal import Journal
from tests.chaos.load import Clients
from tests.chaos.observed import Fate, Finding
from tests.chaos.observing import followed, observe, repeats
from tests.chaos.plan import Plan, Strike
from tests.chaos.progress import who_is_behind
from tests.chaos.three_ways import three_ways

_NEEDED_SECONDS = 60.0


@dataclass(frozen=True)
class Verdict:
    """What became of a seed."""

    seed: int
    faults: list[str]
    acknowledged: int
    refused: int
    events: int
    followed: int
    repeated: int
    caught_up_seconds: float
    findings: list[str]
    memory: dict[str, int]

    @property
    def holds(self) -> bool:
        return not self.findings


async def play(ground: Ground, plan: Plan, journal: Journal) -> Verdict:
    """Hurt, wait, look, judge. The ledgers and the journal go on from seed to seed."""
    before = len(journal.commands)
    healed = await _hurt(ground, plan, journal)
    ours = {command.ledger.division for command in journal.commands}
    seen = await observe(ground, journal.commands, ours, plan.townships)
    findings = [*healed.findings, *check(seen)]
    if plan.three_ways:
        findings += await asyncio.to_thread(three_ways, ground)
    commands = journal.commands[before:]
    return Verdict(
        seed=plan.seed,
        faults=plan.names,
        acknowledged=sum(command.fate is Fate.ACKNOWLEDGED for command in commands),
        refused=sum(command.fate is Fate.REFUSED for command in commands),
        events=sum(map(len, seen.ledgers.values())),
        followed=followed(seen),
        repeated=repeats(seen),
        caught_up_seconds=healed.seconds,
        findings=[str(finding) for finding in findings],
        memory=ground.memory(),
    )


@dataclass(frozen=True)
class _Healed:
    seconds: float
    findings: list[Finding]


async def _hurt(ground: Ground, plan: Plan, journal: Journal) -> _Healed:
    findings: list[Finding] = []
    stop, give_up = asyncio.Event(), asyncio.Event()
    clients = Clients(ground, journal, plan.townships, plan.seed)
    load = asyncio.create_task(clients.work(stop, give_up))
    try:
        await asyncio.sleep(plan.first_load)
        for strike in plan.strikes:
            findings += await _strike(ground, strike, plan)
        await asyncio.sleep(plan.last_load)
    finally:
        stop.set()
        began = time.monotonic()
        _, unfinished = await asyncio.wait([load], timeout=plan.answered_within)
        give_up.set()
        await load
    if unfinished:
        findings.append(Finding("healing", "clients", "had no answer in time"))
    return await _quiet(ground, plan, began, findings)


async def _strike(ground: Ground, strike: Strike, plan: Plan) -> list[Finding]:
    """What keeps a fault from being inflicted is a finding too: the system was not back for it."""
    await asyncio.sleep(strike.after)
    needed = [program for program in programs(ground.run) if program.name in strike.fault.needs]
    chance = Random(f"{plan.seed}/{strike.fault.name}")
    try:
        await eventually(
            lambda: all(ground.serves(program) for program in needed),
            within=_NEEDED_SECONDS,
        )
        await strike.fault.inflict(ground, chance, plan.townships)
    except (AssertionError, psycopg.Error, KafkaError, OSError) as fault:
        return [Finding("fault", strike.fault.name, f"{type(fault).__name__}: {fault}")]
    return []


async def _quiet(ground: Ground, plan: Plan, began: float, findings: list[Finding]) -> _Healed:
    try:
        await eventually(lambda: _has_caught_up(ground), within=plan.quiet_within, every=0.25)
    except AssertionError as late:
        findings.append(Finding("healing", "the system", str(late)))
    return _Healed(time.monotonic() - began, findings)


def _has_caught_up(ground: Ground) -> bool:
    try:
        behind = who_is_behind(ground)
        ready = ground.is_ready()
    except (psycopg.Error, NotRunning) as away:
        raise AssertionError(str(away)) from away
    if behind:
        raise AssertionError("; ".join(map(str, behind)))
    if not ready:
        raise AssertionError("not every process can serve")
    return True

"""An import killed at ten random moments, and then left to end: no row twice, none missing."""

import asyncio
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from demo import generate
from tests.chaos import checker
from tests.chaos.ground import Ground
from tests.chaos.observed import Finding, Ledger, Observation
from tests.chaos.observing import observe
from tests.chaos.three_ways import three_ways

ROWS = 8000
KILLS = 10
_TOWNSHIP = "519900102"
_MAPPING = Path(generate.__file__).parent / "register.toml"


@dataclass(frozen=True)
class Imported:
    """What became of it."""

    killed: int
    events: int
    seconds: float
    findings: list[Finding]

    def __str__(self) -> str:
        said = "holds" if not self.findings else f"{len(self.findings)} findings"
        return (
            f"{ROWS:,} rows, the import killed {self.killed} times: {self.events:,} events, "
            f"{self.seconds:.0f} s in all; every row once, the three ways agree: {said}"
        )


def play(hurt: Ground, seed: int) -> Imported:
    """Kill it, kill it again, let it end; a further import has nothing left to file."""
    register = hurt.run.path.parent / "register.csv"
    _write(register)
    words = ("import", str(register), "--mapping", str(_MAPPING))
    began, chance = time.monotonic(), Random(seed)
    killed = sum(_killed(hurt, words, chance.uniform(1.5, 4)) for _ in range(KILLS))
    hurt.concord(*words)
    again = hurt.concord(*words)
    seen = asyncio.run(observe(hurt, [], [_TOWNSHIP], [_TOWNSHIP]))
    return Imported(
        killed,
        len(seen.ledgers[Ledger("intake", _TOWNSHIP)]),
        time.monotonic() - began,
        [*_judged(seen, again), *three_ways(hurt)],
    )


def _write(register: Path) -> None:
    generate.ROWS = ROWS
    generate.write(register)


def _killed(hurt: Ground, words: tuple[str, ...], after: float) -> bool:
    """Whether it was still at work when it was killed."""
    with subprocess.Popen(
        [*hurt.system._command, *words],
        env=hurt.system._environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as importing:
        try:
            importing.wait(after)
        except subprocess.TimeoutExpired:
            importing.kill()
            return True
        return False


def _judged(seen: Observation, again: str) -> list[Finding]:
    found = [finding for rule in checker.OF_WHAT_STANDS for finding in rule(seen)]
    filed = seen.figures[_TOWNSHIP, "cases_filed"]
    if filed != ROWS:
        found.append(Finding("import", _TOWNSHIP, f"{filed} cases of {ROWS} rows"))
    if not re.search(r"^ *filed +0$", again, re.MULTILINE):
        found.append(Finding("import", _TOWNSHIP, f"filed something again: {again}"))
    return found

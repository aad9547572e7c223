"""What a seed stands for: its townships, its faults and their moments."""

from dataclasses import dataclass
from random import Random

from tests.chaos.faults import FAULTS, Fault
from tests.chaos.ground import COUNTY

_TOWNSHIPS = [f"{COUNTY}1{number:02}" for number in range(1, 61)]
_FIRST_LOAD, _LAST_LOAD = 3.0, 5.0
_SMALL_DISK_EVERY = 5


@dataclass(frozen=True)
class Strike:
    """A fault, and how long after the one before."""

    fault: Fault
    after: float


@dataclass(frozen=True)
class Plan:
    """All of it follows from the seed (and from a choice of faults, where one was made)."""

    seed: int
    townships: list[str]
    strikes: list[Strike]
    first_load: float = _FIRST_LOAD
    last_load: float = _LAST_LOAD
    answered_within: float = 90.0
    quiet_within: float = 180.0
    three_ways: bool = True

    @property
    def small_disk(self) -> bool:
        """Whether it can only be played where the disk can be made full."""
        return any(strike.fault.needs_small_disk for strike in self.strikes)

    @property
    def names(self) -> list[str]:
        return [strike.fault.name for strike in self.strikes]


def draw(seed: int, chosen: list[str] | None = None) -> Plan:
    """The plan of a seed; with `chosen` faults these and no others, in this order."""
    chance = Random(seed)
    townships = sorted(chance.sample(_TOWNSHIPS, 5))
    drawn = _draw_faults(chance, small_disk=seed % _SMALL_DISK_EVERY == 0)
    names = drawn if chosen is None else chosen
    strikes = [Strike(FAULTS[name], chance.uniform(0.5, 5)) for name in names]
    return Plan(seed, townships, strikes)


def _draw_faults(chance: Random, *, small_disk: bool) -> list[str]:
    usual = [fault.name for fault in FAULTS.values() if not fault.needs_small_disk]
    names = chance.sample(usual, chance.randint(3, 4))
    if small_disk:
        names.insert(chance.randrange(len(names)), "disk full")
    return names

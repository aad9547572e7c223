"""Counts and reports the steps of what is played through the API of a service."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from cli.positions import furthest, write_positions
from cli.problems import raise_for_problem
from cli.system import System
from demo.commanding.command_api import Answer
from shared.identity import Role


def end_of_ledger(system: System, service: str, division: str) -> int:
    """The last place of a township's ledger; 0 where there is none."""
    with system.client(service, Role.AUDITOR, division) as client:
        answer = client.get("/ledgers")
    raise_for_problem(answer)
    ends = {line["division"]: int(line["sequence"]) for line in answer.json()["items"]}
    return ends.get(division, 0)


@dataclass
class PlayReport:
    """Counts of the steps so far."""

    what: str
    """What is played, in the plural: `disputes`."""
    ledger: str
    known_until: int
    """The ledger's head before: an answer up to it belongs to an earlier run."""
    played: int = 0
    recorded: int = 0
    known: int = 0
    positions: dict[str, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    seconds: float = 1e-6

    def is_known(self, answer: Answer) -> bool:
        """Whether the answer belongs to an earlier run."""
        return answer.positions[self.ledger] <= self.known_until

    def add(self, answer: Answer, steps: int = 1) -> None:
        """Count the answer to a step, or to the last of several recorded steps."""
        self.positions = furthest(self.positions, answer.positions)
        if self.is_known(answer):
            self.known += steps
        else:
            self.recorded += steps

    def count(self, answer: Answer, *, recorded: int, known: int) -> None:
        """Count the answer to a batch, which says itself what was known."""
        self.positions = furthest(self.positions, answer.positions)
        self.recorded += recorded
        self.known += known

    def finish(self) -> None:
        """Stop the clock: every step is answered."""
        self.seconds = max(time.monotonic() - self.began, 1e-6)

    def summary(self) -> Iterator[str]:
        """The lines of the summary, in the form of an import's."""
        yield (
            f"{self.played:,} {self.what}, {self.recorded + self.known:,} steps "
            f"in {self.seconds:.1f} s ({self.recorded / self.seconds:,.0f} recorded/s)"
        )
        yield f"  {'recorded':9} {self.recorded:>9,}"
        yield f"  {'known':9} {self.known:>9,}"
        yield f"  position: {write_positions(self.positions)}"

"""Counts and reports the steps of the played mediations."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from cli.positions import furthest, write_positions
from demo.mediating.mediation_api import Answer


@dataclass
class PlayReport:
    """Counts of the steps so far."""

    ledger: str
    known_until: int
    """The ledger's head before: an answer up to it belongs to an earlier run."""
    disputes: int = 0
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

    def finish(self) -> None:
        """Stop the clock: every step is answered."""
        self.seconds = max(time.monotonic() - self.began, 1e-6)

    def summary(self) -> Iterator[str]:
        """The lines of the summary, in the form of an import's."""
        yield (
            f"{self.disputes:,} disputes, {self.recorded + self.known:,} steps "
            f"in {self.seconds:.1f} s ({self.recorded / self.seconds:,.0f} recorded/s)"
        )
        yield f"  {'recorded':9} {self.recorded:>9,}"
        yield f"  {'known':9} {self.known:>9,}"
        yield f"  position: {write_positions(self.positions)}"

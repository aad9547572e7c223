"""What became of the steps of a register of mediations, and how that is told."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from cli.positions import furthest, write_positions
from demo.mediating.door import Answer


@dataclass
class Walked:
    """How a register goes through the doors, step by step."""

    ledger: str
    known_until: int
    """How far the ledger went before: an answer that stands there is that of an earlier run."""
    disputes: int = 0
    recorded: int = 0
    known: int = 0
    positions: dict[str, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    seconds: float = 1e-6

    def is_known(self, answer: Answer) -> bool:
        """Whether an earlier run was answered so."""
        return answer.positions[self.ledger] <= self.known_until

    def told(self, answer: Answer, steps: int = 1) -> None:
        """The answer to a step, or to the last of several that are as old as that."""
        self.positions = furthest(self.positions, answer.positions)
        if self.is_known(answer):
            self.known += steps
        else:
            self.recorded += steps

    def finish(self) -> None:
        """Every step has had its answer."""
        self.seconds = max(time.monotonic() - self.began, 1e-6)

    def summary(self) -> Iterator[str]:
        """Line by line, as an import tells it."""
        yield (
            f"{self.disputes:,} disputes, {self.recorded + self.known:,} steps "
            f"in {self.seconds:.1f} s ({self.recorded / self.seconds:,.0f} recorded/s)"
        )
        yield f"  {'recorded':9} {self.recorded:>9,}"
        yield f"  {'known':9} {self.known:>9,}"
        yield f"  position: {write_positions(self.positions)}"

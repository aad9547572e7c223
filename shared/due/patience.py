"""How long a lease lasts, how often a row is tried, and how long its ledger waits in between."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """`most_tries` None never parks a row. A killed holder's rows wait for the end of its lease."""

    lease: timedelta = timedelta(seconds=60)
    most_tries: int | None = 10
    first_pause: timedelta = timedelta(seconds=1)
    longest_pause: timedelta = timedelta(minutes=5)

    def pause_after(self, tries: int) -> timedelta:
        """Twice as long after each try."""
        pause = self.first_pause
        for _ in range(1, tries):
            pause = min(pause * 2, self.longest_pause)
        return pause

    def is_over(self, tries: int) -> bool:
        """Whether a row that failed so often is parked."""
        return self.most_tries is not None and tries >= self.most_tries


USUAL = Patience()

"""When a recorded event became known, in the history that is walked."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryClock:
    """The moment at which an event is read; the live rules know the moment of recording alone.

    An older record that was recorded long afterwards raises nothing live. A back-test reads it when
    it happened, as if it had been recorded then, and marks what it raises by it.
    """

    late: timedelta
    sees_late: bool = True

    def is_late(self, at: datetime, recorded_at: datetime) -> bool:
        """Whether what happened then was recorded so late that it raises nothing live."""
        return recorded_at - at > self.late

    def known_at(self, occurred_at: datetime, recorded_at: datetime) -> datetime:
        """When the event is read."""
        is_moved = self.sees_late and self.is_late(occurred_at, recorded_at)
        return occurred_at if is_moved else recorded_at

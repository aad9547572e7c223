"""Clocks of hours: they run from the moment itself, and rest days do not move them [CC201]."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from shared.clocks.pause import Pause, moment_spans


def end_of_hours(start: datetime, length: int, pauses: Sequence[Pause]) -> datetime:
    """The moment `length` hours after the start, without paused time; in UTC."""
    end = start.astimezone(UTC) + timedelta(hours=length)
    for begins, ends in moment_spans(pauses):
        if begins >= end or not length:
            break
        end += max(ends - max(begins, start), timedelta())
    return end

"""Where to look for the cases that spans may count: wide enough to miss none, no exact answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.stats.domain.anchors import Trace
from services.stats.domain.counters import COUNTERS
from services.stats.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Window:
    """Steps of these kinds whose day lies between the two, both included."""

    kinds: tuple[str, ...]
    start: date
    end: date


def window_of(spans: Collection[Span], by: Literal["day", "due_day"]) -> Window | None:
    """One window over all spans of a division that are found by this day; None if none is."""
    traced = [(span, COUNTERS[span.term.counter].anchor.value) for span in spans]
    found = [(span, trace) for span, trace in traced if trace.by == by]
    if not found:
        return None
    return Window(
        kinds=tuple(sorted({kind for _, trace in found for kind in trace.kinds})),
        start=min(_earlier(span.start, trace) for span, trace in found),
        end=max(_earlier(span.end, trace) for span, trace in found),
    )


def _earlier(day: date, trace: Trace) -> date:
    return day - min(trace.later, day - date.min)

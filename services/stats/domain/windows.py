"""Where to look for the cases that spans may count: wide enough to miss none, no exact answer."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from services.stats.domain.spans import Span
from services.stats.domain.subjects import COUNTERS
from services.stats.domain.time_basis import TimeBasis


@dataclass(frozen=True, slots=True)
class Window:
    """Steps of these kinds whose day lies between the two, both included."""

    kinds: tuple[str, ...]
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Windows:
    """A case that counts has a step in one of them; a window that is None holds no step."""

    by_day: Window | None
    by_due_day: Window | None
    by_recording: Sequence[Window] = ()


def windows_of(spans: Collection[Span], by: TimeBasis) -> Windows:
    """The windows over all spans of a division."""
    if by is TimeBasis.OCCURRED:
        return Windows(_window_of(spans, "day"), _window_of(spans, "due_day"))
    # a term counts on its last day, unless what began it was recorded later
    terms = [span for span in spans if COUNTERS[span.term.counter].anchor.is_due_day]
    return Windows(
        _window_of(terms, "day"), _window_of(terms, "due_day"), _recording_windows_of(spans)
    )


def _recording_windows_of(spans: Collection[Span]) -> list[Window]:
    """One for each stretch of days: a year before is far away, and between lies what is not asked."""
    kinds: dict[tuple[date, date], set[str]] = defaultdict(set)
    for span in spans:
        for trace in COUNTERS[span.term.counter].anchor.traces:
            kinds[span.start, span.end].update(trace.kinds)
    return [Window(tuple(sorted(kinds[days])), *days) for days in sorted(kinds)]


def _window_of(spans: Collection[Span], by: Literal["day", "due_day"]) -> Window | None:
    """One window over all spans that are found by this day; None if none is."""
    found = [
        (span, trace)
        for span in spans
        for trace in COUNTERS[span.term.counter].anchor.traces
        if trace.by == by
    ]
    if not found:
        return None
    return Window(
        kinds=tuple(sorted({kind for _, trace in found for kind in trace.kinds})),
        start=min(_earlier(span.start, trace.later + trace.at_most) for span, trace in found),
        end=max(_earlier(span.end, trace.later) for span, trace in found),
    )


def _earlier(day: date, by: timedelta) -> date:
    return day - min(by, day - date.min)

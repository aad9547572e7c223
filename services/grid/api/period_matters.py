"""The matters that a weekly report or an assessment tells of, as far as whoever asks may know of them."""

from collections.abc import Collection, Iterable, Sequence

from shared.cloudevents import RecordedEvent
from shared.contracts.weekly_reports import AssessmentHeld, WeeklyReportFiled
from shared.ledger.read import StreamEvent


def without(matters: Iterable[str], hidden: Collection[str]) -> list[str]:
    """The matters but for those in which the own unit is complained of."""
    return [each for each in matters if each not in hidden]


def naming(history: Sequence[StreamEvent], hidden: Collection[str]) -> list[str]:
    """The ids of the events that name one of the hidden matters."""
    return [each.event_id for each in history if any(name in each.data for name in hidden)]


def matters_named(event: RecordedEvent) -> frozenset[str]:
    """The matters that an event of a weekly report or an assessment tells of; of others none."""
    if event.kind not in {WeeklyReportFiled.kind, AssessmentHeld.kind}:
        return frozenset()
    return frozenset(event.load()["matters"])

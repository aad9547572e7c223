"""Facts: what an event says to a rule about a subject; a rule decides on the set of them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from shared.cloudevents import RecordedEvent
from shared.times import from_wire, to_wire


class Says(StrEnum):
    """What a fact says; of each, the newest are kept by themselves."""

    RAISED = "raised"
    COMPLAINED = "complained"
    """Of which unit a record complains, whether it raises the matter or corrects what was raised."""
    ANSWERED = "answered"
    HELD = "held"
    """A unit has the matter from then on."""
    MATTER = "matter"
    TERM = "term"
    STEP = "step"
    CLOSED = "closed"
    REOPENED = "reopened"
    """What closed the case before counts no more."""
    RETURNED = "returned"
    PROMISED = "promised"
    PERFORMED = "performed"
    BREACHED = "breached"
    VOIDED = "voided"
    SEALED = "sealed"
    """An accusation or a case of discipline: nothing is said of it."""


class RuleFact(NamedTuple):
    """One fact about one subject. Facts are ordered by when they happened, then by their event."""

    at: datetime
    event_id: str
    says: Says
    of: str = ""
    """What it counts once for: a matter, a case, an agreement, an instalment."""
    matter_id: str | None = None
    unit: str | None = None
    due: date | datetime | None = None
    """When something is due: the moment of a term, the day of a promise."""
    live: bool = True
    """False of a fact that was recorded late, or that an earlier episode has dealt with: it is
    true, but nothing is raised because of it."""
    record: str | None = None
    """The record of which it is stated, or the event by which a case counts, where a later fact about it
    may take its place."""
    is_dealt_with: bool = False
    """Whether the office knew of it when an earlier warning ended."""

    @property
    def order(self) -> tuple[datetime, str, str, str]:
        """The place of the fact in the set; two facts of one subject never share one."""
        return (self.at, self.event_id, self.says, self.of)

    def to_json(self) -> list[object]:
        """The fact inside a JSON column.

        One that is dealt with has null for live; the append that ends a warning writes it.
        """
        due = to_wire(self.due) if isinstance(self.due, datetime) else self.due
        written = due.isoformat() if isinstance(due, date) else due
        at = to_wire(self.at)
        return [
            at,
            self.event_id,
            self.says,
            self.of,
            self.matter_id,
            self.unit,
            written,
            None if self.is_dealt_with else self.live,
            self.record,
        ]

    @classmethod
    def from_json(cls, written: Sequence[Any]) -> "RuleFact":
        """The fact that `to_json` wrote."""
        at, event_id, says, of, matter_id, unit, due, live, *record = written
        return cls(
            from_wire(at),
            event_id,
            Says(says),
            of,
            matter_id,
            unit,
            _due(due),
            live is not False,
            record[0] if record else None,  # facts that were kept before have none
            live is None,
        )


_FIRST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)
_LAST_MOMENT = datetime(9900, 1, 1, tzinfo=UTC)
"""What is due before or after is due at these: a date that nobody means stops no rule."""

Stated = list[tuple[str, RuleFact]]
"""Subjects, each with a fact about it."""


def fact(
    recorded: RecordedEvent,
    says: Says,
    of: str = "",
    *,
    at: datetime | None = None,
    matter_id: str | None = None,
    unit: str | None = None,
    due: date | datetime | None = None,
    record: str | None = None,
) -> RuleFact:
    """What an event says, at the moment at which it happened."""
    when = at or recorded.occurred_at
    return RuleFact(
        when, recorded.event_id, says, of, matter_id, unit, _countable(due), record=record
    )


def saying(facts: Iterable[RuleFact], *says: Says) -> list[RuleFact]:
    """The facts that say one of these, in their order."""
    return [each for each in facts if each.says in says]


def is_sealed(facts: Iterable[RuleFact]) -> bool:
    """Whether nothing may be said of the subject."""
    return Says.SEALED in [each.says for each in facts]


def _countable(due: date | datetime | None) -> date | datetime | None:
    """The day or moment; one at the end of the calendar leaves room to count days from it."""
    if isinstance(due, datetime):
        return min(max(due, _FIRST_MOMENT), _LAST_MOMENT)
    return due and min(max(due, _FIRST_MOMENT.date()), _LAST_MOMENT.date())


def _due(written: str | None) -> date | datetime | None:
    if written is None:
        return None
    return from_wire(written) if "T" in written else date.fromisoformat(written)

"""A step of a case: what the figures need of one event about it.

A repeat filed in the same township is a step of two cases: it begins its own, and it is the
`case-repeated` of the one that it repeats.
"""

from datetime import date, datetime
from typing import NamedTuple

from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data
from shared.contracts.intake import CaseAccepted, CaseEvent, CaseFiled
from shared.divisions import division_of
from shared.times import china_day

SOURCE = "/intake"
"""Whose events make the facts of cases."""

REPEATED = "case-repeated"
"""Not an event of its own: the filing of a repeat, seen from the case that it repeats."""


class Filing(NamedTuple):
    """What a case is counted by, as its filing states it."""

    category: str
    village_code: str | None
    channel: str
    first_or_repeat: str
    headcount: int | None
    imported: bool = False
    """From an older register, which may be silent on what it never recorded."""


class CaseStep(NamedTuple):
    """One event as it bears on one case, and its place in the ledger."""

    division: str
    source: str
    seq: int
    case_id: str
    kind: str
    event_id: str
    at: datetime
    day: date
    """The day of `at` in China."""
    recorded_at: datetime
    filing: Filing | None = None
    due_at: datetime | None = None


class CaseElsewhere(ValueError):
    """An event about a case that belongs to another ledger than its own."""


def steps_of(event: RecordedEvent) -> list[CaseStep]:
    """The steps that an event is, none when it is about no case.

    Raises UnknownEvent, ValidationError or CaseElsewhere for what breaks the contract.
    """
    data = decode_data(event.kind, event.schema_version, event.load())
    match data:
        case CaseFiled():
            own = _step(event, data, filing=_filing(data))
            return [own, *_repeated(own, data.repeat_of)]
        case CaseAccepted():
            return [_step(event, data, due_at=data.due_at)]
        case CaseEvent():
            return [_step(event, data)]
        case _:
            return []


def _step(
    event: RecordedEvent,
    data: CaseEvent,
    *,
    filing: Filing | None = None,
    due_at: datetime | None = None,
) -> CaseStep:
    if division_of(data.case_id) != event.division:
        raise CaseElsewhere(f"{event.kind} is about a case of another division")
    return CaseStep(
        event.division,
        event.source,
        event.sequence,
        data.case_id,
        event.kind,
        event.event_id,
        event.occurred_at,
        china_day(event.occurred_at),
        event.recorded_at,
        filing,
        due_at,
    )


def _filing(data: CaseFiled) -> Filing:
    return Filing(
        data.category.value,
        data.village_code,
        data.channel.value,
        data.first_or_repeat.value,
        data.headcount,
        bool(data.imported),
    )


def _repeated(own: CaseStep, repeat_of: str | None) -> list[CaseStep]:
    """A case of another township stays out: a figure depends on its own ledgers alone."""
    if repeat_of is None or division_of(repeat_of) != own.division or repeat_of == own.case_id:
        return []
    return [
        CaseStep(
            own.division,
            own.source,
            own.seq,
            repeat_of,
            REPEATED,
            own.event_id,
            own.at,
            own.day,
            own.recorded_at,
        )
    ]

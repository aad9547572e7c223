"""The steps of a case: what the figures need of the events about it.

A repeat filed in the same township is a step of two cases: it begins its own, and it is the
`case-repeated` of the one that it repeats.
"""

from typing import NamedTuple

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.intake import CaseAccepted, CaseEvent, CaseFiled
from shared.divisions import division_of
from shared.folding.step import Step, step_of

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


def case_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The steps that an event is, none when it is about no case; raises EntityElsewhere."""
    match data:
        case CaseFiled():
            own = step_of(event, data.case_id, stated=_filing(data))
            return [own, *_repeated(own, data.repeat_of)]
        case CaseAccepted():
            return [step_of(event, data.case_id, due_at=data.due_at)]
        case CaseEvent():
            return [step_of(event, data.case_id)]
        case _:
            return []


def _filing(data: CaseFiled) -> Filing:
    return Filing(
        data.category.value,
        data.village_code,
        data.channel.value,
        data.first_or_repeat.value,
        data.headcount,
        bool(data.imported),
    )


def _repeated(own: Step, repeat_of: str | None) -> list[Step]:
    """A case of another township stays out: a figure depends on its own ledgers alone."""
    if repeat_of is None or division_of(repeat_of) != own.division or repeat_of == own.entity_id:
        return []
    return [own._replace(entity_id=repeat_of, kind=REPEATED, stated=None)]

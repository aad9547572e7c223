"""The fact of a case: what its steps come to, remembering which event made each part.

filed ─► accepted ─► answered (the earliest answer) ─► resolved | withdrawn | diverted | linked ─► closed
             what ended a case no longer counts once it is reopened; its acceptance and first answer do
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from services.stats.domain.case_step import REPEATED, CaseStep, Filing
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDiverted,
    CaseFiled,
    CaseLinked,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    OpinionServed,
)
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)


class Mark(NamedTuple):
    """A moment in a case's life, its day in China, and the place of the event that made it."""

    at: datetime
    seq: int
    on: date

    @classmethod
    def of(cls, at: datetime, seq: int) -> "Mark":
        """The mark as it was stored."""
        return cls(at, seq, china_day(at))


class CaseFact(NamedTuple):
    """One case as it stands; every event makes a new one, so it is of the kind made fastest."""

    division: str
    case_id: str
    filing: Filing
    filed: Mark
    accepted: Mark | None = None
    due_at: datetime | None = None
    """The reply is due before this moment, the end of the last day."""
    answered: Mark | None = None
    resolved: Mark | None = None
    withdrawn: Mark | None = None
    diverted: Mark | None = None
    linked: Mark | None = None
    closed: Mark | None = None
    reopened: Mark | None = None
    repeated: Mark | None = None
    """The earliest case of the same township that repeats this one."""

    @property
    def due_on(self) -> date | None:
        """The last day for the reply."""
        return self.due_at and china_day(self.due_at - _INSTANT)

    @property
    def departure(self) -> str | None:
        """The way in which the case left the procedure, if it did."""
        if self.withdrawn:
            return "withdrawn"
        if self.diverted:
            return "diverted"
        return "linked" if self.linked else None


def evolve(fact: CaseFact | None, step: CaseStep) -> CaseFact | None:
    """The fact after a step; a case whose filing is not known (it was parked) counts nowhere."""
    if fact is None:
        return _begun(step) if step.filing is not None and step.kind == CaseFiled.kind else None
    after = _AFTER.get(step.kind)
    return after(fact, step) if after else fact


def fold(steps: Iterable[CaseStep]) -> CaseFact | None:
    """What the steps of one case come to, in the order of its ledger."""
    fact = None
    for step in steps:
        fact = evolve(fact, step)
    return fact


def _begun(step: CaseStep) -> CaseFact:
    if step.filing is None:
        raise AssertionError("a filing without what it states")
    return CaseFact(
        division=step.division, case_id=step.case_id, filing=step.filing, filed=_mark(step)
    )


def _accepted(fact: CaseFact, step: CaseStep) -> CaseFact:
    if fact.accepted:
        return fact
    return fact._replace(accepted=_mark(step), due_at=step.due_at)


def _answered(fact: CaseFact, step: CaseStep) -> CaseFact:
    return fact._replace(answered=_earlier(fact.answered, step))


def _repeated(fact: CaseFact, step: CaseStep) -> CaseFact:
    return fact._replace(repeated=_earlier(fact.repeated, step))


def _reopened(fact: CaseFact, step: CaseStep) -> CaseFact:
    return fact._replace(
        resolved=None,
        withdrawn=None,
        diverted=None,
        linked=None,
        closed=None,
        reopened=_mark(step),
    )


def _stands_or(mark: Mark | None, step: CaseStep) -> Mark:
    return mark or _mark(step)


def _mark(step: CaseStep) -> Mark:
    return Mark(step.at, step.seq, step.day)


def _earlier(mark: Mark | None, step: CaseStep) -> Mark:
    return mark if mark and mark.at <= step.at else _mark(step)


_AFTER: dict[str, Callable[[CaseFact, CaseStep], CaseFact]] = {
    CaseAccepted.kind: _accepted,
    CaseReplied.kind: _answered,
    OpinionServed.kind: _answered,
    CaseResolved.kind: lambda fact, step: fact._replace(resolved=_stands_or(fact.resolved, step)),
    CaseWithdrawn.kind: lambda fact, step: fact._replace(
        withdrawn=_stands_or(fact.withdrawn, step)
    ),
    CaseDiverted.kind: lambda fact, step: fact._replace(diverted=_stands_or(fact.diverted, step)),
    CaseLinked.kind: lambda fact, step: fact._replace(linked=_stands_or(fact.linked, step)),
    CaseClosed.kind: lambda fact, step: fact._replace(closed=_stands_or(fact.closed, step)),
    CaseReopened.kind: _reopened,
    REPEATED: _repeated,
}

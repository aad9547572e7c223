"""The fact of a case: what its steps come to, remembering which event made each part.

filed ─► accepted ─► answered (the earliest answer) ─► resolved | withdrawn | diverted | linked ─► closed
             what ended a case no longer counts once it is reopened; its acceptance and first answer do
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from services.stats.domain.case_step import REPEATED, Filing
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
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, earliest, first_recorded, occurrence_of
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)


class CaseFact(NamedTuple):
    """One case as it stands; every event makes a new one, so it is of the kind made fastest."""

    division: str
    case_id: str
    filing: Filing
    filed: Occurrence
    accepted: Occurrence | None = None
    due_at: datetime | None = None
    """The reply is due before this moment, the end of the last day."""
    answered: Occurrence | None = None
    resolved: Occurrence | None = None
    withdrawn: Occurrence | None = None
    diverted: Occurrence | None = None
    linked: Occurrence | None = None
    closed: Occurrence | None = None
    reopened: Occurrence | None = None
    repeated: Occurrence | None = None
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


def evolve(fact: CaseFact | None, step: Step) -> CaseFact | None:
    """The fact after a step; a case whose filing is not known (it was parked) counts nowhere."""
    if fact is None:
        return _begun(step) if step.kind == CaseFiled.kind else None
    after = _AFTER.get(step.kind)
    return after(fact, step) if after else fact


def _begun(step: Step) -> CaseFact:
    return CaseFact(step.division, step.entity_id, step.stated, occurrence_of(step))


def _accepted(fact: CaseFact, step: Step) -> CaseFact:
    if fact.accepted:
        return fact
    return fact._replace(accepted=occurrence_of(step), due_at=step.due_at)


def _answered(fact: CaseFact, step: Step) -> CaseFact:
    return fact._replace(answered=earliest(fact.answered, step))


def _repeated(fact: CaseFact, step: Step) -> CaseFact:
    return fact._replace(repeated=earliest(fact.repeated, step))


def _reopened(fact: CaseFact, step: Step) -> CaseFact:
    return fact._replace(
        resolved=None,
        withdrawn=None,
        diverted=None,
        linked=None,
        closed=None,
        reopened=occurrence_of(step),
    )


_AFTER: dict[str, Callable[[CaseFact, Step], CaseFact]] = {
    CaseAccepted.kind: _accepted,
    CaseReplied.kind: _answered,
    OpinionServed.kind: _answered,
    CaseResolved.kind: lambda fact, step: fact._replace(
        resolved=first_recorded(fact.resolved, step)
    ),
    CaseWithdrawn.kind: lambda fact, step: fact._replace(
        withdrawn=first_recorded(fact.withdrawn, step)
    ),
    CaseDiverted.kind: lambda fact, step: fact._replace(
        diverted=first_recorded(fact.diverted, step)
    ),
    CaseLinked.kind: lambda fact, step: fact._replace(linked=first_recorded(fact.linked, step)),
    CaseClosed.kind: lambda fact, step: fact._replace(closed=first_recorded(fact.closed, step)),
    CaseReopened.kind: _reopened,
    REPEATED: _repeated,
}

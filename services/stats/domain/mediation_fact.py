"""The fact of a mediation: what became of one dispute, and which event made each part.

applied ─► sessions … ─► ended: succeeded | failed | terminated | refused
                                   └► due ─► performed | breached, whichever came last
           what was recorded by mistake and taken back counts as if it had never been stated
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from shared.contracts.agreements import (
    AgreementBreached,
    AgreementPerformed,
    MediationSucceeded,
)
from shared.contracts.mediation import (
    MediationApplied,
    MediationEndVoided,
    MediationFailed,
    MediationRefused,
    MediationSessionHeld,
    MediationSessionVoided,
    MediationTerminated,
)
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, first_recorded, occurrence_of
from shared.times import china_day

_INSTANT = timedelta(microseconds=1)


class End(StrEnum):
    """How a mediation ended; only the first two are ends of what was mediated."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    TERMINATED = "terminated"
    REFUSED = "refused"


class Dispute(NamedTuple):
    """What a mediation is counted by, as its application states it."""

    category: str
    village_code: str | None
    committee_id: str
    dispute_kind: str
    complained: str | None = None
    """The unit complained of: its mark, or its code where the event is older."""
    complained_division: str | None = None
    matter_id: str | None = None


class Session(NamedTuple):
    """One session (次) of a dispute."""

    session_id: str
    mode: str
    occurrence: Occurrence


class MediationFact(NamedTuple):
    """One dispute (件) as it stands."""

    division: str
    mediation_id: str
    dispute: Dispute
    applied: Occurrence
    sessions: tuple[Session, ...] = ()
    outcome: str | None = None
    ended: Occurrence | None = None
    due_at: datetime | None = None
    """What was agreed is to be done before this moment, the end of the last day."""
    performed: Occurrence | None = None
    breached: Occurrence | None = None

    @property
    def due_on(self) -> date | None:
        """The last day for what was agreed."""
        return self.due_at and china_day(self.due_at - _INSTANT)


def evolve(fact: MediationFact | None, step: Step) -> MediationFact | None:
    """The fact after a step; a mediation whose application is not known counts nowhere."""
    if fact is None:
        return _begun(step) if step.kind == MediationApplied.kind else None
    after = _AFTER.get(step.kind)
    return after(fact, step) if after else fact


def _begun(step: Step) -> MediationFact:
    dispute = Dispute(*step.stated[: len(Dispute._fields)])
    return MediationFact(step.division, step.entity_id, dispute, occurrence_of(step))


def _met(fact: MediationFact, step: Step) -> MediationFact:
    session = Session(step.stated.session_id, step.stated.session_mode, occurrence_of(step))
    if any(known.session_id == session.session_id for known in fact.sessions):
        return fact
    return fact._replace(sessions=(*fact.sessions, session))


def _not_met(fact: MediationFact, step: Step) -> MediationFact:
    voided = step.stated.session_id
    return fact._replace(
        sessions=tuple(each for each in fact.sessions if each.session_id != voided)
    )


def _succeeded(fact: MediationFact, step: Step) -> MediationFact:
    """A signed agreement stands before every other end, and the first one before later ones."""
    if fact.outcome == End.SUCCEEDED:
        return fact
    return fact._replace(
        outcome=End.SUCCEEDED.value, ended=occurrence_of(step), due_at=step.due_at
    )


def _ended_as(end: End) -> Callable[[MediationFact, Step], MediationFact]:
    def after(fact: MediationFact, step: Step) -> MediationFact:
        if fact.ended:
            return fact
        return fact._replace(outcome=end.value, ended=occurrence_of(step))

    return after


def _goes_on(fact: MediationFact, _: Step) -> MediationFact:
    if fact.outcome == End.SUCCEEDED:
        return fact
    return fact._replace(outcome=None, ended=None)


def _performed(fact: MediationFact, step: Step) -> MediationFact:
    if fact.outcome != End.SUCCEEDED:
        return fact
    return fact._replace(performed=first_recorded(fact.performed, step), breached=None)


def _breached(fact: MediationFact, step: Step) -> MediationFact:
    """Also of what had been performed: it may be undone."""
    if fact.outcome != End.SUCCEEDED:
        return fact
    return fact._replace(performed=None, breached=first_recorded(fact.breached, step))


_AFTER: dict[str, Callable[[MediationFact, Step], MediationFact]] = {
    MediationSessionHeld.kind: _met,
    MediationSessionVoided.kind: _not_met,
    MediationSucceeded.kind: _succeeded,
    MediationFailed.kind: _ended_as(End.FAILED),
    MediationTerminated.kind: _ended_as(End.TERMINATED),
    MediationRefused.kind: _ended_as(End.REFUSED),
    MediationEndVoided.kind: _goes_on,
    AgreementPerformed.kind: _performed,
    AgreementBreached.kind: _breached,
}

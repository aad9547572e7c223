"""Every event of a case, and what it changes in the state."""

from dataclasses import replace

from services.intake.domain.case.case_file import CaseFile
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDiverted,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReferredToMediation,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    MediationOutcomeNoted,
    OpinionIssued,
    OpinionServed,
)
from shared.decider import EventOfAnotherAggregate

CaseFact = (
    CaseFiled
    | CaseForwarded
    | CaseReferredToMediation
    | MediationOutcomeNoted
    | CaseAccepted
    | OpinionIssued
    | OpinionServed
    | CaseReplied
    | CaseResolved
    | CaseWithdrawn
    | CaseDiverted
    | CaseLinked
    | CaseClosed
    | CaseReopened
)
"""Every event of a case's stream; each of them changes the state."""


def evolve(case: CaseFile, event: Event) -> CaseFile:
    """The case after an event; EventOfAnotherAggregate for one that does not belong to a case.

    No event is left out silently: a state that misses one could decide wrongly.
    """
    if not isinstance(event, CaseFact):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a case")
    imported = case.imported | {event} if event.imported else case.imported
    return replace(_after(case, event), version=case.version + 1, imported=imported)


def _after(case: CaseFile, event: CaseFact) -> CaseFile:  # noqa: C901, PLR0911
    match event:
        case CaseFiled():
            return replace(case, filed=event)
        case CaseForwarded():
            return replace(case, forwarded=event)
        case CaseReferredToMediation() | MediationOutcomeNoted():
            return replace(case, mediation=case.mediation.after(event))
        case CaseAccepted():
            return replace(case, accepted=event)
        case OpinionIssued():
            return replace(case, issued=event)
        case OpinionServed():
            return replace(case, served=event)
        case CaseReplied():
            return replace(case, replied=event)
        case CaseResolved():
            return replace(case, resolved=event)
        case CaseWithdrawn() | CaseDiverted() | CaseLinked():
            return replace(case, departed=event)
        case CaseClosed():
            return replace(case, closed=event)
        case CaseReopened():
            return _reopened(case, event)


def _reopened(case: CaseFile, event: CaseReopened) -> CaseFile:
    """The filing, the forwarding and the acceptance remain; what came after them is open again."""
    return CaseFile(
        filed=case.filed,
        forwarded=case.forwarded,
        mediation=case.mediation.read(),
        accepted=case.accepted,
        reopened=event,
    )

"""Every event of a mediation, and what it changes in the state."""

from dataclasses import replace

from services.mediation.domain.agreement_file import agreement_after
from services.mediation.domain.mediation_file import MediationFile, Voiding
from services.mediation.domain.mediation_papers import papers_after, papers_without
from shared.contracts.agreements import (
    AgreementDrafted,
    AgreementDraftVoided,
    AgreementEvent,
    FollowUpMade,
)
from shared.contracts.event import Event
from shared.contracts.mediation import (
    ConsentWithdrawn,
    MediationApplied,
    MediationConsented,
    MediationConsentVoided,
    MediationEndVoided,
    MediationEvent,
    MediationExtensionVoided,
    MediationFailed,
    MediationNotTakenUp,
    MediationOpened,
    MediationPaperFilledIn,
    MediationPaperVoided,
    MediationPartiesNamed,
    MediationPeriodExtended,
    MediationRefused,
    MediationSessionHeld,
    MediationSessionVoided,
    MediationTerminated,
    MediatorAssigned,
    MediatorAssignmentVoided,
    MediatorRecusalVoided,
    MediatorRecused,
)
from shared.decider import EventOfAnotherAggregate


def evolve(mediation: MediationFile, event: Event) -> MediationFile:
    """The mediation after an event; EventOfAnotherAggregate for one that does not belong to a mediation.

    Every event changes the state: a state that misses one could decide wrongly.
    """
    if not isinstance(event, MediationEvent):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a mediation")
    return replace(_after(mediation, event), version=mediation.version + 1)


def _after(  # noqa: PLR0911
    mediation: MediationFile, event: MediationEvent
) -> MediationFile:
    if isinstance(event, Voiding):
        return _after_voiding(mediation, event)
    match event:
        case AgreementDrafted():
            return replace(mediation, drafted=event)
        case AgreementEvent():
            return replace(mediation, agreement=agreement_after(mediation.agreement, event))
        case FollowUpMade(follow_up_id=made):
            return replace(mediation, follow_ups={**mediation.follow_ups, made: event})
        case MediationSessionHeld(session_id=held):
            return replace(mediation, sessions={**mediation.sessions, held: event})
        case MediationPaperFilledIn():
            return replace(mediation, papers=papers_after(mediation.papers, event))
        case _:
            return _after_a_step(mediation, event)


def _after_a_step(  # noqa: PLR0911
    mediation: MediationFile, event: MediationEvent
) -> MediationFile:
    match event:
        case MediationApplied():
            return replace(mediation, applied=event)
        case MediationNotTakenUp():
            return replace(mediation, declined=event)
        case MediationConsented(side=side):
            return replace(mediation, consents={**mediation.consents, side: event})
        case MediationOpened():
            return replace(mediation, opened=event)
        case MediationPeriodExtended():
            return replace(mediation, extensions=(*mediation.extensions, event))
        case ConsentWithdrawn():
            return replace(mediation, withdrawn=event)
        case MediationRefused() | MediationFailed() | MediationTerminated():
            return replace(mediation, ended=event)
        case _:
            return _after_who_takes_part(mediation, event)


def _after_who_takes_part(mediation: MediationFile, event: MediationEvent) -> MediationFile:
    match event:
        case MediationPartiesNamed(side=side):
            narrative = event.words_digest or mediation.taken_over
            named = {**mediation.named, side: event}
            return replace(mediation, named=named, taken_over=narrative)
        case MediatorAssigned(mediator_id=who):
            return replace(mediation, mediators=mediation.mediators | {who})
        case MediatorRecused(mediator_id=who):
            recusals = {**mediation.recusals, who: event}
            return replace(mediation, mediators=mediation.mediators - {who}, recusals=recusals)
        case _:
            raise TypeError(f"{event.kind} is in no table of a mediation")


def _after_voiding(mediation: MediationFile, event: Voiding) -> MediationFile:
    after = replace(mediation, voided=mediation.voided | {event})
    match event:
        case MediatorAssignmentVoided(mediator_id=who):
            return replace(after, mediators=after.mediators - {who})
        case MediatorRecusalVoided(mediator_id=who):
            recusals = {name: each for name, each in after.recusals.items() if name != who}
            return replace(after, mediators=after.mediators | {who}, recusals=recusals)
        case MediationPaperVoided(digest=digest):
            return replace(after, papers=papers_without(after.papers, digest))
        case _:
            return _without(after, event)


def _without(after: MediationFile, event: Voiding) -> MediationFile:
    match event:
        case MediationConsentVoided(side=side):
            consents = {s: consent for s, consent in after.consents.items() if s != side}
            return replace(after, consents=consents, opened=None, extensions=())
        case MediationExtensionVoided(due_at=due):
            extensions = tuple(each for each in after.extensions if each.due_at != due)
            return replace(after, extensions=extensions)
        case MediationSessionVoided(session_id=held):
            sessions = {name: each for name, each in after.sessions.items() if name != held}
            return replace(after, sessions=sessions)
        case AgreementDraftVoided():
            return replace(after, drafted=None)
        case MediationEndVoided():
            return replace(after, ended=None, withdrawn=None)
        case _:
            raise TypeError(f"{event.kind} is in no table of a mediation")

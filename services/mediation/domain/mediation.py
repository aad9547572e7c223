"""A mediation: opened by the consent of both sides, ended by an agreement or without one.

  unapplied ─ MediationApplied ─► applied ─ MediationConsented by both, MediationOpened ─► open
                                     │                                                     │
              MediationRefused, or   │       MediationSessionHeld …, AgreementDrafted …    │
              MediationTerminated    │                                                     │
                                     ▼                                                     │
                                   ended ◄── MediationFailed (ConsentWithdrawn before it) ─┤
                                                                                           │
  agreed ◄─────────────────────────── MediationSucceeded, which is the signing ────────────┘
     ├─ InstalmentPerformed … ─► AgreementPerformed | AgreementBreached, and performed after all
     └─ ConfirmationRequested ─► ConfirmationDecided

A paper may be filled in (MediationPaperFilledIn) at any of these moments; it moves nothing. Nor
does it move anything to find out who is on a side (MediationPartiesNamed), until that side agrees.
Until the signing whatever was recorded by mistake is taken back by a …Voided event; nothing is
ever deleted. No end of a mediation closes another route, and none of its facts stops a clock
elsewhere. Commands, state, phases and refusals are in the other `mediation_…` modules.
"""

from services.mediation.domain.agreement_commands import (
    BreachAgreement,
    CheckPerformance,
    ConfirmationCommand,
    DecideConfirmation,
    DraftAgreement,
    FollowUp,
    PerformAgreement,
    PerformanceCommand,
    PerformInstalment,
    RequestConfirmation,
    SignAgreement,
    SigningCommand,
)
from services.mediation.domain.agreement_confirmation import confirm
from services.mediation.domain.agreement_performance import perform
from services.mediation.domain.agreement_signing import agree
from services.mediation.domain.mediation_begins import begin
from services.mediation.domain.mediation_commands import (
    ApplyForMediation,
    AssignMediator,
    BeginCommand,
    ConsentToMediation,
    DeclineReferral,
    EndCommand,
    ExtendPeriod,
    FailMediation,
    FillInPaper,
    HoldSession,
    NameParties,
    RecuseMediator,
    RefuseMediation,
    SessionCommand,
    TerminateMediation,
    WithdrawConsent,
)
from services.mediation.domain.mediation_ends import end, follow_up
from services.mediation.domain.mediation_evolve import evolve
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_papers import fill_in
from services.mediation.domain.mediation_sessions import go_on
from services.mediation.domain.mediation_voids import void
from services.mediation.domain.void_commands import (
    VoidAssignment,
    VoidCommand,
    VoidConsent,
    VoidDraft,
    VoidEnd,
    VoidExtension,
    VoidPaper,
    VoidRecusal,
    VoidSession,
)
from shared.contracts.event import Event
from shared.decider import Decider

MediationCommand = (
    BeginCommand
    | SessionCommand
    | SigningCommand
    | EndCommand
    | VoidCommand
    | PerformanceCommand
    | ConfirmationCommand
    | FollowUp
    | FillInPaper
)


def decide(command: MediationCommand, mediation: MediationFile) -> list[Event]:  # noqa: C901, PLR0911
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case (
            ApplyForMediation()
            | DeclineReferral()
            | NameParties()
            | ConsentToMediation()
            | RefuseMediation()
            | WithdrawConsent()
        ):
            return begin(command, mediation)
        case AssignMediator() | RecuseMediator() | ExtendPeriod() | HoldSession():
            return go_on(command, mediation)
        case DraftAgreement() | SignAgreement():
            return agree(command, mediation)
        case FailMediation() | TerminateMediation():
            return end(command, mediation)
        case (
            VoidConsent()
            | VoidAssignment()
            | VoidRecusal()
            | VoidExtension()
            | VoidSession()
            | VoidDraft()
            | VoidEnd()
            | VoidPaper()
        ):
            return void(command, mediation)
        case CheckPerformance() | PerformInstalment() | PerformAgreement() | BreachAgreement():
            return perform(command, mediation)
        case RequestConfirmation() | DecideConfirmation():
            return confirm(command, mediation)
        case FollowUp():
            return follow_up(command, mediation)
        case FillInPaper():
            return fill_in(command, mediation)


MEDIATION = Decider(initial=MediationFile(), decide=decide, evolve=evolve)

"""How the sides agree to mediation, or do not: both have to, and either may stop it."""

from services.mediation.domain.mediation_commands import (
    ConsentToMediation,
    RefuseMediation,
    WithdrawConsent,
)
from services.mediation.domain.mediation_file import MediationFile, about
from services.mediation.domain.mediation_guards import (
    refuse_if_over,
    require_application,
    routes_in_order,
)
from services.mediation.domain.mediation_papers import filled_in, require_its_notice
from services.mediation.domain.mediation_parties import require_all_parties
from services.mediation.domain.mediation_refusals import (
    ConsentedOtherwise,
    ConsentOnPaperIsInWriting,
    SideHasConsented,
    SideHasNotConsented,
)
from shared.contracts.event import Event
from shared.contracts.mediation import (
    ConsentWithdrawn,
    MediationApplied,
    MediationConsented,
    MediationFailed,
    MediationOpened,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import (
    ConsentHow,
    FailureGround,
    PaperForm,
    PartySide,
    TerminationGround,
)


def consent(command: ConsentToMediation, mediation: MediationFile) -> list[Event]:
    """One side agrees; with the second one the mediation begins."""
    applied = require_application(mediation)
    consented = MediationConsented(
        side=command.side,
        parties=command.parties,
        how=command.how,
        consent_digest=command.consent_digest,
        paper_digest=command.paper,
        **about(applied),
    )
    if mediation.consents.get(command.side) == consented:
        return []
    refuse_if_over(mediation)
    if command.side in mediation.consents:
        raise ConsentedOtherwise(side=command.side.value)
    require_all_parties(command.parties, command.side, mediation)
    if command.paper is not None:
        _require_its_paper(command.paper, command.how, mediation)
    if len(mediation.consents) + 1 < len(PartySide):
        return [consented]
    return [consented, _opening(command, applied)]


def _require_its_paper(paper: str, how: ConsentHow, mediation: MediationFile) -> None:
    if how is not ConsentHow.IN_WRITING:
        raise ConsentOnPaperIsInWriting(field="how")
    filled_in(paper, PaperForm.CONSENT, mediation)


def _opening(command: ConsentToMediation, applied: MediationApplied) -> MediationOpened:
    return MediationOpened(
        due_at=command.period.due_at,
        policy_version=command.period.policy_version,
        calendar_version=command.period.calendar_version,
        **about(applied),
    )


def refuse(command: RefuseMediation, mediation: MediationFile) -> list[Event]:
    """A side that has not agreed says no, which ends it [M17]."""
    refused = MediationRefused(
        side=command.side,
        routes_told=routes_in_order(command.routes_told),
        paper_digest=command.paper,
        **mediation.about(),
    )
    if mediation.ended == refused:
        return []
    refuse_if_over(mediation)
    if command.side in mediation.consents:
        raise SideHasConsented(side=command.side.value)
    require_its_notice(command.paper, mediation)
    return [refused]


def withdraw(command: WithdrawConsent, mediation: MediationFile) -> list[Event]:
    """A side that has agreed says no after all, which ends it [M3, M17]."""
    withdrawn = ConsentWithdrawn(side=command.side, **mediation.about())
    end = _end_of(mediation, command)
    if mediation.withdrawn == withdrawn and mediation.ended == end:
        return []
    refuse_if_over(mediation)
    if command.side not in mediation.consents:
        raise SideHasNotConsented(side=command.side.value)
    require_its_notice(command.paper, mediation)
    return [withdrawn, end]


def _end_of(
    mediation: MediationFile, command: WithdrawConsent
) -> MediationFailed | MediationTerminated:
    """What had begun has failed; what had not begun is only no longer kept."""
    routes, paper = routes_in_order(command.routes_told), command.paper
    if mediation.opened is None:
        return MediationTerminated(
            ground=TerminationGround.CONSENT_WITHDRAWN,
            routes_told=routes,
            paper_digest=paper,
            **mediation.about(),
        )
    return MediationFailed(
        ground=FailureGround.CONSENT_WITHDRAWN,
        routes_told=routes,
        paper_digest=paper,
        **mediation.about(),
    )

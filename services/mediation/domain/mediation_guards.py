"""Requirements that several commands about a mediation share."""

from collections.abc import Collection

from services.mediation.domain.mediation_file import End, MediationFile
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    ConsentMissing,
    ConsentWasWithdrawn,
    EnforcementNeedsConfirmation,
    MediationHasFailed,
    MediationNotFound,
    MediationWasRefused,
    MediationWasTerminated,
    RoutesNotTold,
)
from shared.contracts.mediation import (
    MediationApplied,
    MediationFailed,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import OtherRoute


def require_application(mediation: MediationFile) -> MediationApplied:
    """The application; MediationNotFound where there is none."""
    if mediation.applied is None:
        raise MediationNotFound
    return mediation.applied


def refuse_if_over(mediation: MediationFile) -> None:
    """Whatever goes on with a mediation needs it to be neither signed nor ended."""
    if mediation.agreement.succeeded:
        raise AgreementIsSigned
    if mediation.ended:
        raise _refusal_after(mediation.ended)
    if mediation.withdrawn:
        raise ConsentWasWithdrawn


def _refusal_after(end: End) -> MediationWasRefused | MediationHasFailed | MediationWasTerminated:
    match end:
        case MediationRefused():
            return MediationWasRefused()
        case MediationFailed():
            return MediationHasFailed()
        case MediationTerminated():
            return MediationWasTerminated()


def require_begun(mediation: MediationFile) -> None:
    """Nothing is mediated without the recorded consent of both sides [M3, M17]."""
    refuse_if_over(mediation)
    missing = mediation.without_consent
    if missing:
        raise ConsentMissing(side=missing.value)


def routes_in_order(
    routes: Collection[OtherRoute], *, enforceable: bool = False, field: str = "routes_told"
) -> tuple[OtherRoute, ...]:
    """The other routes, in a fixed order, of which the parties must be informed [M26].

    A court must always be among them, and enforcement only for what a court confirmed.
    """
    if OtherRoute.COURT not in routes:
        raise RoutesNotTold(field=field)
    if OtherRoute.ENFORCEMENT in routes and not enforceable:
        raise EnforcementNeedsConfirmation(field=field)
    return OtherRoute.in_order(routes)

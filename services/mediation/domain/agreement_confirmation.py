"""Judicial confirmation of an agreement: the request and the court's decision [M33, CPL205, JC]."""

from typing import assert_never

from services.mediation.domain.agreement_commands import (
    ConfirmationCommand,
    DecideConfirmation,
    RequestConfirmation,
)
from services.mediation.domain.agreement_file import AgreementFile
from services.mediation.domain.agreement_performance import require_agreement
from services.mediation.domain.agreement_refusals import (
    ConfirmationAlreadyRequested,
    ConfirmationBeforeAgreement,
    ConfirmationDecidedOtherwise,
    ConfirmationNotJoint,
    ConfirmationNotRequested,
    ConfirmationTooLate,
    DecidedBeforeRequest,
    StatusIsNotConfirmed,
)
from services.mediation.domain.mediation_file import MediationFile
from shared.contracts.agreement_codes import ConfirmationResult
from shared.contracts.agreements import ConfirmationDecided, ConfirmationRequested
from shared.contracts.event import Event
from shared.contracts.mediation_codes import PartySide

_MAY_BE_ASKED_AGAIN = {ConfirmationResult.WITHDRAWN, ConfirmationResult.NOT_DOCKETED}


def confirm(command: ConfirmationCommand, mediation: MediationFile) -> list[Event]:
    """Decide a command about judicial confirmation."""
    match command:
        case RequestConfirmation():
            return _request(command, mediation)
        case DecideConfirmation():
            return _decide(command, mediation)
        case never:
            assert_never(never)


def _request(command: RequestConfirmation, mediation: MediationFile) -> list[Event]:
    succeeded, about = require_agreement(mediation)
    requested = ConfirmationRequested(
        court=command.court,
        requested_on=command.on,
        jointly_by=PartySide.in_order(command.jointly_by),
        **about,
    )
    before_the_court = _is_before_the_court(mediation.agreement)
    if before_the_court and mediation.agreement.requested == requested:
        return []
    if set(requested.jointly_by) != set(PartySide):
        raise ConfirmationNotJoint(field="jointly_by")
    if succeeded.status_matters:
        raise StatusIsNotConfirmed(matter=succeeded.status_matters[0].value)
    if command.on < succeeded.effective_on:
        raise ConfirmationBeforeAgreement
    if command.on > command.last_day:
        raise ConfirmationTooLate(last_day=command.last_day.isoformat())
    if before_the_court:
        raise ConfirmationAlreadyRequested
    return [requested]


def _is_before_the_court(agreement: AgreementFile) -> bool:
    """Whether a request is pending or decided finally."""
    if agreement.decided:
        return agreement.decided.result not in _MAY_BE_ASKED_AGAIN
    return agreement.requested is not None


def _decide(command: DecideConfirmation, mediation: MediationFile) -> list[Event]:
    _, about = require_agreement(mediation)
    decided = ConfirmationDecided(result=command.result, **about)
    if mediation.agreement.decided == decided:
        return []
    requested = mediation.agreement.requested
    if requested is None:
        raise ConfirmationNotRequested
    if mediation.agreement.decided:
        raise ConfirmationDecidedOtherwise
    if command.on < requested.requested_on:
        raise DecidedBeforeRequest
    return [decided]

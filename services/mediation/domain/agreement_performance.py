"""Performance of an agreement: checks, instalments, breaches [M31]."""

from datetime import date
from typing import assert_never

from services.mediation.domain.agreement_commands import (
    BreachAgreement,
    CheckPerformance,
    PerformAgreement,
    PerformanceCommand,
    PerformInstalment,
)
from services.mediation.domain.agreement_file import AgreementFile
from services.mediation.domain.agreement_refusals import (
    AgreementBreachedOtherwise,
    AgreementWasPerformed,
    CheckedOtherwise,
    InstalmentsOutstanding,
    InstalmentWasPerformed,
    NoAgreement,
    NoSuchInstalment,
    NothingWasPerformed,
    NotYetAgreed,
    PerformanceNotYetDue,
)
from services.mediation.domain.mediation_file import About, MediationFile
from services.mediation.domain.mediation_guards import routes_in_order
from shared.contracts.agreement_codes import BreachGround
from shared.contracts.agreements import (
    AgreementBreached,
    AgreementPerformed,
    InstalmentPartlyPerformed,
    InstalmentPerformed,
    MediationSucceeded,
    PerformanceChecked,
)
from shared.contracts.event import Event
from shared.contracts.mediation_codes import OtherRoute


class AboutAgreement(About):
    """Fields that every event about an agreement has."""

    agreement_id: str


def require_agreement(mediation: MediationFile) -> tuple[MediationSucceeded, AboutAgreement]:
    """The signed agreement and the common fields of its events; raises NoAgreement."""
    about = mediation.about()
    succeeded = mediation.agreement.succeeded
    if succeeded is None:
        raise NoAgreement
    return succeeded, {"agreement_id": succeeded.agreement_id, **about}


def require_agreed_by(day: date, succeeded: MediationSucceeded) -> None:
    """Require a day on or after the agreement's."""
    if day < succeeded.effective_on:
        raise NotYetAgreed


def perform(command: PerformanceCommand, mediation: MediationFile) -> list[Event]:
    """Decide a command about performance."""
    match command:
        case CheckPerformance():
            return _check(command, mediation)
        case PerformInstalment():
            return _perform_instalment(command, mediation)
        case PerformAgreement():
            return _perform(command, mediation)
        case BreachAgreement():
            return _breach(command, mediation)
        case never:
            assert_never(never)


def _check(command: CheckPerformance, mediation: MediationFile) -> list[Event]:
    succeeded, about = require_agreement(mediation)
    checked = PerformanceChecked(check_id=command.check_id, finding=command.finding, **about)
    known = mediation.agreement.checks.get(command.check_id)
    if known == checked:
        return []
    if known:
        raise CheckedOtherwise
    require_agreed_by(command.on, succeeded)
    return [checked]


def _perform_instalment(command: PerformInstalment, mediation: MediationFile) -> list[Event]:
    succeeded, about = require_agreement(mediation)
    number, agreement = command.instalment, mediation.agreement
    _require_instalment(number, succeeded)
    kind = InstalmentPerformed if command.in_full else InstalmentPartlyPerformed
    performed = kind(instalment=number, **about)
    if agreement.instalments.get(number) == performed:
        return []
    if agreement.performed(number):
        raise InstalmentWasPerformed(instalment=number)
    require_agreed_by(command.on, succeeded)
    if command.in_full and agreement.outstanding == (number,) and not agreement.undone:
        return [performed, AgreementPerformed(**about)]
    return [performed]


def _require_instalment(number: int, succeeded: MediationSucceeded) -> None:
    if not 1 <= number <= len(succeeded.instalments):
        raise NoSuchInstalment(field="instalment", instalment=number)


def _perform(command: PerformAgreement, mediation: MediationFile) -> list[Event]:
    succeeded, about = require_agreement(mediation)
    performed = AgreementPerformed(**about)
    if mediation.agreement.outcome == performed:
        return []
    if mediation.agreement.outstanding:
        raise InstalmentsOutstanding(instalment=mediation.agreement.outstanding[0])
    require_agreed_by(command.on, succeeded)
    return [performed]


def _breach(command: BreachAgreement, mediation: MediationFile) -> list[Event]:
    succeeded, about = require_agreement(mediation)
    agreement = mediation.agreement
    if command.instalment is not None:
        _require_instalment(command.instalment, succeeded)
    breached = AgreementBreached(
        ground=command.ground,
        routes_offered=_offered(command, agreement),
        instalment=command.instalment,
        **about,
    )
    stated = agreement.breaches.get(command.instalment)
    if stated == breached:
        return []
    require_agreed_by(command.on, succeeded)
    _require_ground(command, agreement, succeeded)
    if stated:
        raise AgreementBreachedOtherwise
    return [breached]


def _offered(command: BreachAgreement, agreement: AgreementFile) -> tuple[OtherRoute, ...]:
    return routes_in_order(
        command.routes_offered, enforceable=agreement.confirmed, field="routes_offered"
    )


def _require_ground(
    command: BreachAgreement, agreement: AgreementFile, succeeded: MediationSucceeded
) -> None:
    match command.ground:
        case BreachGround.NOT_PERFORMED | BreachGround.REFUSED:
            _refuse_if_performed(command.instalment, agreement)
        case BreachGround.DEFECTIVE | BreachGround.UNDONE:
            _require_performed(command.instalment, agreement)
    if command.ground is BreachGround.NOT_PERFORMED:
        _require_day_passed(command, _due_day(command.instalment, agreement, succeeded))


def _refuse_if_performed(instalment: int | None, agreement: AgreementFile) -> None:
    if isinstance(agreement.outcome, AgreementPerformed):
        raise AgreementWasPerformed
    if instalment is not None and agreement.performed(instalment):
        raise InstalmentWasPerformed(instalment=instalment)


def _require_performed(instalment: int | None, agreement: AgreementFile) -> None:
    """Require a performance, in full or in part, that may be defective or undone."""
    performed = agreement.instalments or isinstance(agreement.outcome, AgreementPerformed)
    if not (performed if instalment is None else instalment in agreement.instalments):
        raise NothingWasPerformed(field="ground")


def _due_day(
    instalment: int | None, agreement: AgreementFile, succeeded: MediationSucceeded
) -> date | None:
    """The due day of the instalment, else of the first outstanding one."""
    number = instalment or min(agreement.outstanding, default=None)
    return succeeded.instalments[number - 1] if number else None


def _require_day_passed(command: BreachAgreement, due: date | None) -> None:
    if due is None or command.on <= due:
        raise PerformanceNotYetDue(field="ground")

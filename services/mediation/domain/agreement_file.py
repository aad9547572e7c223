"""The state of an agreement: signing, performance, judicial confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from services.mediation.domain.mediation_state import MediationState
from shared.contracts.agreement_codes import BreachGround, ConfirmationResult
from shared.contracts.agreements import (
    AgreementBreached,
    AgreementEvent,
    AgreementPerformed,
    ConfirmationDecided,
    ConfirmationRequested,
    InstalmentPartlyPerformed,
    InstalmentPerformed,
    MediationSucceeded,
    PerformanceChecked,
)

TAKES_BACK = {BreachGround.DEFECTIVE, BreachGround.UNDONE}
"""Grounds of a breach that concern what had been performed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFile:
    """The state of an agreement; each fact is kept as it was published."""

    succeeded: MediationSucceeded | None = None
    checks: Mapping[str, PerformanceChecked] = field(default_factory=dict)
    instalments: Mapping[int, InstalmentPerformed | InstalmentPartlyPerformed] = field(
        default_factory=dict
    )
    outcome: AgreementPerformed | AgreementBreached | None = None
    """Performed or breached, whichever was recorded last: a breach may be remedied later."""
    breaches: Mapping[int | None, AgreementBreached] = field(default_factory=dict)
    """Open breaches by instalment, None for the whole; a remedied breach is removed."""
    requested: ConfirmationRequested | None = None
    decided: ConfirmationDecided | None = None

    @property
    def state(self) -> MediationState:
        """The state of the agreement, once there is one."""
        match self.outcome:
            case AgreementPerformed():
                return MediationState.PERFORMED
            case AgreementBreached():
                return MediationState.BREACHED
            case None:
                partly = bool(self.instalments)
                return MediationState.PARTLY_PERFORMED if partly else MediationState.AGREED

    @property
    def outstanding(self) -> tuple[int, ...]:
        """The numbers of the instalments that were not performed in full."""
        agreed = len(self.succeeded.instalments) if self.succeeded else 0
        return tuple(number for number in range(1, agreed + 1) if not self.performed(number))

    @property
    def next_due_on(self) -> date | None:
        """The due day of the first instalment that was not performed in full."""
        if self.succeeded is None or not self.outstanding:
            return None
        return self.succeeded.instalments[self.outstanding[0] - 1]

    @property
    def confirmed(self) -> bool:
        """Whether a court has confirmed it, so that it can be enforced [CPL206]."""
        return self.decided is not None and self.decided.result is ConfirmationResult.CONFIRMED

    @property
    def undone(self) -> bool:
        """Whether a breach of the whole states that what was performed is defective or undone."""
        whole = self.breaches.get(None)
        return whole is not None and whole.ground in TAKES_BACK

    def performed(self, instalment: int) -> bool:
        """Whether that instalment was performed in full."""
        return isinstance(self.instalments.get(instalment), InstalmentPerformed)


def agreement_after(agreement: AgreementFile, event: AgreementEvent) -> AgreementFile:
    """The agreement after a fact about it."""
    match event:
        case MediationSucceeded():
            return replace(agreement, succeeded=event)
        case PerformanceChecked(check_id=check):
            return replace(agreement, checks={**agreement.checks, check: event})
        case ConfirmationRequested():
            return replace(agreement, requested=event, decided=None)
        case ConfirmationDecided():
            return replace(agreement, decided=event)
        case _:
            return _after_performance(agreement, event)


def _after_performance(agreement: AgreementFile, event: AgreementEvent) -> AgreementFile:
    match event:
        case InstalmentPerformed(instalment=number):
            return _after_an_instalment(agreement, number, event)
        case InstalmentPartlyPerformed(instalment=number):
            return replace(agreement, instalments={**agreement.instalments, number: event})
        case AgreementPerformed():
            return replace(agreement, outcome=event, breaches={})
        case AgreementBreached():
            return _after_a_breach(agreement, event)
        case _:
            raise TypeError(f"{event.kind} is in no table of an agreement")


def _after_an_instalment(
    agreement: AgreementFile, number: int, event: InstalmentPerformed
) -> AgreementFile:
    """Remove the instalment's breach; without other breaches the agreement is not breached."""
    breaches = {which: each for which, each in agreement.breaches.items() if which != number}
    instalments = {**agreement.instalments, number: event}
    outcome = agreement.outcome if breaches else None
    return replace(agreement, instalments=instalments, breaches=breaches, outcome=outcome)


def _after_a_breach(agreement: AgreementFile, event: AgreementBreached) -> AgreementFile:
    """Add a breach; an instalment that is defective or undone is owed again."""
    which = event.instalment
    breaches = {**agreement.breaches, which: event}
    if event.ground not in TAKES_BACK:
        return replace(agreement, outcome=event, breaches=breaches)
    done = {number: each for number, each in agreement.instalments.items() if number != which}
    return replace(agreement, outcome=event, breaches=breaches, instalments=done)

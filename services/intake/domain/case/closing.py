"""办结 (closing): the file is closed with an outcome that the record supports.

The office closes a case that two people have checked, on evidence that the case has; a register
closes it as it did, but not against the record.
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.closing_check import require_checks
from services.intake.domain.case.ended import (
    CaseStillOpen,
    CaseWasClosed,
    refuse_if_withdrawal_is_in_effect,
)
from services.intake.domain.case.evidence import evidence_of
from services.intake.domain.case.notices import require_notice_of_refusal
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from services.intake.domain.case.outcomes import outcomes_a_register_may_state, outcomes_of
from services.intake.domain.closing_policy import BOTH_CHECKS, ClosingPolicy
from shared.contracts.case_codes import Outcome
from shared.contracts.event import Event
from shared.contracts.intake import CaseClosed
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """办结. A register names no evidence."""

    outcome: Outcome
    evidence: tuple[str, ...] | None = None
    """Digests of papers or vault entries of the case; None: those of the record that show the end."""
    policy: ClosingPolicy = BOTH_CHECKS
    origin: Origin = Origin.OFFICE


class OutcomeNotInRecord(Refusal):
    """The record does not support the outcome."""

    title = "The record does not support the outcome"


def close(command: CloseCase, case: CaseFile) -> list[Event]:
    """With an outcome that the record supports."""
    closed = CaseClosed(outcome=command.outcome, **case.about(command.origin))
    if case.holds(closed) or _says_the_same(command, case.closed):
        return []
    if case.closed:
        raise CaseWasClosed
    if command.origin is not Origin.OFFICE:
        _refuse_another_outcome(command, outcomes_a_register_may_state(case))
        return [closed]
    _refuse_to_close(command, case)
    evidence = evidence_of(command.outcome, case, named=command.evidence, policy=command.policy)
    return [closed.model_copy(update={"evidence": evidence})]


def _refuse_to_close(command: CloseCase, case: CaseFile) -> None:
    """Raise where the office itself may not close yet, or not like this."""
    refuse_if_withdrawal_is_in_effect(case)
    if command.outcome is Outcome.NOT_STATED:
        raise NotStatedOnlyByImport(field="outcome")
    supported = outcomes_of(case)
    if not supported:
        raise CaseStillOpen
    _refuse_another_outcome(command, supported)
    require_notice_of_refusal(case)
    require_checks(case, command.policy)


def _refuse_another_outcome(command: CloseCase, supported: set[Outcome]) -> None:
    if command.outcome not in supported:
        raise OutcomeNotInRecord(outcome=command.outcome.value)


def _says_the_same(command: CloseCase, before: CaseClosed | None) -> bool:
    """Whether the case is closed so; evidence that is left out is that on record."""
    if before is None or before.outcome is not command.outcome:
        return False
    return command.evidence in {None, before.evidence}

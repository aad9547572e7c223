"""办结 (closing): the file is closed with an outcome that the record supports."""

from dataclasses import dataclass
from typing import assert_never

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import (
    CaseStillOpen,
    CaseWasClosed,
    refuse_if_withdrawal_is_in_effect,
)
from services.intake.domain.case.notices import require_notice_of_refusal
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from shared.contracts.case_codes import Outcome, ResolvedHow
from shared.contracts.case_handling_codes import DeclineGround
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseLinked,
    CaseWithdrawn,
)
from shared.refusals import Refusal

_OF_A_DEPARTURE = {
    Outcome.WITHDRAWN,
    Outcome.DIVERTED,
    Outcome.LINKED,
    Outcome.DECLINED,
    Outcome.NO_FURTHER_ACCEPTANCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """办结."""

    outcome: Outcome
    origin: Origin = Origin.OFFICE


class OutcomeNotInRecord(Refusal):
    """The record does not support the outcome."""

    title = "The record does not support the outcome"


def close(command: CloseCase, case: CaseFile) -> list[Event]:
    """With an outcome that the record supports."""
    closed = CaseClosed(outcome=command.outcome, **case.about(command.origin))
    if case.holds(closed):
        return []
    if case.closed:
        raise CaseWasClosed
    supported = _outcomes_of(case)
    if command.origin is Origin.OFFICE:
        _refuse_to_close(command.outcome, supported, case)
    else:
        supported = _outcomes_a_register_may_state(case, supported)
    if command.outcome not in supported:
        raise OutcomeNotInRecord(outcome=command.outcome.value)
    if command.origin is Origin.OFFICE:
        require_notice_of_refusal(case)
    return [closed]


def _refuse_to_close(outcome: Outcome, supported: set[Outcome], case: CaseFile) -> None:
    """Raise where the office itself may not close yet, or not like this."""
    refuse_if_withdrawal_is_in_effect(case)
    if outcome is Outcome.NOT_STATED:
        raise NotStatedOnlyByImport(field="outcome")
    if not supported:
        raise CaseStillOpen


def _outcomes_of(case: CaseFile) -> set[Outcome]:
    match case.departed:
        case CaseWithdrawn():
            return {Outcome.WITHDRAWN}
        case CaseDiverted():
            return {Outcome.DIVERTED}
        case CaseLinked():
            return {Outcome.LINKED}
        case CaseDeclined(ground=DeclineGround.CONCLUDED):
            return {Outcome.NO_FURTHER_ACCEPTANCE}
        case CaseDeclined():
            return {Outcome.DECLINED}
        case None:
            return _outcomes_of_handling(case)
        case never:
            assert_never(never)


def _outcomes_of_handling(case: CaseFile) -> set[Outcome]:
    outcomes: set[Outcome] = set()
    if case.served:
        outcomes.add(Outcome[case.served.result.name])
    if case.resolved and case.resolved.how is ResolvedHow.AGREEMENT_PERFORMED:
        outcomes.add(Outcome.MEDIATED)
    if case.resolved and case.resolved.how is ResolvedHow.ON_THE_SPOT and not case.served:
        outcomes |= {Outcome.SUPPORTED, Outcome.EXPLAINED}
    return outcomes


def _outcomes_a_register_may_state(case: CaseFile, supported: set[Outcome]) -> set[Outcome]:
    """Less than the office has to, but nothing that contradicts the record."""
    if case.departed or case.served:
        return supported | {Outcome.NOT_STATED}
    return set(Outcome) - _OF_A_DEPARTURE

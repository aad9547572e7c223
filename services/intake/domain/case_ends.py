"""How a case ends, and how what had ended is opened again."""

from typing import assert_never

from services.intake.domain.case_commands import (
    CloseCase,
    DivertCase,
    LinkCase,
    Origin,
    ReopenCase,
    ResolveCase,
    WithdrawCase,
)
from services.intake.domain.case_file import CaseFile, Departure
from services.intake.domain.case_refusals import (
    CaseLinkedToItself,
    CaseNotAccepted,
    CaseNotAnswered,
    CaseResolvedOtherwise,
    CaseStillOpen,
    CaseWasClosed,
    CaseWasDiverted,
    CaseWasLinked,
    CaseWasResolved,
    CaseWasWithdrawn,
    LinkNeedsACase,
    NotStatedOnlyByImport,
    OutcomeNotInRecord,
    ReasonNotInRecord,
    WithdrawalWithoutStatement,
)
from shared.contracts.case_codes import Outcome, ReopenReason, ResolvedHow, Route
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseClosed,
    CaseDiverted,
    CaseLinked,
    CaseReopened,
    CaseResolved,
    CaseWithdrawn,
)

_NEEDS_AN_ANSWER = {
    ResolvedHow.OPINION_ACCEPTED,
    ResolvedHow.TIME_FOR_REVIEW_PASSED,
    ResolvedHow.FINAL_REVIEW,
}
_OF_A_DEPARTURE = {Outcome.WITHDRAWN, Outcome.DIVERTED, Outcome.LINKED}


def refuse_if_ended(case: CaseFile) -> None:
    """Whatever goes on with a case needs it to be open."""
    if case.departed:
        raise _refusal_after(case.departed)
    if case.closed:
        raise CaseWasClosed
    if case.resolved:
        raise CaseWasResolved


def _refusal_after(departure: Departure) -> CaseWasWithdrawn | CaseWasDiverted | CaseWasLinked:
    match departure:
        case CaseWithdrawn():
            return CaseWasWithdrawn()
        case CaseDiverted():
            return CaseWasDiverted()
        case CaseLinked():
            return CaseWasLinked()


def withdraw(command: WithdrawCase, case: CaseFile) -> list[Event]:
    """Only by the petitioner's own recorded statement; a register may be silent about it."""
    withdrawn = CaseWithdrawn(
        statement_recorded=command.statement_recorded, **case.about(command.origin)
    )
    if case.holds(withdrawn):
        return []
    silent = command.statement_recorded is None and command.origin is not Origin.OFFICE
    if not (command.statement_recorded or silent):
        raise WithdrawalWithoutStatement
    refuse_if_ended(case)
    return [withdrawn]


def divert(command: DivertCase, case: CaseFile) -> list[Event]:
    """To the statutory route that comes before the petition procedure."""
    diverted = CaseDiverted(route=command.route, **case.about(command.origin))
    if case.holds(diverted):
        return []
    if command.route is Route.NOT_STATED and command.origin is Origin.OFFICE:
        raise NotStatedOnlyByImport(field="route")
    refuse_if_ended(case)
    return [diverted]


def link(command: LinkCase, case: CaseFile) -> list[Event]:
    """Under the case that handles the matter; a register may not know which."""
    linked = CaseLinked(
        to_case_id=command.to_case_id, why=command.why, **case.about(command.origin)
    )
    if case.holds(linked):
        return []
    if command.to_case_id is None and command.origin is Origin.OFFICE:
        raise LinkNeedsACase
    if command.to_case_id == linked.case_id:
        raise CaseLinkedToItself
    refuse_if_ended(case)
    return [linked]


def resolve(command: ResolveCase, case: CaseFile) -> list[Event]:
    """In substance; after closing too, since the time for review runs on."""
    resolved = CaseResolved(how=command.how, on_site=command.on_site, **case.about(command.origin))
    if case.holds(resolved):
        return []
    if case.departed:
        raise _refusal_after(case.departed)
    if case.resolved:
        raise CaseResolvedOtherwise
    if command.origin is Origin.OFFICE:
        _require_grounds(command.how, case)
    return [resolved]


def _require_grounds(how: ResolvedHow, case: CaseFile) -> None:
    if case.accepted is None:
        raise CaseNotAccepted
    if how in _NEEDS_AN_ANSWER and case.served is None:
        raise CaseNotAnswered


def close(command: CloseCase, case: CaseFile) -> list[Event]:
    """With an outcome that the record supports."""
    closed = CaseClosed(outcome=command.outcome, **case.about(command.origin))
    if case.holds(closed):
        return []
    if case.closed:
        raise CaseWasClosed
    supported = _outcomes_of(case)
    if command.origin is not Origin.OFFICE:
        supported = _outcomes_a_register_may_state(case, supported)
    elif command.outcome is Outcome.NOT_STATED:
        raise NotStatedOnlyByImport(field="outcome")
    elif not supported:
        raise CaseStillOpen
    if command.outcome not in supported:
        raise OutcomeNotInRecord(outcome=command.outcome.value)
    return [closed]


def _outcomes_of(case: CaseFile) -> set[Outcome]:
    match case.departed:
        case CaseWithdrawn():
            return {Outcome.WITHDRAWN}
        case CaseDiverted():
            return {Outcome.DIVERTED}
        case CaseLinked():
            return {Outcome.LINKED}
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
    """Less than the office has to, but nothing against what the record says."""
    if case.departed or case.served:
        return supported | {Outcome.NOT_STATED}
    return set(Outcome) - _OF_A_DEPARTURE


def reopen(command: ReopenCase, case: CaseFile) -> list[Event]:
    """The acceptance stands; what ended the case no longer does."""
    reopened = CaseReopened(reason=command.reason, **case.about(command.origin))
    if not (case.departed or case.resolved or case.closed):
        if case.reopened == reopened:
            return []
        raise CaseStillOpen
    if command.origin is Origin.OFFICE:
        _require_reason(command.reason, case)
    return [reopened]


def _require_reason(reason: ReopenReason, case: CaseFile) -> None:
    match reason:
        case ReopenReason.NOT_STATED:
            raise NotStatedOnlyByImport(field="reason")
        case ReopenReason.WITHDRAWAL_REVOKED:
            supported = isinstance(case.departed, CaseWithdrawn)
        case ReopenReason.AGREEMENT_BREACHED:
            how = case.resolved and case.resolved.how
            supported = how is ResolvedHow.AGREEMENT_PERFORMED
        case _:
            supported = True
    if not supported:
        raise ReasonNotInRecord(reason=reason.value)

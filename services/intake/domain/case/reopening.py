"""Reopening: a case that had ended is open again."""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import CaseStillOpen
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from services.intake.domain.case.reviews import results
from shared.contracts.case_codes import ReopenReason, ResolvedHow
from shared.contracts.case_handling_codes import ReviewResult
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.event import Event
from shared.contracts.intake import CaseLinked, CaseReopened, CaseWithdrawn
from shared.contracts.unit_codes import HandOverReason
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenCase:
    """The case goes on, for a reason that the record supports."""

    reason: ReopenReason
    to_office: str | None = None
    """The petition office, where the unit or the post of the case has ended meanwhile."""
    origin: Origin = Origin.OFFICE


class ReasonNotInRecord(Refusal):
    """The record does not support the reason."""

    title = "The record does not support the reason"


class ReasonNoLongerStated(Refusal):
    """A review that upholds an opinion opens nothing: state review-changed or review-revoked."""

    status = 422
    title = "The reason is not stated any more"


_OF_A_REVIEW = {
    ReopenReason.REVIEW_CHANGED: ReviewResult.CHANGED,
    ReopenReason.REVIEW_REVOKED: ReviewResult.REVOKED,
}


def reopen(command: ReopenCase, case: CaseFile) -> list[Event]:
    """The acceptance remains; what ended the case no longer counts.

    A review that changed or revoked the opinion opens an answered case too.
    """
    reopened = CaseReopened(reason=command.reason, **case.about(command.origin))
    if command.reason is ReopenReason.REVIEW_UPHELD and command.origin is Origin.OFFICE:
        raise ReasonNoLongerStated(field="reason")
    reviewed = command.reason in _OF_A_REVIEW and case.served is not None
    if not (case.departed or case.resolved or case.closed or reviewed):
        if case.reopened == reopened:
            return []
        raise CaseStillOpen
    if command.origin is Origin.OFFICE:
        _require_reason(command.reason, case)
    return [reopened, *given_to(command.to_office, case)]


def given_to(office: str | None, case: CaseFile) -> list[Event]:
    """The petition office has a case that is open again and that nobody else would hold."""
    unit = case.responsible_unit
    if office is None or unit is None or (unit, case.handler) == (office, None):
        return []
    return [
        CaseHandedOver(
            from_unit=unit,
            from_post=case.handler,
            to_unit=office,
            reason=HandOverReason.REORGANISATION,
            **case.about(Origin.OFFICE),
        )
    ]


def _require_reason(reason: ReopenReason, case: CaseFile) -> None:
    match reason:
        case ReopenReason.NOT_STATED:
            raise NotStatedOnlyByImport(field="reason")
        case ReopenReason.WITHDRAWAL_REVOKED:
            supported = isinstance(case.departed, CaseWithdrawn)
        case ReopenReason.LINKED_IN_ERROR:
            supported = isinstance(case.departed, CaseLinked)
        case ReopenReason.AGREEMENT_BREACHED:
            how = case.resolved and case.resolved.how
            supported = how is ResolvedHow.AGREEMENT_PERFORMED
        case ReopenReason.REVIEW_CHANGED | ReopenReason.REVIEW_REVOKED:
            supported = _OF_A_REVIEW[reason] in results(case)
        case _:
            supported = True
    if not supported:
        raise ReasonNotInRecord(reason=reason.value)

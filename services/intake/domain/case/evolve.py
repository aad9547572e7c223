"""Every event of a case, and what it changes in the state."""

from dataclasses import replace

from services.intake.domain.case.case_file import Act, CaseFile, without_text_mark
from services.intake.domain.case.proceedings import Proceeding, Proceedings
from services.intake.domain.case.remit_state import Remit
from shared.contracts.case_handling_codes import DocumentKind, FilingFact
from shared.contracts.case_holding import CaseHandedOver, CaseRouted, RecusalRecorded
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReferredToMediation,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    FilingCorrected,
    FilingVoided,
    MediationOutcomeNoted,
    OpinionIssued,
    OpinionServed,
)
from shared.contracts.transfers import (
    CaseAssigned,
    CaseReturned,
    RemitObjected,
    RemitObjectionDecided,
    RemitTaken,
    TransferNoted,
)
from shared.decider import EventOfAnotherAggregate
from shared.divisions import division_of

Transfer = (
    CaseAssigned
    | RemitTaken
    | RemitObjected
    | RemitObjectionDecided
    | CaseReturned
    | TransferNoted
)
CaseFact = (
    CaseFiled
    | FilingCorrected
    | FilingVoided
    | CaseForwarded
    | CaseReferredToMediation
    | MediationOutcomeNoted
    | CaseAccepted
    | CaseDeclined
    | OpinionIssued
    | OpinionServed
    | CaseReplied
    | CaseResolved
    | CaseWithdrawn
    | CaseDiverted
    | CaseLinked
    | CaseClosed
    | CaseReopened
    | Proceeding
    | Transfer
)
"""Every event of a case's stream; each of them changes the state."""

_REMAINING = {
    CaseFiled.kind,
    CaseForwarded.kind,
    CaseReferredToMediation.kind,
    MediationOutcomeNoted.kind,
    CaseAccepted.kind,
    CaseRouted.kind,
    CaseHandedOver.kind,
    RecusalRecorded.kind,
}


_OF_A_DEPARTURE = (
    DocumentKind.DECLINED,
    DocumentKind.NO_FURTHER_ACCEPTANCE,
    DocumentKind.LINKED,
)


def evolve(case: CaseFile, event: Event) -> CaseFile:
    """The case after an event; EventOfAnotherAggregate for one that does not belong to a case.

    No event is left out silently: a state that misses one could decide wrongly.
    """
    if not isinstance(event, CaseFact):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a case")
    imported = case.imported | {without_text_mark(event)} if event.imported else case.imported
    after = _after(case, event)
    return replace(
        after,
        version=case.version + 1,
        imported=imported,
        first_act=_first_act(case, event),
        marks={**after.marks, event.kind: case.mark},
    )


def _first_act(case: CaseFile, event: CaseFact) -> Act | None:
    if isinstance(event, CaseFiled | FilingCorrected | FilingVoided):
        return case.first_act
    act = Act(event.kind, case.on)
    return act if case.first_act is None or act.on < case.first_act.on else case.first_act


def _after(case: CaseFile, event: CaseFact) -> CaseFile:  # noqa: C901, PLR0911, PLR0912
    match event:
        case CaseFiled():
            remit = Remit(came_from=event.from_case_id) if event.from_case_id else None
            return replace(case, filed=event, registration=event, remit=remit)
        case FilingCorrected():
            return replace(case, registration=_corrected(case, event))
        case FilingVoided():
            return replace(case, voided=event)
        case CaseForwarded():
            return _forwarded(_untold(case, DocumentKind.FORWARDED), event)
        case CaseAssigned():
            return _passed(_untold(case, DocumentKind.FORWARDED), event)
        case RemitTaken() | RemitObjected() | CaseReturned():
            return replace(case, remit=(case.remit or Remit()).after(event))
        case RemitObjectionDecided():
            return replace(case, transfers=case.transfers.after_decision(event))
        case TransferNoted():
            return _noted(case, event)
        case CaseReferredToMediation() | MediationOutcomeNoted():
            return replace(case, mediation=case.mediation.after(event, case.mark))
        case CaseAccepted():
            return replace(_untold(case, DocumentKind.ACCEPTED), accepted=event)
        case OpinionIssued():
            return replace(case, issued=event, proceedings=_with_document(case, event))
        case OpinionServed():
            return _unchecked(replace(case, served=event, proceedings=_with_document(case, event)))
        case CaseReplied():
            return replace(case, replied=event)
        case CaseResolved():
            return _unchecked(replace(case, resolved=event))
        case CaseWithdrawn() | CaseDiverted() | CaseLinked() | CaseDeclined():
            return _unchecked(replace(_untold(case, *_OF_A_DEPARTURE), departed=event))
        case CaseClosed():
            return replace(case, closed=event)
        case CaseReopened():
            return _reopened(case, event)
        case _:
            return replace(case, proceedings=case.proceedings.after(event, case.mark))


def _forwarded(case: CaseFile, event: CaseForwarded) -> CaseFile:
    """Within the division, or out of it."""
    forwarded = replace(case, forwarded=event)
    if event.to_division in {None, division_of(event.case_id)}:
        return forwarded
    return _passed(forwarded, event)


def _passed(case: CaseFile, event: CaseForwarded | CaseAssigned) -> CaseFile:
    home = case.home_case_id or event.case_id
    transfers = case.transfers.after_passing(event, case.mark, home_case_id=home)
    return replace(case, transfers=transfers)


def _noted(case: CaseFile, event: TransferNoted) -> CaseFile:
    """A matter that came back was not forwarded: it may go the same way again."""
    transfers = case.transfers.after_note(event, case.mark)
    is_back = case.transfers.current is not None and transfers.current is None
    forwarded = None if is_back else case.forwarded
    return replace(
        case, transfers=transfers, forwarded=forwarded, registration=_as_returned(case, event)
    )


def _as_returned(case: CaseFile, event: TransferNoted) -> CaseFiled | None:
    """The registration, with the unit complained of as the receiver of the matter corrected it."""
    if case.registration is None or (event.complained_unit or event.complained_mark) is None:
        return case.registration
    return case.registration.model_copy(
        update={
            "complained_unit": event.complained_unit,
            "complained_mark": event.complained_mark,
            "complained_division": event.complained_division,
        }
    )


def _untold(case: CaseFile, *notices: DocumentKind) -> CaseFile:
    return replace(case, proceedings=case.proceedings.untold(*notices))


def _with_document(case: CaseFile, event: OpinionIssued | OpinionServed) -> Proceedings:
    return case.proceedings.with_document(event, case.mark)


def _corrected(case: CaseFile, event: FilingCorrected) -> CaseFiled | None:
    """The registration with the new values of what was corrected, and the matter it is of since."""
    if case.registration is None:
        return None
    corrected = {each.field: getattr(event, each.field) for each in event.changed}
    if FilingFact.COMPLAINED_UNIT in event.changed:
        corrected["complained_mark"] = event.complained_mark
    return case.registration.model_copy(update=corrected | {"matter_id": event.matter_id})


def _reopened(case: CaseFile, event: CaseReopened) -> CaseFile:
    """The filing, the forwarding and the acceptance remain; what came after them is open again."""
    return CaseFile(
        marks={kind: mark for kind, mark in case.marks.items() if kind in _REMAINING},
        filed=case.filed,
        registration=case.registration,
        voided=case.voided,
        forwarded=case.forwarded,
        mediation=case.mediation.read(),
        accepted=case.accepted,
        reopened=event,
        answered_before=bool(case.served or case.replied or case.answered_before),
        proceedings=case.proceedings.reopened(),
        transfers=case.transfers,
        remit=case.remit,
        unit_marks=case.unit_marks,
    )


def _unchecked(case: CaseFile) -> CaseFile:
    return replace(case, proceedings=case.proceedings.unchecked())

"""What is raised about a matter, by whichever way, and what answers it."""

from services.grid.domain.rules.cases import is_sealing
from services.grid.domain.rules.facts import RuleFact, Says, Stated, fact
from shared.cloudevents import RecordedEvent
from shared.contracts.case_handling_codes import FilingFact
from shared.contracts.case_holding import CaseHandedOver, CaseRouted
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportCorrected,
    GridReportDispatched,
    GridReportHandled,
    GridReportSubmitted,
)
from shared.contracts.intake import (
    CaseAccepted,
    CaseFiled,
    CaseReplied,
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.contracts.mediation import MediationApplied
from shared.contracts.signal_codes import SignalLinkReason
from shared.contracts.signals import (
    SignalCorrected,
    SignalLinked,
    SignalReceived,
    WorkOrderAnswered,
    WorkOrderAssigned,
    WorkOrderOpened,
)
from shared.contracts.transfer_codes import TransferStep
from shared.contracts.transfers import TransferNoted

RAISING_AND_ANSWERING = (
    CaseFiled,
    FilingCorrected,
    FilingVoided,
    CaseRouted,
    CaseAccepted,
    CaseHandedOver,
    OpinionServed,
    CaseReplied,
    TransferNoted,
    GridReportSubmitted,
    GridReportCorrected,
    GridReportDispatched,
    GridReportHandled,
    SignalReceived,
    SignalCorrected,
    SignalLinked,
    WorkOrderOpened,
    WorkOrderAssigned,
    WorkOrderAnswered,
    MediationApplied,
)


Found = tuple[str, RuleFact] | None


def raisings_of(recorded: RecordedEvent, event: Event) -> Stated:
    """The matter, with the fact that it was raised, answered, held by a unit, or is sealed."""
    found = (
        _case(recorded, event)
        or _raising(recorded, event)
        or _holding(recorded, event)
        or _answering(recorded, event)
    )
    if found is None:
        return _complaint(recorded, event)
    # before anything is judged it is known of whom the record complains
    return [*_complaint(recorded, event), found] if found[1].says is Says.RAISED else [found]


def _case(recorded: RecordedEvent, event: Event) -> Found:
    match event:
        case CaseFiled() | FilingCorrected() | CaseRouted() if is_sealing(event):
            return event.matter_id, fact(recorded, Says.SEALED)
        case CaseFiled(from_case_id=None, report_id=None):
            case = event.case_id
            return event.matter_id, fact(recorded, Says.RAISED, case, record=case)
        case FilingCorrected() if FilingFact.REPEAT_OF in event.changed:
            case, at = event.case_id, event.registered_at
            return event.matter_id, fact(recorded, Says.RAISED, case, at=at, record=case)
        case FilingVoided():
            case = event.case_id
            return event.matter_id, fact(recorded, Says.VOIDED, case, record=case)
        case _:
            return None


def _raising(recorded: RecordedEvent, event: Event) -> Found:
    match event:
        case MediationApplied(case_id=None, report_id=None):
            return event.matter_id, fact(recorded, Says.RAISED, event.mediation_id)
        case GridReportSubmitted():
            return event.matter_id, fact(recorded, Says.RAISED, event.report_id)
        case SignalReceived():
            return event.matter_id, fact(recorded, Says.RAISED, event.signal_id)
        case SignalLinked(why=SignalLinkReason.SAME_MATTER, moved_from=None):
            return event.to_matter_id, fact(recorded, Says.RAISED, event.signal_id)
        case _:
            return None


def _complaint(recorded: RecordedEvent, event: Event) -> Stated:
    """Of which unit a record complains, by its mark or code, also where it is no raising of its own."""
    match event:
        case GridReportSubmitted() | GridReportCorrected() if unit := (
            event.about_mark or event.about_unit
        ):
            return [(event.matter_id, fact(recorded, Says.COMPLAINED, unit, unit=unit))]
        case (
            CaseFiled()
            | FilingCorrected()
            | MediationApplied()
            | SignalReceived()
            | SignalCorrected()
        ) if name := event.complained_mark or event.complained_unit:
            return [(event.matter_id, fact(recorded, Says.COMPLAINED, name, unit=name))]
        case _:
            return []


def _holding(recorded: RecordedEvent, event: Event) -> Found:
    match event:
        case CaseAccepted():
            return event.matter_id, fact(recorded, Says.HELD, unit=event.responsible_unit)
        case CaseHandedOver() | GridReportDispatched() | WorkOrderOpened() | WorkOrderAssigned():
            return event.matter_id, fact(recorded, Says.HELD, unit=event.to_unit)
        case _:
            return None


def _answering(recorded: RecordedEvent, event: Event) -> Found:
    match event:
        case OpinionServed() | CaseReplied() | WorkOrderAnswered(case_id=None):
            return event.matter_id, fact(recorded, Says.ANSWERED)
        case GridReportHandled():
            return event.matter_id, fact(recorded, Says.ANSWERED, unit=event.by_unit)
        case TransferNoted(step=TransferStep.ANSWERED):
            return event.matter_id, fact(recorded, Says.ANSWERED, unit=event.to_unit)
        case _:
            return None

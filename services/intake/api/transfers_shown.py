"""The way of a matter across ledgers as a case shows it: who holds it, its hops, what is due."""

from datetime import date, datetime

from services.intake.api.office import Office
from services.intake.domain.case import CaseFile
from services.intake.domain.case.remit_state import BINDING
from services.intake.domain.case.transfers import Holder, Hop
from shared.contracts.transfer_codes import (
    ObjectionReason,
    RemitHow,
    ReturnReason,
    TransferEnd,
    TransferStep,
)
from shared.http import Body


class HolderShown(Body):
    """The one unit that holds the matter, as far as this case was told; its home knows it."""

    division: str
    unit: str
    case_id: str
    on_its_way: bool
    """True until the receiver's case exists."""


class HopShown(Body):
    """One step of the matter into another ledger, and what was noted of it last."""

    case_id: str
    came_from: str | None
    division: str
    unit: str
    passed_on: date
    assigned: bool
    report_due: datetime | None
    step: TransferStep | None
    end: TransferEnd | None


class RemitShown(Body):
    """What was done with a matter that came from another ledger."""

    came_from: str | None
    object_until: date | None
    """The last day to object; null where the matter was assigned or came to the superior."""
    taken: RemitHow | None
    objected: ObjectionReason | None
    returned: ReturnReason | None


class TransfersShown(Body):
    """Null and empty for a matter that never left its ledger."""

    home_case_id: str
    """The case by which the matter was first filed."""
    holder: HolderShown | None
    report_due: datetime | None
    """When the closing report of what was passed on last is due."""
    remit: RemitShown | None
    hops: list[HopShown]


def transfers_shown(office: Office, case: CaseFile, *, recorded_on: date) -> TransfersShown:
    """Of a case whose filing was recorded on that day."""
    holder, current = case.holder, case.transfers.current
    return TransfersShown(
        home_case_id=case.required.home_case_id or case.required.case_id,
        holder=_holder(holder) if holder else None,
        report_due=current.report_due if current else None,
        remit=_remit(office, case, recorded_on),
        hops=[_hop(each) for each in case.transfers.hops],
    )


def _holder(holder: Holder) -> HolderShown:
    return HolderShown(
        division=holder.division,
        unit=holder.unit,
        case_id=holder.case_id,
        on_its_way=holder.on_its_way,
    )


def _remit(office: Office, case: CaseFile, recorded_on: date) -> RemitShown | None:
    remit, received_on = case.remit, case.received_on
    if remit is None or received_on is None:
        return None
    binding = remit.taken is not None and remit.taken.how in BINDING
    return RemitShown(
        came_from=remit.came_from,
        object_until=None
        if binding
        else office.objection_until(received_on, recorded_on=recorded_on),
        taken=remit.taken.how if remit.taken else None,
        objected=remit.objected.reason_code if remit.objected else None,
        returned=remit.returned.why if remit.returned else None,
    )


def _hop(hop: Hop) -> HopShown:
    return HopShown(
        case_id=hop.case_id,
        came_from=hop.came_from,
        division=hop.division,
        unit=hop.unit,
        passed_on=hop.on,
        assigned=hop.assigned,
        report_due=hop.report_due,
        step=hop.step,
        end=hop.note.end if hop.note else None,
    )

"""The route by which the office itself opens a work order for what a grid report tells of."""

from typing import Annotated

from fastapi import Response

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.report_access import is_hidden
from services.grid.api.roles import KEEPING
from services.grid.api.signal_answer import SignalAnswer
from services.grid.api.signal_bodies import OrderNumber
from services.grid.domain.named_ids import department_order_id
from services.grid.domain.report import Report
from services.grid.domain.report.about import ReportGoesOneLevelUp, name_of, refuse_unit
from services.grid.domain.report.converting import may_be_converted
from services.grid.domain.signal import Signal, SignalCommand
from services.grid.domain.signal.ordering import OpenWorkOrder, WorkOrderOpenedOtherwise
from services.grid.store import complained_units
from services.grid.store.vault_files import EntryKind, file_of_signal
from shared.contracts.grid_reports import GridReportSubmitted
from shared.contracts.signal_codes import OrderNature
from shared.contracts.words import UnitRef
from shared.divisions import Identifier, TownshipCode, division_of, new_id, village_of
from shared.handling import Prepared, Record
from shared.http import Idempotency, Router
from shared.identity import Actor, requires
from shared.ledger import Statement
from shared.office import ReportedLater, begin, command_documents
from shared.office.occurrence_time import Day
from shared.refusals import Refusal
from shared.vault import PersonErased, keep
from shared.vault.bodies import Narrative

router = Router(tags=["signals"])


class ReportTakesNoOrder(Refusal):
    """An order is opened for a valid report of the township that is neither converted nor handled."""

    status = 422
    title = "The report takes no work order"


class OpenOrderBody(ReportedLater):
    """For which report, which unit has to answer, and by when."""

    report_id: Identifier
    to_unit: UnitRef
    number: OrderNumber | None = None
    nature: OrderNature = OrderNature.NOT_STATED
    due_on: Day | None = None
    words: Narrative | None = None


@router.post(
    "/townships/{division}/work-orders",
    status_code=201,
    **command_documents(SignalAnswer)(
        ReportTakesNoOrder, ReportGoesOneLevelUp, WorkOrderOpenedOtherwise, PersonErased
    ),
)
async def open_work_order(
    division: TownshipCode,
    body: OpenOrderBody,
    actor: Annotated[Actor, requires(*KEEPING, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """部门工单: a department is asked for what a report tells of; then the report is converted to it."""
    numbered = body.number is not None
    order_id = department_order_id(division, body.number) if body.number else new_id(division)

    async def prepare(record: Record[Signal]) -> Prepared[SignalCommand, Signal]:
        report = await _report(office, actor, division, body, known=record.state)
        digest, kept = await _into_the_vault(office, record, order_id, body.words)
        known = _submitted(report)
        stored = await complained_units.complained_unit(office.pool, division, known.report_id)
        unit = stored or known.about_unit
        complaint = [] if unit is None else [complained_units.keep(order_id, unit)]
        return Prepared(
            command=_command(body, _submitted(report), order_id, digest),
            at=body.moment(actor, now=office.now()),
            looked_up={body.report_id: report.version},
            writes_about=lambda events: [*kept, *complaint] if events else (),
        )

    return await begin(
        office.signals,
        prepare,
        service=SERVICE,
        stream_id=order_id,
        actor=actor,
        key=key,
        address="/signals/{signal_id}",
        begins=not numbered,
    )


async def _report(
    office: Office, actor: Actor, division: str, body: OpenOrderBody, *, known: Signal
) -> Record[Report]:
    """The report as whoever asks may see it; raises ReportTakesNoOrder, ReportGoesOneLevelUp."""
    if division_of(body.report_id) != division:
        raise ReportTakesNoOrder(field="report_id")
    record = await office.reports.read(division, body.report_id)
    report = record.state
    again = known.opened is not None and known.opened.report_id == body.report_id
    if await is_hidden(office, actor, report) or not (again or may_be_converted(report)):
        raise ReportTakesNoOrder(field="report_id")
    refuse_unit(body.to_unit, _submitted(record), office.marks)
    return record


def _submitted(report: Record[Report]) -> GridReportSubmitted:
    if report.state.known is None:
        raise AssertionError("a valid report that nobody submitted")
    return report.state.known


def _command(
    body: OpenOrderBody, report: GridReportSubmitted, order_id: str, digest: str | None
) -> OpenWorkOrder:
    """The order is about the report's matter and place."""
    return OpenWorkOrder(
        order_id=order_id,
        matter_id=report.matter_id,
        to_unit=body.to_unit,
        nature=body.nature,
        category=report.matter_category,
        number=body.number,
        due_on=body.due_on,
        report_id=body.report_id,
        village_code=village_of(report.grid_code),
        grid_code=report.grid_code,
        complained_unit=name_of(report),
        complained_division=report.about_division,
        words_digest=digest,
    )


async def _into_the_vault(
    office: Office, record: Record[Signal], order_id: str, words: str | None
) -> tuple[str | None, list[Statement]]:
    """The digest of the words, and what keeps them: an order has a file of its own from the start."""
    division = division_of(order_id)
    is_new = not record.state.version
    if is_new:
        file = office.vault.begin(order_id)
    elif words is None:
        return None, []
    else:
        file = await file_of_signal(office.vault, division, order_id)
    entries = [file.entry(EntryKind.SIGNAL, {"words": words})] if words else []
    digest = entries[0].digest if entries else None
    return digest, keep(division, [file] if is_new else [], entries)

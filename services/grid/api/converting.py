"""The route by which a valid report is converted to a case, a mediation or a work order."""

from collections.abc import Sequence
from functools import partial

from fastapi import Response

from services.grid.api.report_context import (
    ByTheDesk,
    RemarkBody,
    ReportContext,
    Step,
    carry_out,
    documented,
)
from services.grid.domain.report.converting import ConversionNamesItsRecord, ConvertReport
from services.grid.domain.signal import Signal
from services.grid.store.order_outcomes import rows_of_conversion
from shared.contracts.report_codes import ConvertedTo, ReportStep
from shared.divisions import Identifier, county_of, division_of
from shared.http import Router
from shared.ledger import NewEvent, Statement
from shared.refusals import Refusal, invalid

router = Router(prefix="/reports/{report_id}", tags=["reports"])


class WorkOrderNotFound(Refusal):
    """A report is converted to an order that was opened for it and is not void."""

    status = 422
    title = "No such work order"


class ConvertBody(RemarkBody):
    """As what the matter goes on: a mediation names its committee, a work order its id."""

    to: ConvertedTo
    committee_id: Identifier | None = None
    order_id: Identifier | None = None


@router.post(
    "/convert",
    **documented(ConversionNamesItsRecord, WorkOrderNotFound),
)
async def convert(body: ConvertBody, context: ByTheDesk) -> Response:
    """转办: the matter goes on as a case, a mediation or a work order; a term runs until it is taken up.

    What the order was answered already is noted at once.
    """
    _check_committee(context, body.committee_id)
    order = _NamedOrder(context, body.order_id)
    return await carry_out(
        context,
        body,
        partial(_command, body),
        look_up=order.look_up,
        along=order.rows,
    )


def _command(body: ConvertBody, step: Step) -> ConvertReport:
    return ConvertReport(
        to=body.to,
        committee_id=body.committee_id,
        order_id=body.order_id,
        words_digest=step.words_digest,
        term=None if body.order_id else step.term(ReportStep.TAKE_UP),
    )


class _NamedOrder:
    """The order to which a report is converted."""

    def __init__(self, context: ReportContext, order_id: str | None) -> None:
        self._context, self._order_id = context, order_id
        self._found = Signal()

    async def look_up(self) -> dict[str, int]:
        """Its version; raises WorkOrderNotFound."""
        order_id, context = self._order_id, self._context
        if order_id is None:
            return {}
        if division_of(order_id) != context.division:
            raise WorkOrderNotFound(field="order_id")
        record = await context.office.signals.read(context.division, order_id)
        opened = record.state.opened
        is_for_it = opened is not None and opened.report_id == context.stream_id
        if not is_for_it or record.state.voided is not None:
            raise WorkOrderNotFound(field="order_id")
        self._found = record.state
        return {order_id: record.version}

    def rows(self, converted: Sequence[NewEvent]) -> Sequence[Statement]:
        """What notes the answer that it has."""
        return rows_of_conversion(self._found, converted)


def _check_committee(context: ReportContext, committee_id: str | None) -> None:
    """Another township's committee may be asked, another county's nobody follows."""
    if committee_id is not None and county_of(committee_id) != county_of(context.division):
        raise invalid("committee_id", "The committee is of another county")

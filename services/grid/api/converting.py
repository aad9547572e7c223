"""The route by which a valid report is converted to a case, a mediation or a work order."""

from functools import partial

from fastapi import Response

from services.grid.api.report_context import (
    ByTheDesk,
    RemarkBody,
    ReportContext,
    carry_out,
    documented,
)
from services.grid.domain.report.converting import ConversionNamesItsRecord, ConvertReport
from shared.contracts.report_codes import ConvertedTo
from shared.divisions import Identifier, county_of, division_of
from shared.http import Router
from shared.refusals import Refusal, invalid

router = Router(prefix="/reports/{report_id}", tags=["reports"])


class WorkOrderNotFound(Refusal):
    """A report is converted to an order that was opened for it, and is not answered yet."""

    status = 422
    title = "No such work order"


class ConvertBody(RemarkBody):
    """As what the matter goes on: a mediation names its committee, a work order its id."""

    to: ConvertedTo
    committee_id: Identifier | None = None
    order_id: Identifier | None = None


@router.post("/convert", **documented(ConversionNamesItsRecord, WorkOrderNotFound))
async def convert(body: ConvertBody, context: ByTheDesk) -> Response:
    """转办: the matter goes on as a case, a mediation or a work order; no term runs meanwhile."""
    _check_committee(context, body.committee_id)
    return await carry_out(
        context,
        body,
        lambda step: ConvertReport(
            to=body.to,
            committee_id=body.committee_id,
            order_id=body.order_id,
            words_digest=step.words_digest,
        ),
        look_up=partial(_order, context, body.order_id),
    )


async def _order(context: ReportContext, order_id: str | None) -> dict[str, int]:
    """The version of the order; raises WorkOrderNotFound."""
    if order_id is None:
        return {}
    if division_of(order_id) != context.division:
        raise WorkOrderNotFound(field="order_id")
    record = await context.office.signals.read(context.division, order_id)
    opened = record.state.opened
    if record.state.answered or opened is None or opened.report_id != context.stream_id:
        raise WorkOrderNotFound(field="order_id")
    return {order_id: record.version}


def _check_committee(context: ReportContext, committee_id: str | None) -> None:
    """Another township's committee may be asked, another county's nobody follows."""
    if committee_id is not None and county_of(committee_id) != county_of(context.division):
        raise invalid("committee_id", "The committee is of another county")

"""The route by which whoever takes a converted report up reads it; every reading is recorded.

They take person and words into their own vault by an ordinary command of their service.
"""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Response

from services.grid.api.office import TheOffice
from services.grid.api.report_access import require_visible
from services.grid.api.report_words import WordsShown, shown_words
from services.grid.domain.report import Report, ReportNotFound, ReportState
from services.grid.domain.report.conversion import Conversion
from services.grid.store.report_reads import note_read
from shared.contracts.report_codes import ConvertedTo
from shared.divisions import Identifier, county_of, division_of, in_scope
from shared.http import AtLeast, Router, answered, correlation_id, refused_with
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.refusals import Refusal
from shared.vault import PersonErased

_BY: Mapping[ConvertedTo, frozenset[Role]] = {
    ConvertedTo.CASE: frozenset({Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER}),
    ConvertedTo.MEDIATION: frozenset({Role.MEDIATOR, Role.CLERK, Role.TOWNSHIP_LEADER}),
    ConvertedTo.WORK_ORDER: frozenset(),
}
"""Who takes it up. Grid knows no roster: any mediator of the committee's township may."""
_ROLES = (Role.CLERK, Role.HANDLER, Role.MEDIATOR, Role.TOWNSHIP_LEADER)

router = Router(prefix="/reports/{report_id}", tags=["reports"])


class NothingToTakeOver(Refusal):
    """The report is not converted, or whoever had it has come to an end with it."""

    title = "There is nothing to take over"


class NotForThisOffice(Refusal):
    """The report was converted to a record of another office."""

    status = 403
    title = "Another office takes the report up"


@router.get(
    "/for-take-over",
    response_model=WordsShown,
    responses=refused_with(ReportNotFound, NothingToTakeOver, NotForThisOffice, PersonErased),
)
async def for_take_over(
    report_id: Identifier,
    actor: Annotated[Actor, requires(*_ROLES)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """转办移交: words and persons of a report for the office to which it was converted.

    Another township's committee that was asked reads it too.
    """
    await wait_to_show(office, actor, at_least)
    scope = county_of(actor.scope)
    report = (await office.reports.read(scope, report_id)).state
    _require_taker(actor, report, report_id)
    shown = await shown_words(office, scope, report)
    await note_read(office.pool, actor, report_id, correlation_id())
    return answered(shown)


def _require_taker(actor: Actor, report: Report, report_id: str) -> None:
    """Raise ReportNotFound where it is no business of theirs; otherwise say why it is not shown."""
    require_visible(actor, report)
    conversion = report.conversion if report.state is ReportState.CONVERTED else None
    if conversion is not None and _takes_up(actor, conversion):
        return
    if report.submitted is None or not in_scope(actor.scope, division_of(report_id)):
        raise ReportNotFound
    raise NothingToTakeOver if conversion is None else NotForThisOffice


def _takes_up(actor: Actor, conversion: Conversion) -> bool:
    """Whether the conversion is to the actor's office, in the township that keeps the record."""
    record_id = conversion.record_id
    if record_id is None or actor.role not in _BY[conversion.fact.to]:
        return False
    return in_scope(actor.scope, division_of(record_id))

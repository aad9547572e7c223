"""The route by which whoever takes a converted report up reads it; every reading is recorded.

They take person and words into their own vault by an ordinary command of their service.
"""

from typing import Annotated

from fastapi import Response
from pydantic import BaseModel

from services.grid.api.office import Office, TheOffice
from services.grid.api.report_access import (
    RecusedFromMatter,
    refuse_recused,
    require_visible,
    takes_over,
)
from services.grid.api.report_words import WordsShown, shown_words
from services.grid.domain.report import Report, ReportNotFound
from services.grid.store.report_reads import note_read
from shared.divisions import Identifier, county_of, division_of, in_scope
from shared.http import AtLeast, Router, answered, correlation_id, refused_with
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.openings import note_shown
from shared.refusals import Refusal
from shared.vault import PersonErased

_ROLES = (Role.CLERK, Role.MEDIATOR, Role.TOWNSHIP_LEADER)

router = Router(prefix="/reports/{report_id}", tags=["reports"])


class NothingToTakeOver(Refusal):
    """The report is not converted, or whoever had it has come to an end with it."""

    title = "There is nothing to take over"


class NotForThisOffice(Refusal):
    """The report was converted to a record of another office."""

    status = 403
    title = "Another office takes the report up"


class AttachedShown(BaseModel):
    """A file of the report, read by its digest in the report's own township."""

    digest: str
    media_type: str
    of: str


class TakeOverShown(WordsShown):
    """What was said and of whom, and which files belong to it."""

    attachments: list[AttachedShown]


@router.get(
    "/for-take-over",
    response_model=TakeOverShown,
    responses=refused_with(
        ReportNotFound, NothingToTakeOver, NotForThisOffice, RecusedFromMatter, PersonErased
    ),
)
async def for_take_over(
    report_id: Identifier,
    actor: Annotated[Actor, requires(*_ROLES, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """转办移交: words and persons of a report for the office to which it was converted.

    Another township's committee that was asked reads it too.
    """
    await wait_to_show(office, actor, at_least)
    scope = county_of(actor.scope)
    report = (await office.reports.read(scope, report_id)).state
    await _require_taker(office, actor, report, report_id)
    shown = await shown_words(office, scope, report)
    await note_read(office.pool, actor, report_id, correlation_id())
    await note_shown(office, actor, [report_id], route="GET /reports/{report_id}/for-take-over")
    files = [each.model_dump(include={"digest", "media_type", "of"}) for each in report.attached]
    return answered(shown | {"attachments": files})


async def _require_taker(office: Office, actor: Actor, report: Report, report_id: str) -> None:
    """Raise ReportNotFound where it is no business of theirs; otherwise say why it is not shown."""
    await require_visible(office, actor, report)
    if await takes_over(office, actor, report):
        await refuse_recused(office, actor, report)
        return
    if report.submitted is None or not in_scope(actor.scope, division_of(report_id)):
        raise ReportNotFound
    raise NotForThisOffice if report.is_converted else NothingToTakeOver

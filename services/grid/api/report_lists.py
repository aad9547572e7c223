"""The routes by which reports are looked at: lists, one with its history, and what was said."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.grid.api.accusing_reports import shown_lines, summary_and_hidden
from services.grid.api.command_answers import ReportAnswer
from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.record_probes import report_actions
from services.grid.api.report_access import (
    RecusedFromMatter,
    grids_today,
    has_order_of,
    is_accusation,
    is_of_unit,
    kept_from,
    refuse_recused,
    require_visible,
    serves_grid_of,
)
from services.grid.api.report_words import WordsShown, shown_words
from services.grid.api.roles import NAMING, READING
from services.grid.domain.report import Report, ReportNotFound
from services.grid.store.own_reports import open_in
from services.grid.store.report_board import REPORTS, ReportLine
from services.grid.store.report_reads import note_read
from shared.board import Asked
from shared.divisions import Identifier, TownshipCode
from shared.http import AtLeast, PageOf, Paging, Router, answered, correlation_id, refused_with
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.actions import Action
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.office.sentences import CodesAsTitles, HistoryInSentences, in_sentences
from shared.refusals import Refusal
from shared.vault import PersonErased

Reader = Annotated[Actor, requires(*READING, needs_post=True)]

router = Router(tags=["reports"])


class WordsNotForThisPost(Refusal):
    """What was said is shown to the desk, to the unit that has it or an order for it, and to who serves the grid."""

    status = 403
    title = "The words are not for this post"


class ReportWithHistory(ReportAnswer):
    """The state of a report, with its history."""

    actions: list[Action]
    """Every command to the report, and whether it is open to who asks, now."""
    history: list[HistoryItem]


class OwnReports(BaseModel):
    """What is open in the grids of a post."""

    reports: list[ReportLine]


@router.get("/reports", response_model=PageOf[ReportLine])
async def reports(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(REPORTS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Reports within the token's scope, the newest first, or the open ones, the soonest due first.

    Those about the token's own unit are left out, and for a grid worker those about a worker.
    """
    await wait_to_show(office, actor, at_least)
    seen = kept_from(office, actor).left_out(asked)
    lines = await REPORTS.lines(office.pool, actor.scope, seen, paging)
    return answered(REPORTS.shown(await shown_lines(office, actor.scope, lines), seen, paging))


@router.get("/townships/{division}/reports/mine", response_model=OwnReports)
async def own_reports(
    division: TownshipCode,
    actor: Annotated[Actor, requires(Role.GRID_WORKER, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """What is open in the grids that the token's post serves today, whoever reported it."""
    await wait_to_show(office, actor, at_least)
    grids = await grids_today(office, actor, division)
    reports = await open_in(office.pool, division, grids, kept_from(office, actor))
    return answered({"reports": await shown_lines(office, division, reports)})


@router.get(
    "/reports/{report_id}",
    response_model=ReportWithHistory,
    responses=refused_with(ReportNotFound),
)
async def one_report(
    request: Request, report_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One report and its history; another township's is as if there were none.

    Of an accusation it shows only that it was taken up.
    """
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, report_id)
    record = office.reports.fold(history)
    await require_visible(office, actor, record.state)
    summary, hidden = await summary_and_hidden(office, record.state, history)
    actions = await report_actions(request, office, actor, record, report_id)
    shown = {**summary, "actions": actions}
    return with_history(SERVICE, shown, record, history, without=hidden)


@router.get(
    "/reports/{report_id}/history",
    response_model=HistoryInSentences,
    responses=refused_with(ReportNotFound),
)
async def history_of_report(
    report_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The history of a report, a sentence for each event, in Chinese and English."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, report_id)
    record = office.reports.fold(history)
    await require_visible(office, actor, record.state)
    _, hidden = await summary_and_hidden(office, record.state, history)
    return in_sentences(SERVICE, history, CodesAsTitles(), without=hidden)


@router.get(
    "/reports/{report_id}/words",
    response_model=WordsShown,
    responses=refused_with(ReportNotFound, WordsNotForThisPost, RecusedFromMatter, PersonErased),
)
async def words(
    report_id: Identifier,
    actor: Annotated[Actor, requires(*NAMING, Role.GRID_WORKER, Role.HANDLER, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """What was said and of whom, for those who have to do with it; the request is logged.

    The unit that has an open work order for it reads it too; each of its readings is recorded.
    """
    await wait_to_show(office, actor, at_least)
    report = (await office.reports.read(actor.scope, report_id)).state
    await require_reader(office, actor, report)
    shown = await shown_words(office, actor.scope, report)
    if actor.role is Role.HANDLER and not is_of_unit(actor, report):
        await note_read(office.pool, actor, report_id, correlation_id())
    await note_shown(office, actor, [report_id], route="GET /reports/{report_id}/words")
    return answered(shown)


async def require_reader(office: Office, actor: Actor, report: Report) -> None:
    """Raise WordsNotForThisPost, after ReportNotFound and RecusedFromMatter.

    What became an accusation is the township's leader's alone: whom it accuses no event says.
    """
    await require_visible(office, actor, report)
    await refuse_recused(office, actor, report)
    match actor.role:
        case Role.HANDLER:
            allowed = is_of_unit(actor, report) or await has_order_of(office, actor, report)
        case Role.GRID_WORKER:
            allowed = await serves_grid_of(office, actor, report)
        case Role.MEDIATOR:
            allowed = False
        case _:
            allowed = True
    if allowed and actor.role is not Role.TOWNSHIP_LEADER:
        allowed = not await is_accusation(office, report)
    if not allowed:
        raise WordsNotForThisPost

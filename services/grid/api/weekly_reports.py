"""The routes of weekly reports: each drafts itself, and a person adds words and files it."""

from typing import Annotated

from fastapi import Depends, Response
from pydantic import BaseModel, Field

from services.grid.api.command_answers import WeeklyReportAnswer, weekly_report_summary
from services.grid.api.office import SERVICE, TheOffice
from services.grid.api.period_matters import naming, without
from services.grid.api.period_numbers import (
    AsOf,
    At,
    CountedReports,
    Counting,
    Numbers,
    WeekName,
    said,
)
from services.grid.api.period_words import into_the_vault, words_of
from services.grid.api.roles import KEEPING, NAMING, READING
from services.grid.api.warning_access import matters_hidden
from services.grid.domain.named_ids import weekly_report_id
from services.grid.domain.period import week as week_named
from services.grid.domain.rhythm_policy import RHYTHM
from services.grid.domain.weekly_report import (
    FileWeeklyReport,
    WeeklyReport,
    WeeklyReportCommand,
    WeeklyReportFiledOtherwise,
    WeeklyReportNotFound,
    WeekNotOver,
)
from services.grid.store.weekly_reports import WEEKLY_REPORTS, WeeklyReportLine
from shared.board import Asked
from shared.contracts.report_codes import ReportCategory, Urgency
from shared.contracts.weekly_report_codes import PeriodFigure
from shared.divisions import Identifier, TownshipCode
from shared.handling import Prepared, Record
from shared.http import (
    AtLeast,
    EachOnce,
    Idempotency,
    PageOf,
    Paging,
    Router,
    answered,
    refused_with,
)
from shared.identity import Actor, requires
from shared.office import Dated, begin, command_documents, wait_to_show
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.times import to_wire
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

Reader = Annotated[Actor, requires(*READING, needs_post=True)]
Matters = Annotated[tuple[Identifier, ...], Field(max_length=200, fail_fast=True), EachOnce]

router = Router(tags=["weekly reports"])
_documented = command_documents(WeeklyReportAnswer)


class FileBody(Dated):
    """What is added to the numbers: words, which name nobody, and the matters of which they tell."""

    words: Narrative | None = None
    matters: Matters = ()


class WeeklyDraft(BaseModel):
    """The numbers of a week, counted from the events."""

    week: str
    first: str
    last: str
    due_at: str
    """By when it is to be filed."""
    policy_version: str
    numbers: Numbers


class WeeklyReportWithHistory(WeeklyReportAnswer):
    """A weekly report: the numbers as they were filed and, where they differ, as they are now."""

    filed: Numbers | None
    now: Numbers | None
    history: list[HistoryItem]


class PeriodWords(BaseModel):
    """What somebody added to the numbers."""

    words: str | None


@router.get("/weekly-reports", response_model=PageOf[WeeklyReportLine])
async def weekly_reports(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(WEEKLY_REPORTS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Weeks that were filed or missed within the token's scope, the newest first."""
    await wait_to_show(office, actor, at_least)
    return answered(await WEEKLY_REPORTS.page(office.pool, actor.scope, asked, paging))


@router.get("/townships/{division}/weekly-reports/{week}/draft", response_model=WeeklyDraft)
async def draft(
    division: TownshipCode, week: WeekName, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The numbers of a week from the events, each with the list that gives it."""
    await wait_to_show(office, actor, at_least)
    period = week_named(week)
    counting = Counting(office, division, period)
    shown = {
        "week": week,
        "first": period.first,
        "last": period.last,
        "due_at": to_wire(RHYTHM.week_due(period, office.calendar)),
        "policy_version": RHYTHM.version,
        "numbers": counting.shown(*await counting.counted()),
    }
    return answered(shown)


@router.get("/townships/{division}/weekly-reports/{week}/reports", response_model=CountedReports)
async def counted(
    *,
    division: TownshipCode,
    week: WeekName,
    counted: PeriodFigure = PeriodFigure.SUBMITTED,
    category: ReportCategory | None = None,
    urgency: Urgency | None = None,
    as_of: AsOf = None,
    at: At = None,
    actor: Reader,
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """The reports that a number of the week counts, at a place in the ledger or now."""
    await wait_to_show(office, actor, at_least)
    counting = Counting(office, division, week_named(week), at=at)
    place, reports = await counting.reports(
        actor, counted, category=category, urgency=urgency, as_of=as_of
    )
    return answered({"as_of": place, "reports": reports})


@router.get(
    "/townships/{division}/weekly-reports/{week}",
    response_model=WeeklyReportWithHistory,
    responses=refused_with(WeeklyReportNotFound),
)
async def one_weekly_report(
    division: TownshipCode, week: WeekName, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """What was filed beside what the ledger gives now for that week, where it differs."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(division, weekly_report_id(division, week))
    record = office.weekly_reports.fold(history)
    if record.version == 0:
        raise WeeklyReportNotFound
    counting = Counting(office, division, week_named(week))
    filed = record.state.filed
    as_of, today = await counting.counted()
    differs = filed is None or said(filed) != said(today)
    matters = filed.matters if filed else ()
    hidden = await matters_hidden(office, actor, division, matters)
    shown = weekly_report_summary(record.state) | {
        "matters": without(matters, hidden),
        "filed": counting.shown(filed.as_of, filed) if filed else None,
        "now": counting.shown(as_of, today) if differs else None,
    }
    return with_history(SERVICE, shown, record, history, without=naming(history, hidden))


_WORDS = "GET /townships/{division}/weekly-reports/{week}/words"


@router.get(
    "/townships/{division}/weekly-reports/{week}/words",
    response_model=PeriodWords,
    responses=refused_with(WeeklyReportNotFound, PersonErased),
)
async def words(
    division: TownshipCode,
    week: WeekName,
    actor: Annotated[Actor, requires(*NAMING, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """What was added to the numbers; nothing where it tells of a matter that complains of the own unit."""
    await wait_to_show(office, actor, at_least)
    stream_id = weekly_report_id(division, week)
    filed = (await office.weekly_reports.read(division, stream_id)).state.filed
    if filed is None:
        raise WeeklyReportNotFound
    if await matters_hidden(office, actor, division, filed.matters):
        return answered({"words": None})
    words = await words_of(office, division, stream_id, filed.words_digest)
    await note_shown(office, actor, [stream_id], route=_WORDS)
    return answered({"words": words})


@router.post(
    "/townships/{division}/weekly-reports/{week}/file",
    status_code=201,
    **_documented(WeekNotOver, WeeklyReportFiledOtherwise, PersonErased),
)
async def file_weekly_report(
    *,
    division: TownshipCode,
    week: WeekName,
    body: FileBody,
    actor: Annotated[Actor, requires(*KEEPING, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """每周一上报: the week's numbers as they are counted now, with somebody's words."""
    stream_id = weekly_report_id(division, week)

    async def prepare(
        _: Record[WeeklyReport],
    ) -> Prepared[WeeklyReportCommand, WeeklyReport]:
        digest, kept = await into_the_vault(office, stream_id, body.words)
        counting = Counting(office, division, week_named(week))
        as_of, numbers = await counting.counted()
        command = FileWeeklyReport(
            division=division,
            week=week,
            as_of=as_of,
            numbers=numbers,
            matters=body.matters,
            words_digest=digest,
            counted_at=counting.at,
        )
        return Prepared(
            command=command,
            at=body.moment(actor, now=office.now()),
            writes_about=lambda events: kept if events else (),
        )

    return await begin(
        office.weekly_reports,
        prepare,
        service=SERVICE,
        stream_id=stream_id,
        actor=actor,
        key=key,
        address="/townships/{division}/weekly-reports/{week}",
        begins=False,
    )

"""The routes of monthly assessments: each drafts itself, and people who met record what they discussed."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Response
from pydantic import BaseModel

from services.grid.api.command_answers import AssessmentAnswer, assessment_summary
from services.grid.api.office import SERVICE, TheOffice
from services.grid.api.period_matters import naming, without
from services.grid.api.period_numbers import (
    AsOf,
    At,
    CountedReports,
    Counting,
    MonthName,
    Numbers,
    said,
)
from services.grid.api.period_words import into_the_vault, words_of
from services.grid.api.roles import KEEPING, NAMING, READING
from services.grid.api.warning_access import matters_hidden
from services.grid.api.weekly_reports import Matters
from services.grid.domain.assessment import (
    Assessment,
    AssessmentCommand,
    AssessmentHeldOtherwise,
    AssessmentNotFound,
    HoldAssessment,
    MonthNotBegun,
)
from services.grid.domain.named_ids import assessment_id
from services.grid.domain.period import month as month_named
from services.grid.domain.rhythm_policy import RHYTHM
from services.grid.store.assessments import ASSESSMENTS, AssessmentLine
from shared.board import Asked
from shared.contracts.report_codes import ReportCategory, Urgency
from shared.contracts.weekly_report_codes import PeriodFigure
from shared.contracts.words import Headcount
from shared.divisions import TownshipCode
from shared.handling import Prepared, Record
from shared.http import AtLeast, Idempotency, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.office import ReportedLater, begin, command_documents, wait_to_show
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.times import china_day, to_wire
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

Reader = Annotated[Actor, requires(*READING, needs_post=True)]

router = Router(tags=["assessments"])
_documented = command_documents(AssessmentAnswer)


class AssessmentBody(ReportedLater):
    """Of which month, how many took part, which matters they discussed, and what was said."""

    month: MonthName
    participants: Headcount
    matters: Matters = ()
    words: Narrative | None = None


class AssessmentDraft(BaseModel):
    """The numbers of a month, counted from the events, and the matters that are overdue in it."""

    month: str
    first: str
    last: str
    due_at: str
    policy_version: str
    numbers: Numbers
    matters: list[str]
    """Of the reports that are overdue at the end."""


class HeldNumbers(BaseModel):
    """The numbers of an assessment that was held on a day, as they were counted at its recording."""

    on: date
    numbers: Numbers


class AssessmentWithHistory(AssessmentAnswer):
    """The assessments of a month: the numbers as they were then and, where they differ, now."""

    numbers: list[HeldNumbers]
    now: Numbers | None
    history: list[HistoryItem]


class AssessmentWordsOfADay(BaseModel):
    """What was said on a day."""

    on: date
    words: str | None


class AssessmentWords(BaseModel):
    """What was said at the assessments of a month."""

    held: list[AssessmentWordsOfADay]


@router.get("/assessments", response_model=PageOf[AssessmentLine])
async def assessments(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(ASSESSMENTS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Months that were assessed, or of which the assessment was missed, the newest first."""
    await wait_to_show(office, actor, at_least)
    return answered(await ASSESSMENTS.page(office.pool, actor.scope, asked, paging))


@router.get("/townships/{division}/assessments/{month}/draft", response_model=AssessmentDraft)
async def draft(
    division: TownshipCode, month: MonthName, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The numbers of a month from the events, each with the list that gives it."""
    await wait_to_show(office, actor, at_least)
    period = month_named(month)
    counting = Counting(office, division, period)
    _, overdue = await counting.reports(actor, PeriodFigure.OVERDUE_AT_END)
    matters = list(dict.fromkeys(each.matter_id for each in overdue))
    shown = {
        "month": month,
        "first": period.first,
        "last": period.last,
        "due_at": to_wire(RHYTHM.month_due(period, office.calendar)),
        "policy_version": RHYTHM.version,
        "numbers": counting.shown(*await counting.counted()),
        "matters": without(matters, await matters_hidden(office, actor, division, matters)),
    }
    return answered(shown)


@router.get("/townships/{division}/assessments/{month}/reports", response_model=CountedReports)
async def counted(
    *,
    division: TownshipCode,
    month: MonthName,
    counted: PeriodFigure = PeriodFigure.SUBMITTED,
    category: ReportCategory | None = None,
    urgency: Urgency | None = None,
    as_of: AsOf = None,
    at: At = None,
    actor: Reader,
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """The reports that a number of the month counts, at a place in the ledger or now."""
    await wait_to_show(office, actor, at_least)
    counting = Counting(office, division, month_named(month), at=at)
    place, reports = await counting.reports(
        actor, counted, category=category, urgency=urgency, as_of=as_of
    )
    return answered({"as_of": place, "reports": reports})


@router.get(
    "/townships/{division}/assessments/{month}",
    response_model=AssessmentWithHistory,
    responses=refused_with(AssessmentNotFound),
)
async def one_assessment(
    division: TownshipCode, month: MonthName, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The numbers as they were counted, and those that the ledger gives now where they differ."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(division, assessment_id(division, month))
    record = office.assessments.fold(history)
    if record.version == 0:
        raise AssessmentNotFound
    counting = Counting(office, division, month_named(month))
    held = record.state.held
    as_of, today = await counting.counted()
    differs = not held or said(held[-1]) != said(today)
    named = {matter for each in held for matter in each.matters}
    hidden = await matters_hidden(office, actor, division, named)
    summary = AssessmentAnswer.model_validate(assessment_summary(record.state))
    shown = summary.model_dump() | {
        "held": [
            each.model_dump() | {"matters": without(each.matters, hidden)} for each in summary.held
        ],
        "numbers": [{"on": each.on, "numbers": counting.shown(each.as_of, each)} for each in held],
        "now": counting.shown(as_of, today) if differs else None,
    }
    return with_history(SERVICE, shown, record, history, without=naming(history, hidden))


_WORDS = "GET /townships/{division}/assessments/{month}/words"


@router.get(
    "/townships/{division}/assessments/{month}/words",
    response_model=AssessmentWords,
    responses=refused_with(AssessmentNotFound, PersonErased),
)
async def words(
    division: TownshipCode,
    month: MonthName,
    actor: Annotated[Actor, requires(*NAMING, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """What was said at the assessments of a month; nothing of one about a matter that complains of
    the own unit.
    """
    await wait_to_show(office, actor, at_least)
    stream_id = assessment_id(division, month)
    held = (await office.assessments.read(division, stream_id)).state.held
    if not held:
        raise AssessmentNotFound
    shown = []
    for each in held:
        hidden = await matters_hidden(office, actor, division, each.matters)
        digest = None if hidden else each.words_digest
        words = await words_of(office, division, stream_id, digest)
        shown.append({"on": each.on, "words": words})
    await note_shown(office, actor, [stream_id], route=_WORDS)
    return answered({"held": shown})


@router.post(
    "/townships/{division}/assessments",
    status_code=201,
    **_documented(MonthNotBegun, AssessmentHeldOtherwise, PersonErased),
)
async def hold_assessment(
    division: TownshipCode,
    body: AssessmentBody,
    actor: Annotated[Actor, requires(*KEEPING, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """每月一研判: on a day, so many people discussed the month; the numbers are counted now."""
    stream_id = assessment_id(division, body.month)

    async def prepare(_: Record[Assessment]) -> Prepared[AssessmentCommand, Assessment]:
        at = body.moment(actor, now=office.now())
        digest, kept = await into_the_vault(office, stream_id, body.words)
        counting = Counting(office, division, month_named(body.month))
        as_of, numbers = await counting.counted()
        command = HoldAssessment(
            division=division,
            month=body.month,
            on=china_day(at),
            participants=body.participants,
            as_of=as_of,
            numbers=numbers,
            matters=body.matters,
            words_digest=digest,
            counted_at=counting.at,
        )
        return Prepared(command=command, at=at, writes_about=lambda events: kept if events else ())

    return await begin(
        office.assessments,
        prepare,
        service=SERVICE,
        stream_id=stream_id,
        actor=actor,
        key=key,
        address="/townships/{division}/assessments/{month}",
        begins=False,
    )

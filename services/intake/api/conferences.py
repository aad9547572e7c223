"""The routes of conferences: held, what they decide as tasks, and their list."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.intake.api.cases_in_records import cases_hidden, naming, refuse_unless_named
from services.intake.api.conference_bodies import (
    ConferenceAnswer,
    ConferenceBody,
    TaskBody,
    TaskDoneBody,
    VoidConferenceBody,
    VoidTaskBody,
)
from services.intake.api.conference_words import into_the_vault, words_of
from services.intake.api.office import (
    SERVICE,
    Conferences,
    Office,
    TheOffice,
    conference_summary,
)
from services.intake.api.other_case import CaseNotOnRecord
from services.intake.api.queries import Reader
from services.intake.api.receptions import KEEPING, Keeper
from services.intake.domain.conference_policy import monthly_id
from services.intake.domain.conferences import (
    CompleteTask,
    ConferenceCommand,
    ConferenceFile,
    HoldConference,
    SetTask,
    VoidConference,
    VoidTask,
    refusals,
)
from services.intake.store.conference_board import CONFERENCE_BOARD, ConferenceLine
from services.intake.store.due_conferences import begin_after
from shared.board import Asked
from shared.contracts.conferences import ConferenceTaskSet
from shared.contracts.mediation_codes import VoidReason
from shared.divisions import Identifier, ScopeCode, new_id
from shared.handling import Prepared, Record
from shared.http import AtLeast, Idempotency, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.identity.refusals import PostMissing
from shared.office import CommandContext, begin, command_context, command_documents, wait_to_show
from shared.office.actions import Action, Probes, actions_of
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.times import china_day
from shared.vault import PersonErased

router = Router(tags=["conferences"])
_documented = command_documents(
    ConferenceAnswer, first=(refusals.ConferenceNotFound,), own=(PostMissing,)
)
_documented_new = command_documents(
    ConferenceAnswer,
    own=(
        PostMissing,
        refusals.UnitNotRegistered,
        refusals.MonthOfTheSession,
        refusals.ConferenceHeldOtherwise,
        CaseNotOnRecord,
        PersonErased,
    ),
)


def _conferences(office: Office) -> Conferences:
    return office.conferences


class ConferenceContext(CommandContext[Office, ConferenceCommand, ConferenceFile]):
    """A command to one conference."""

    async def admit(self, record: Record[ConferenceFile]) -> None:
        """Raise ConferenceNotFound."""
        if record.state.known is None:
            raise refusals.ConferenceNotFound


TheContext = Annotated[
    ConferenceContext,
    command_context(
        "conference_id", _conferences, *KEEPING, context=ConferenceContext, needs_post=True
    ),
]


class Task(BaseModel):
    """A task of a unit; without its case for those from whom the case is kept."""

    task_id: str
    unit: str
    due_on: date
    case_id: str | None
    done_on: date | None
    overdue: bool
    """Whether its last day has passed and it is not done."""


class ConferenceWithHistory(ConferenceAnswer):
    """A conference with its tasks, what may be done with it now, and its history."""

    cases: list[str]
    tasks: list[Task]
    actions: list[Action]
    history: list[HistoryItem]


class TaskWords(BaseModel):
    """A decision in words, and what was done."""

    task_id: str
    decision: str | None
    done: str | None


class ConferenceWords(BaseModel):
    """The minutes of a conference, and its decisions."""

    conference_id: str
    minutes: str | None
    tasks: list[TaskWords]


@router.get("/conferences", response_model=PageOf[ConferenceLine])
async def conferences(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(CONFERENCE_BOARD.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The conferences of the scope, the latest day first; a month that was missed is a line."""
    await wait_to_show(office, actor, at_least)
    return answered(await CONFERENCE_BOARD.page(office.pool, actor.scope, asked, paging))


@router.post("/townships/{division}/conferences", status_code=201, **_documented_new())
async def hold_conference(
    division: ScopeCode, body: ConferenceBody, actor: Keeper, key: Idempotency, office: TheOffice
) -> Response:
    """Units met on a day; of the monthly committee there is one record a month."""
    stream_id = monthly_id(division, body.month) if body.month else new_id(division)

    async def prepare(_: Record[ConferenceFile]) -> Prepared[ConferenceCommand, ConferenceFile]:
        now = office.now()
        at = body.moment(actor, now=now)
        await _refuse_unknown(office, division, body.units, field="units")
        await refuse_unless_named(office, actor, division, body.cases, field="cases")
        digest, kept = await into_the_vault(office, stream_id, body.minutes, of="minutes")
        command = HoldConference(
            conference_id=stream_id,
            form=body.form,
            on=china_day(at),
            units=body.units,
            cases=body.cases,
            month=body.month,
            minutes_digest=digest,
        )
        writes = [*kept, *begin_after(division, body.month, now=now)]
        return Prepared(
            command=command, at=at, writes_about=lambda events: writes if events else ()
        )

    return await begin(
        office.conferences,
        prepare,
        service=SERVICE,
        stream_id=stream_id,
        actor=actor,
        key=key,
        address="/conferences/{conference_id}",
        begins=body.month is None,
    )


async def _refuse_unknown(
    office: Office, division: str, units: Collection[str], *, field: str
) -> None:
    registry = await office.registry(division)
    if any(registry.unit(division, each) is None for each in units):
        raise refusals.UnitNotRegistered(field=field)


@router.post(
    "/conferences/{conference_id}/set-task",
    **_documented(
        refusals.ConferenceNotHeld,
        refusals.ConferenceWasVoided,
        refusals.UnitNotRegistered,
        refusals.TaskDueBefore,
        CaseNotOnRecord,
        PersonErased,
    ),
)
async def set_task(body: TaskBody, context: TheContext) -> Response:
    """A decision: the unit has a task with a last day, and is followed until it is done."""
    office, task_id = context.office, new_id(context.division)

    async def prepare(_: Record[ConferenceFile]) -> Prepared[ConferenceCommand, ConferenceFile]:
        await _refuse_unknown(office, context.division, [body.unit], field="unit")
        named = [body.case_id] if body.case_id else []
        await refuse_unless_named(office, context.actor, context.division, named, field="case_id")
        digest, kept = await into_the_vault(office, context.stream_id, body.decision, of=task_id)
        command = SetTask(
            task_id=task_id,
            unit=body.unit,
            due_on=body.due_on,
            words_digest=digest or "",
            case_id=body.case_id,
        )
        return Prepared(
            command=command,
            at=context.moment(body),
            writes_about=lambda events: kept if events else (),
        )

    return await context.handle(prepare)


@router.post(
    "/conferences/{conference_id}/complete-task",
    **_documented(
        refusals.ConferenceNotHeld,
        refusals.ConferenceWasVoided,
        refusals.TaskNotFound,
        refusals.TaskDoneBefore,
        refusals.TaskDoneOtherwise,
        PersonErased,
    ),
)
async def complete_task(body: TaskDoneBody, context: TheContext) -> Response:
    """The unit has done its task, in time or after its last day."""

    async def prepare(_: Record[ConferenceFile]) -> Prepared[ConferenceCommand, ConferenceFile]:
        at = context.moment(body)
        digest, kept = await into_the_vault(
            context.office, context.stream_id, body.words, of=f"{body.task_id} done"
        )
        command = CompleteTask(task_id=body.task_id, on=china_day(at), words_digest=digest)
        return Prepared(command=command, at=at, writes_about=lambda events: kept if events else ())

    return await context.handle(prepare)


@router.post(
    "/conferences/{conference_id}/void-task",
    **_documented(refusals.ConferenceNotHeld, refusals.ConferenceWasVoided, refusals.TaskNotFound),
)
async def void_task(body: VoidTaskBody, context: TheContext) -> Response:
    """A task that was not decided so counts as none; it stays on record."""
    return await context.handle_command(VoidTask(task_id=body.task_id, reason=body.reason), body)


@router.post(
    "/conferences/{conference_id}/void",
    **_documented(refusals.ConferenceNotHeld, refusals.TasksAreOnRecord),
)
async def void_conference(body: VoidConferenceBody, context: TheContext) -> Response:
    """A conference that was not held so counts as none; it stays on record."""
    return await context.handle_command(VoidConference(reason=body.reason), body)


_VOIDED = {"reason": VoidReason.BY_MISTAKE.value}
_PROBES: Probes[ConferenceFile] = Probes(
    tried={
        "set-task": lambda ask: [
            SetTask(
                task_id=new_id(ask.division),
                unit="any",
                due_on=china_day(ask.now),
                words_digest="0" * 64,
            )
        ],
        "complete-task": lambda ask: [
            {"task_id": each} for each in (*ask.state.tasks, new_id(ask.division))
        ],
        "void-task": lambda ask: [
            _VOIDED | {"task_id": each} for each in (*ask.state.tasks, new_id(ask.division))
        ],
        "void": lambda _: [_VOIDED],
    }
)


@router.get(
    "/conferences/{conference_id}",
    response_model=ConferenceWithHistory,
    responses=refused_with(refusals.ConferenceNotFound),
)
async def one_conference(
    conference_id: Identifier,
    actor: Reader,
    office: TheOffice,
    at_least: AtLeast,
    request: Request,
) -> Response:
    """One conference; a case that is kept from who asks is named neither by it nor by an event."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, conference_id)
    record = office.conferences.fold(history)
    state = record.state
    if state.known is None:
        raise refusals.ConferenceNotFound
    hidden = await cases_hidden(office, actor, state.named_cases)
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/conferences/{conference_id}",
        stream_id=conference_id,
        probes=_PROBES,
    )
    today = china_day(office.now())
    content = conference_summary(state) | {
        "cases": [each for each in (state.held.cases if state.held else ()) if each not in hidden],
        "tasks": [_shown(each, state, hidden, today) for each in state.tasks.values()],
        "actions": actions,
    }
    return with_history(SERVICE, content, record, history, without=naming(history, hidden))


def _shown(
    task: ConferenceTaskSet, conference: ConferenceFile, hidden: Collection[str], today: date
) -> dict[str, object]:
    done = conference.done.get(task.task_id)
    return {
        "task_id": task.task_id,
        "unit": task.unit,
        "due_on": task.due_on,
        "case_id": None if task.case_id in hidden else task.case_id,
        "done_on": done and done.on,
        "overdue": done is None and task.due_on < today,
    }


@router.get(
    "/conferences/{conference_id}/words",
    response_model=ConferenceWords,
    responses=refused_with(refusals.ConferenceNotFound),
)
async def words(
    conference_id: Identifier,
    actor: Annotated[
        Actor, requires(Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER, needs_post=True)
    ],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """Minutes and decisions; nothing where a case is named that is kept from who asks."""
    await wait_to_show(office, actor, at_least)
    state = (await office.conferences.read(actor.scope, conference_id)).state
    if state.known is None:
        raise refusals.ConferenceNotFound
    hidden = await cases_hidden(office, actor, state.named_cases)
    kept = {} if hidden else await words_of(office, actor.scope, conference_id)
    await note_shown(
        office, actor, [conference_id], route="GET /conferences/{conference_id}/words"
    )
    return answered(
        {
            "conference_id": conference_id,
            "minutes": kept.get((state.held and state.held.minutes_digest) or ""),
            "tasks": [_words(each, state, kept) for each in state.tasks.values()],
        }
    )


def _words(
    task: ConferenceTaskSet, conference: ConferenceFile, kept: dict[str, str]
) -> dict[str, object]:
    done = conference.done.get(task.task_id)
    return {
        "task_id": task.task_id,
        "decision": kept.get(task.words_digest),
        "done": kept.get((done and done.words_digest) or ""),
    }

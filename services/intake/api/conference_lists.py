"""The routes by which conferences are read: their list, one with its tasks, and their words."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.intake.api.cases_in_records import cases_hidden, naming
from services.intake.api.conference_bodies import (
    ConferenceAnswer,
)
from services.intake.api.office import SERVICE, TheOffice
from services.intake.api.queries import Reader
from services.intake.api.record_words import words_of
from services.intake.api.summaries import conference_summary
from services.intake.domain.conferences import (
    ConferenceFile,
    SetTask,
    refusals,
)
from services.intake.store.conference_board import CONFERENCE_BOARD, ConferenceLine
from shared.board import Asked
from shared.contracts.conferences import ConferenceTaskSet
from shared.contracts.mediation_codes import VoidReason
from shared.divisions import Identifier, new_id
from shared.http import AtLeast, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.actions import Action, Probes, actions_of
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.times import china_day

router = Router(tags=["conferences"])


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

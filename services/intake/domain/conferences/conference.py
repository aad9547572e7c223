"""The state of a conference, and what is decided on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import assert_never

from services.intake.domain.conferences import refusals
from services.intake.domain.conferences.commands import (
    CompleteTask,
    ConferenceCommand,
    HoldConference,
    MissConference,
    SetTask,
    VoidConference,
    VoidTask,
)
from shared.contracts.conference_codes import ConferenceForm
from shared.contracts.conferences import (
    ConferenceHeld,
    ConferenceMissed,
    ConferenceTaskDone,
    ConferenceTaskSet,
    ConferenceTaskVoided,
    ConferenceVoided,
)
from shared.contracts.event import Code, Event
from shared.decider import Decider, EventOfAnotherAggregate


class ConferenceState(Code):
    """Where a conference is in its life."""

    MISSED = "missed", "未按期召开"
    HELD = "held", "已召开"
    VOIDED = "voided", "已作废"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceFile:
    """A conference and its tasks; each fact is kept as it was published."""

    version: int = 0
    held: ConferenceHeld | None = None
    missed: ConferenceMissed | None = None
    voided: ConferenceVoided | None = None
    tasks: Mapping[str, ConferenceTaskSet] = field(default_factory=lambda: MappingProxyType({}))
    """Those that are valid, by their ids, in the order of their recording."""
    done: Mapping[str, ConferenceTaskDone] = field(default_factory=lambda: MappingProxyType({}))
    voided_tasks: frozenset[str] = frozenset()

    @property
    def known(self) -> ConferenceHeld | ConferenceMissed | None:
        """The conference as it was held, or as it was missed."""
        return self.held or self.missed

    @property
    def state(self) -> ConferenceState | None:
        """Where it is in its life; None before the first event."""
        if self.voided is not None:
            return ConferenceState.VOIDED
        if self.held is not None:
            return ConferenceState.HELD
        return ConferenceState.MISSED if self.missed else None

    @property
    def open_tasks(self) -> tuple[ConferenceTaskSet, ...]:
        """Those that are not done."""
        return tuple(each for name, each in self.tasks.items() if name not in self.done)

    @property
    def named_cases(self) -> frozenset[str]:
        """Those that were discussed, and those that tasks are about."""
        discussed = self.held.cases if self.held else ()
        of_tasks = (each.case_id for each in self.tasks.values() if each.case_id)
        return frozenset([*discussed, *of_tasks])


def decide(command: ConferenceCommand, conference: ConferenceFile) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case HoldConference():
            return _hold(command, conference)
        case MissConference():
            return _miss(command, conference)
        case SetTask():
            return _set(command, conference)
        case CompleteTask():
            return _complete(command, conference)
        case VoidTask():
            return _void_task(command, conference)
        case VoidConference():
            return _void(command, conference)
        case never:
            assert_never(never)


def _hold(command: HoldConference, conference: ConferenceFile) -> list[Event]:
    _refuse_month(command)
    units = tuple(sorted(set(command.units)))
    held = ConferenceHeld(
        conference_id=command.conference_id,
        form=command.form,
        on=command.on,
        units=units,
        cross_department=len(units) > 1,
        cases=tuple(sorted(set(command.cases))),
        month=command.month,
        minutes_digest=command.minutes_digest,
        recorded_late=True if conference.missed else None,
    )
    before = conference.held
    if before is None or conference.voided is not None:
        return [held]
    if held.model_copy(update={"recorded_late": before.recorded_late}) != before:
        raise refusals.ConferenceHeldOtherwise
    return []


def _refuse_month(command: HoldConference) -> None:
    is_monthly = command.form is ConferenceForm.MONTHLY_COMMITTEE
    if is_monthly != (command.month is not None):
        raise refusals.MonthOfTheSession(field="month")
    if command.month is not None and f"{command.on:%Y-%m}" < command.month:
        raise refusals.MonthOfTheSession(field="month")


def _miss(command: MissConference, conference: ConferenceFile) -> list[Event]:
    """Nothing where it was held, recorded as missed, or void."""
    if conference.state is not None:
        return []
    return [
        ConferenceMissed(
            conference_id=command.conference_id,
            form=ConferenceForm.MONTHLY_COMMITTEE,
            month=command.month,
            due_at=command.due_at,
            policy_version=command.policy_version,
        )
    ]


def _set(command: SetTask, conference: ConferenceFile) -> list[Event]:
    held = _held(conference)
    if command.task_id in {*conference.tasks, *conference.voided_tasks}:
        return []
    if command.due_on < held.on:
        raise refusals.TaskDueBefore(field="due_on")
    return [
        ConferenceTaskSet(
            conference_id=held.conference_id,
            task_id=command.task_id,
            unit=command.unit,
            due_on=command.due_on,
            words_digest=command.words_digest,
            case_id=command.case_id,
        )
    ]


def _complete(command: CompleteTask, conference: ConferenceFile) -> list[Event]:
    held = _held(conference)
    task = _task(command.task_id, conference)
    if command.on < held.on:
        raise refusals.TaskDoneBefore(field="happened_on")
    done = ConferenceTaskDone(
        conference_id=held.conference_id,
        task_id=task.task_id,
        unit=task.unit,
        on=command.on,
        due_on=task.due_on,
        words_digest=command.words_digest,
    )
    before = conference.done.get(task.task_id)
    if before is None:
        return [done]
    if before != done:
        raise refusals.TaskDoneOtherwise
    return []


def _void_task(command: VoidTask, conference: ConferenceFile) -> list[Event]:
    held = _held(conference)
    if command.task_id in conference.voided_tasks:
        return []
    task = _task(command.task_id, conference)
    return [
        ConferenceTaskVoided(
            conference_id=held.conference_id, task_id=task.task_id, reason=command.reason
        )
    ]


def _void(command: VoidConference, conference: ConferenceFile) -> list[Event]:
    if conference.voided is not None:
        return []
    held = _held(conference)
    if conference.tasks:
        raise refusals.TasksAreOnRecord
    return [
        ConferenceVoided(
            conference_id=held.conference_id,
            form=held.form,
            on=held.on,
            cross_department=held.cross_department,
            reason=command.reason,
        )
    ]


def _task(task_id: str, conference: ConferenceFile) -> ConferenceTaskSet:
    task = conference.tasks.get(task_id)
    if task is None:
        raise refusals.TaskNotFound(field="task_id")
    return task


def _held(conference: ConferenceFile) -> ConferenceHeld:
    if conference.known is None:
        raise refusals.ConferenceNotFound
    _refuse_void(conference)
    if conference.held is None:
        raise refusals.ConferenceNotHeld
    return conference.held


def _refuse_void(conference: ConferenceFile) -> None:
    if conference.voided is not None:
        raise refusals.ConferenceWasVoided


def evolve(conference: ConferenceFile, event: Event) -> ConferenceFile:
    """The conference after an event; EventOfAnotherAggregate for one of another record."""
    after = replace(conference, version=conference.version + 1)
    match event:
        case ConferenceHeld():
            # also after a void record: of a month there is one record alone
            return replace(after, held=event, voided=None)
        case ConferenceMissed():
            return replace(after, missed=event)
        case ConferenceTaskSet():
            tasks = MappingProxyType({**conference.tasks, event.task_id: event})
            return replace(after, tasks=tasks)
        case ConferenceTaskDone():
            done = MappingProxyType({**conference.done, event.task_id: event})
            return replace(after, done=done)
        case ConferenceTaskVoided():
            left = {each: task for each, task in conference.tasks.items() if each != event.task_id}
            voided = conference.voided_tasks | {event.task_id}
            return replace(after, tasks=MappingProxyType(left), voided_tasks=voided)
        case ConferenceVoided():
            return replace(after, voided=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a conference")


CONFERENCE = Decider(
    initial=ConferenceFile(),
    decide=decide,
    evolve=evolve,
    # what a backfill states was held before it was recorded as missed
    first_day=lambda _: date.min,
)

"""The state of a key case, and what is decided on it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from services.intake.domain.key_cases import refusals
from services.intake.domain.key_cases.commands import (
    CloseKeyCase,
    KeyCaseCommand,
    OpenKeyCase,
    RecordStep,
    VoidKeyCase,
)
from shared.contracts.event import Code, Event
from shared.contracts.key_case_codes import KeyCaseEnd
from shared.contracts.key_cases import (
    KeyCaseClosed,
    KeyCaseOpened,
    KeyCaseProgressed,
    KeyCaseVoided,
)
from shared.decider import Decider, EventOfAnotherAggregate


class KeyCaseState(Code):
    """Where a key case is in its life."""

    OPEN = "open", "包案化解中"
    CLOSED = "closed", "已销案"
    VOIDED = "voided", "已作废"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCaseFile:
    """A key case; each fact is kept as it was published."""

    version: int = 0
    opened: KeyCaseOpened | None = None
    steps: tuple[KeyCaseProgressed, ...] = ()
    closed: KeyCaseClosed | None = None
    voided: KeyCaseVoided | None = None

    @property
    def state(self) -> KeyCaseState | None:
        """Where it is in its life; None before the first event."""
        if self.voided is not None:
            return KeyCaseState.VOIDED
        if self.closed is not None:
            return KeyCaseState.CLOSED
        return KeyCaseState.OPEN if self.opened else None

    @property
    def last_step_on(self) -> date | None:
        """The latest day on which something was done; that of the opening counts."""
        if self.opened is None:
            return None
        return max([self.opened.on, *(step.on for step in self.steps)])


def decide(command: KeyCaseCommand, key_case: KeyCaseFile) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case OpenKeyCase():
            return _open(command)
        case RecordStep():
            return _record(command, key_case)
        case CloseKeyCase():
            return _close(command, key_case)
        case VoidKeyCase():
            return _void(command, key_case)
        case never:
            assert_never(never)


def _open(command: OpenKeyCase) -> list[Event]:
    if command.target_on < command.on:
        raise refusals.TargetTooEarly(field="target_on")
    if command.latest is not None and command.target_on > command.latest:
        raise refusals.TargetTooLate(field="target_on", latest=command.latest.isoformat())
    return [
        KeyCaseOpened(
            key_case_id=command.key_case_id,
            case_id=command.case_id,
            leader_post=command.leader_post,
            task_force=tuple(sorted(set(command.task_force))),
            plan_digest=command.plan_digest,
            backlog=command.backlog,
            on=command.on,
            target_on=command.target_on,
            policy_version=command.policy_version,
        )
    ]


def _record(command: RecordStep, key_case: KeyCaseFile) -> list[Event]:
    opened = _opened(key_case)
    if command.step_id in {step.step_id for step in key_case.steps}:
        return []
    _refuse_over(key_case)
    if command.on < opened.on:
        raise refusals.StepBeforeIt(field="happened_on")
    return [
        KeyCaseProgressed(
            key_case_id=opened.key_case_id,
            case_id=opened.case_id,
            step_id=command.step_id,
            step=command.step,
            on=command.on,
            words_digest=command.words_digest,
        )
    ]


def _close(command: CloseKeyCase, key_case: KeyCaseFile) -> list[Event]:
    """Nothing where it is closed already: the record of the case said how."""
    opened = _opened(key_case)
    if key_case.closed is not None:
        return []
    _refuse_over(key_case)
    if command.ended is None:
        raise refusals.CaseGoesOn
    end, on = command.ended
    if command.by < max(on, opened.on):
        raise refusals.StepBeforeIt(field="happened_on")
    settled = end is KeyCaseEnd.SETTLED
    return [
        KeyCaseClosed(
            key_case_id=opened.key_case_id,
            case_id=opened.case_id,
            closing_id=command.closing_id,
            end=end,
            on=on,
            backlog=opened.backlog,
            in_time=settled and on <= opened.target_on,
        )
    ]


def _void(command: VoidKeyCase, key_case: KeyCaseFile) -> list[Event]:
    opened = _opened(key_case)
    if key_case.voided is not None:
        return []
    _refuse_over(key_case)
    return [
        KeyCaseVoided(
            key_case_id=opened.key_case_id,
            case_id=opened.case_id,
            on=opened.on,
            backlog=opened.backlog,
            reason=command.reason,
        )
    ]


def _opened(key_case: KeyCaseFile) -> KeyCaseOpened:
    if key_case.opened is None:
        raise refusals.KeyCaseNotFound
    return key_case.opened


def _refuse_over(key_case: KeyCaseFile) -> None:
    if key_case.voided is not None:
        raise refusals.KeyCaseWasVoided
    if key_case.closed is not None:
        raise refusals.KeyCaseWasClosed


def evolve(key_case: KeyCaseFile, event: Event) -> KeyCaseFile:
    """The key case after an event; EventOfAnotherAggregate for one of another record."""
    after = replace(key_case, version=key_case.version + 1)
    match event:
        case KeyCaseOpened():
            return replace(after, opened=event)
        case KeyCaseProgressed():
            return replace(after, steps=(*key_case.steps, event))
        case KeyCaseClosed():
            return replace(after, closed=event)
        case KeyCaseVoided():
            return replace(after, voided=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a key case")


KEY_CASE = Decider(
    initial=KeyCaseFile(),
    decide=decide,
    evolve=evolve,
    # what a backfill states began before it was recorded
    first_day=lambda _: date.min,
)

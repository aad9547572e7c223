"""The bodies of commands to key cases, and their answer."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.key_case_codes import KeyCaseEnd, KeyCaseStep
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.words import PostRef, UnitRef
from shared.divisions import Identifier
from shared.http import Body, YesOrNo
from shared.office import Dated, ReportedLater
from shared.office.occurrence_time import Day
from shared.vault.bodies import Narrative

TaskForce = Annotated[tuple[UnitRef, ...], Field(min_length=1, max_length=30, fail_fast=True)]


class KeyCaseAnswer(Body):
    """A key case after a command."""

    key_case_id: str
    case_id: str
    state: str
    leader_post: str
    task_force: list[str]
    backlog: bool
    opened_on: date
    target_on: date
    last_step_on: date
    closed_on: date | None
    end: KeyCaseEnd | None
    in_time: bool | None
    """Whether it was settled by the target day; null while it is open."""
    version: int


class KeyCaseBody(ReportedLater):
    """One leader, one task force, one plan; taken on `happened_on`, today unless it is stated."""

    case_id: Identifier
    """A case of the division that goes on, and that whoever records this may read."""
    leader_post: PostRef
    task_force: TaskForce
    """Units of the division, by their codes."""
    plan: Narrative
    backlog: YesOrNo = False
    """历史积案: to be settled within three months."""
    target_on: Day | None = None
    """By when it is to be settled; of a backlog case the last day of its months unless it is stated."""


class StepBody(ReportedLater):
    """What was done on `happened_on`, today unless it is stated."""

    step: KeyCaseStep
    words: Narrative | None = None


class CloseKeyCaseBody(ReportedLater):
    """The record of the case says how it ended, and on which day."""


class VoidKeyCaseBody(Dated):
    """Why the key case counts as none."""

    reason: VoidReason

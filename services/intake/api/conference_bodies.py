"""The bodies of commands to conferences, and their answer."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.conference_codes import ConferenceForm
from shared.contracts.conferences import ConferenceMonth
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.words import UnitRef
from shared.divisions import Identifier
from shared.http import Body
from shared.office import Dated, ReportedLater
from shared.office.occurrence_time import Day
from shared.vault.bodies import Narrative

UnitsAttending = Annotated[
    tuple[UnitRef, ...], Field(min_length=1, max_length=100, fail_fast=True)
]
CasesDiscussed = Annotated[tuple[Identifier, ...], Field(max_length=50, fail_fast=True)]


class ConferenceAnswer(Body):
    """A conference after a command."""

    conference_id: str
    state: str
    form: ConferenceForm
    on_day: date | None
    """None of a month that was missed."""
    month: str | None
    units: list[str]
    cross_department: bool
    missed: bool
    recorded_late: bool
    """Whether it was recorded as held after it was recorded as missed."""
    task_ids: list[str]
    """The tasks that are valid, in the order of their recording."""
    version: int


class ConferenceBody(ReportedLater):
    """For what which units met; `happened_on` is the day, today unless it is stated."""

    form: ConferenceForm
    units: UnitsAttending
    """Their codes in the registry of the division."""
    month: ConferenceMonth | None = None
    """Of the monthly committee: of which month."""
    cases: CasesDiscussed = ()
    """Cases of the division that whoever records this may read."""
    minutes: Narrative | None = None


class TaskBody(Dated):
    """A decision: which unit is to do what by which day."""

    unit: UnitRef
    due_on: Day
    decision: Narrative
    case_id: Identifier | None = None


class TaskDoneBody(ReportedLater):
    """The task is done on `happened_on`, today unless it is stated."""

    task_id: Identifier
    words: Narrative | None = None


class VoidTaskBody(Dated):
    """Which task counts as none, and why."""

    task_id: Identifier
    reason: VoidReason


class VoidConferenceBody(Dated):
    """Why the conference counts as none."""

    reason: VoidReason

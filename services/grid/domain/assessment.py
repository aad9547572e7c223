"""The assessments of a month (每月一研判): held once or several times, in time or after it was missed.

  (none) ─ AssessmentMissed ─► missed ─ AssessmentHeld ─► held ─ AssessmentHeld ─► held
     └───────────────────────────────── AssessmentHeld ─►┘

The month makes the id. The numbers are those that lay before the people who discussed them.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from services.grid.domain.named_ids import assessment_id
from services.grid.domain.period import month
from services.grid.domain.period_figures import PeriodNumbers
from shared.contracts.event import Event
from shared.contracts.weekly_reports import AssessmentHeld, AssessmentMissed
from shared.decider import Decider, EventOfAnotherAggregate, Mark
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldAssessment:
    """On a day, so many people discussed the month and these matters."""

    division: str
    month: str
    on: date
    participants: int
    as_of: int
    numbers: PeriodNumbers
    matters: tuple[str, ...] = ()
    words_digest: str | None = None
    counted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissAssessment:
    """The day has passed by which the month was to be assessed, if the township has grids."""

    division: str
    month: str
    due_at: datetime
    policy_version: str
    calendar_version: str
    has_grids: bool = True


AssessmentCommand = HoldAssessment | MissAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The assessments of a month; each fact is kept as it was published."""

    version: int = 0
    mark: Mark | None = None
    held: tuple[AssessmentHeld, ...] = ()
    missed: AssessmentMissed | None = None

    @property
    def last_on(self) -> date | None:
        """The day of the last one."""
        return max((each.on for each in self.held), default=None)


class AssessmentNotFound(Refusal):
    """Of the month no assessment was held, and none missed; its draft is there."""

    status = 404
    title = "No such assessment"


class MonthNotBegun(Refusal):
    """A month is assessed on a day of it or later."""

    status = 422
    title = "The month has not begun"


class AssessmentHeldOtherwise(Refusal):
    """An assessment of that day is on record with other participants, matters or words."""

    title = "The assessment is recorded otherwise"


def decide(command: AssessmentCommand, assessment: Assessment) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case HoldAssessment():
            return _hold(command, assessment)
        case MissAssessment():
            return _miss(command, assessment)
        case never:
            assert_never(never)


def _hold(command: HoldAssessment, assessment: Assessment) -> list[Event]:
    """Once a day."""
    if command.on < month(command.month).first:
        raise MonthNotBegun(field="on")
    before = next((each for each in assessment.held if each.on == command.on), None)
    if before is not None:
        said = before.participants, before.matters, before.words_digest
        if said != (command.participants, command.matters, command.words_digest):
            raise AssessmentHeldOtherwise(field="on")
        return []
    return [
        AssessmentHeld(
            assessment_id=assessment_id(command.division, command.month),
            month=command.month,
            on=command.on,
            participants=command.participants,
            as_of=command.as_of,
            figures=command.numbers.figures,
            by_category=command.numbers.by_category,
            by_urgency=command.numbers.by_urgency,
            matters=command.matters,
            words_digest=command.words_digest,
            counted_at=command.counted_at,
        )
    ]


def _miss(command: MissAssessment, assessment: Assessment) -> list[Event]:
    if assessment.held or assessment.missed is not None or not command.has_grids:
        return []
    return [
        AssessmentMissed(
            assessment_id=assessment_id(command.division, command.month),
            month=command.month,
            due_at=command.due_at,
            policy_version=command.policy_version,
            calendar_version=command.calendar_version,
        )
    ]


def evolve(assessment: Assessment, event: Event) -> Assessment:
    """The assessments after an event; EventOfAnotherAggregate for one of another record."""
    version = assessment.version + 1
    match event:
        case AssessmentHeld():
            return replace(assessment, version=version, held=(*assessment.held, event))
        case AssessmentMissed():
            return replace(assessment, version=version, missed=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of an assessment")


ASSESSMENT = Decider(
    initial=Assessment(),
    decide=decide,
    evolve=evolve,
    marked=lambda assessment, mark: replace(assessment, mark=mark),
    # what a backfill states was held before it was missed
    first_day=lambda _: date.min,
)

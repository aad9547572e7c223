"""Visits to a higher level, reported back: recorded once, and perhaps void.

(none) ─ HigherVisitReported ─► reported ─ HigherVisitVoided ─► voided
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from shared.contracts.event import Event
from shared.contracts.higher_visit_codes import VisitedLevel
from shared.contracts.higher_visits import HigherVisitReported, HigherVisitVoided
from shared.contracts.mediation_codes import VoidReason
from shared.decider import Decider, EventOfAnotherAggregate
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHigherVisit:
    """So many batches and people visited an office of that level on a day."""

    higher_visit_id: str
    visited: VisitedLevel
    on: date
    batches: int
    person_times: int
    past_next_office: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidHigherVisit:
    """There was no such report."""

    reason: VoidReason


HigherVisitCommand = ReportHigherVisit | VoidHigherVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class HigherVisit:
    """The report; each fact is kept as it was published."""

    version: int = 0
    reported: HigherVisitReported | None = None
    voided: HigherVisitVoided | None = None


class HigherVisitNotFound(Refusal):
    """There is no such report of visits, or none that this token may see."""

    status = 404
    title = "No such report of visits"


class FewerPeopleThanBatches(Refusal):
    """A batch is at least one person."""

    status = 422
    title = "Fewer people than batches"


def decide(command: HigherVisitCommand, visit: HigherVisit) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case ReportHigherVisit():
            return _report(command, visit)
        case VoidHigherVisit():
            return _void(command, visit)
        case never:
            assert_never(never)


def _report(command: ReportHigherVisit, visit: HigherVisit) -> list[Event]:
    if command.person_times < command.batches:
        raise FewerPeopleThanBatches(field="person_times")
    if visit.reported is not None:
        return []
    return [
        HigherVisitReported(
            higher_visit_id=command.higher_visit_id,
            visited=command.visited,
            on=command.on,
            batches=command.batches,
            person_times=command.person_times,
            past_next_office=command.past_next_office,
        )
    ]


def _void(command: VoidHigherVisit, visit: HigherVisit) -> list[Event]:
    reported = visit.reported
    if reported is None:
        raise HigherVisitNotFound
    if visit.voided is not None:
        return []
    return [HigherVisitVoided(**reported.model_dump(), reason=command.reason)]


def evolve(visit: HigherVisit, event: Event) -> HigherVisit:
    """The report after an event; EventOfAnotherAggregate for one of another record."""
    match event:
        case HigherVisitReported():
            return replace(visit, version=visit.version + 1, reported=event)
        case HigherVisitVoided():
            return replace(visit, version=visit.version + 1, voided=event)
        case _:
            raise EventOfAnotherAggregate(f"{event.kind} is no event of a report of visits")


HIGHER_VISIT = Decider(initial=HigherVisit(), decide=decide, evolve=evolve)

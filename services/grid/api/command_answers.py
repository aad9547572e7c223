"""Answers to commands."""

from datetime import date, datetime

from services.grid.domain.assessment import Assessment
from services.grid.domain.grid import Grid
from services.grid.domain.grid_worker import GridWorker
from services.grid.domain.patrol import Patrol
from services.grid.domain.report import Report
from services.grid.domain.village import Village
from services.grid.domain.weekly_report import WeeklyReport
from shared.divisions import division_of
from shared.http import Body
from shared.times import to_wire


class VillageAnswer(Body):
    """The state of a village after a command."""

    village_id: str
    village_code: str
    village_kind: str
    valid_from: date
    last_day: date | None
    successors: list[str]
    version: int


class AssignmentShown(Body):
    """A worker who serves a grid for a time; without a last day, until it is stated."""

    assignment_id: str
    worker_id: str
    duty: str
    first_day: date
    last_day: date | None


class GridAnswer(Body):
    """The state of a grid after a command, with everybody who serves or served it."""

    grid_id: str
    grid_code: str
    grid_kind: str
    within: str | None
    boundary_digest: str | None
    valid_from: date
    last_day: date | None
    successors: list[str]
    assignments: list[AssignmentShown]
    version: int


class WorkerAnswer(Body):
    """The state of a grid worker after a command."""

    worker_id: str
    employment: str
    since: date
    last_day: date | None
    version: int


class PatrolAnswer(Body):
    """The state of a patrol."""

    patrol_id: str
    grid_code: str
    worker_ref: str | None
    on: date
    found: bool
    households_visited: int | None
    voided: bool
    version: int


class ReportAnswer(Body):
    """The state of a report after a command."""

    report_id: str
    matter_id: str
    state: str
    level: str
    category: str
    topic: str
    urgency: str
    grid_code: str
    to_unit: str | None
    on_site: bool | None
    result: str | None
    converted_to: str | None
    """As what the matter goes on, or went on last."""
    record_id: str | None
    outcome: str | None
    due_at: datetime | None
    """By when the step is due that goes on."""
    level_due_at: datetime | None
    missed: int
    about_unit: str | None
    about_division: str | None
    about_a_worker: bool
    version: int


class WeeklyReportAnswer(Body):
    """The state of a weekly report after a command."""

    division: str
    weekly_report_id: str
    week: str
    filed_at: datetime | None
    as_of: int | None
    """The place in the township's ledger up to which was counted what was filed."""
    missed: bool
    matters: list[str]
    version: int


class AssessmentShown(Body):
    """An assessment that was held."""

    on: date
    participants: int
    as_of: int
    matters: list[str]


class AssessmentAnswer(Body):
    """The assessments of a month after a command."""

    division: str
    assessment_id: str
    month: str
    held: list[AssessmentShown]
    missed: bool
    version: int


def village_summary(village: Village) -> dict[str, object]:
    """The answer for a village."""
    registered, dissolved = village.registered, village.dissolved
    return {
        "village_id": registered and registered.village_id,
        "village_code": registered and registered.village_code,
        "village_kind": registered and registered.village_kind,
        "valid_from": registered and registered.valid_from,
        "last_day": dissolved and dissolved.last_day,
        "successors": dissolved.successors if dissolved else (),
        "version": village.version,
    }


def grid_summary(grid: Grid) -> dict[str, object]:
    """The answer for a grid."""
    defined, dissolved = grid.defined, grid.dissolved
    return {
        "grid_id": defined and defined.grid_id,
        "grid_code": defined and defined.grid_code,
        "grid_kind": defined and defined.grid_kind,
        "within": defined and defined.within,
        "boundary_digest": grid.boundary_digest,
        "valid_from": defined and defined.valid_from,
        "last_day": dissolved and dissolved.last_day,
        "successors": dissolved.successors if dissolved else (),
        "assignments": grid.assignments,
        "version": grid.version,
    }


def worker_summary(worker: GridWorker) -> dict[str, object]:
    """The answer for a worker."""
    return {
        "worker_id": worker.enrolled and worker.enrolled.worker_id,
        "employment": worker.enrolled and worker.enrolled.employment,
        "since": worker.since,
        "last_day": worker.left and worker.left.last_day,
        "version": worker.version,
    }


def patrol_summary(patrol: Patrol) -> dict[str, object]:
    """The answer for a patrol."""
    done = patrol.done
    return {
        "patrol_id": done and done.patrol_id,
        "grid_code": done and done.grid_code,
        "worker_ref": done and done.worker_ref,
        "on": done and done.on,
        "found": done and done.found,
        "households_visited": done and done.households_visited,
        "voided": patrol.voided is not None,
        "version": patrol.version,
    }


def report_summary(report: Report) -> dict[str, object]:
    """The answer for a report."""
    submitted, handled = report.known, report.handled
    last = report.conversions[-1] if report.conversions else None
    note = report.last_note
    return {
        "report_id": submitted and submitted.report_id,
        "matter_id": submitted and submitted.matter_id,
        "state": report.state,
        "level": report.level,
        "category": submitted and submitted.category,
        "topic": submitted and submitted.topic,
        "urgency": submitted and submitted.urgency,
        "grid_code": submitted and submitted.grid_code,
        "to_unit": report.to_unit,
        "on_site": handled and handled.on_site,
        "result": handled and handled.result,
        "converted_to": last and last.fact.to,
        "record_id": note.record_id if note else last and last.record_id,
        "outcome": note and note.outcome,
        "due_at": report.term and to_wire(report.term.due_at),
        "level_due_at": report.level_term and to_wire(report.level_term.due_at),
        "missed": report.missed,
        "about_unit": submitted and submitted.about_unit,
        "about_division": submitted and submitted.about_division,
        "about_a_worker": bool(submitted and submitted.about_a_worker),
        "version": report.version,
    }


def weekly_report_summary(report: WeeklyReport) -> dict[str, object]:
    """The answer for a weekly report."""
    filed, known = report.filed, report.filed or report.missed
    return {
        "division": known and division_of(known.weekly_report_id),
        "weekly_report_id": known and known.weekly_report_id,
        "week": known and known.week,
        "filed_at": report.filed_at and to_wire(report.filed_at),
        "as_of": filed and filed.as_of,
        "missed": report.missed is not None,
        "matters": filed.matters if filed else (),
        "version": report.version,
    }


def assessment_summary(assessment: Assessment) -> dict[str, object]:
    """The answer for the assessments of a month."""
    known = assessment.held[0] if assessment.held else assessment.missed
    return {
        "division": known and division_of(known.assessment_id),
        "assessment_id": known and known.assessment_id,
        "month": known and known.month,
        "held": [
            {
                "on": each.on,
                "participants": each.participants,
                "as_of": each.as_of,
                "matters": each.matters,
            }
            for each in assessment.held
        ],
        "missed": assessment.missed is not None,
        "version": assessment.version,
    }

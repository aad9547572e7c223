"""What the answer to a command says of its record, as the record is after it."""

from services.intake.domain.accusation import AccusationFile
from services.intake.domain.case import CaseFile
from services.intake.domain.conferences import ConferenceFile
from services.intake.domain.higher_visit import HigherVisit
from services.intake.domain.key_cases import KeyCaseFile
from services.intake.domain.posts import PostFile
from services.intake.domain.receptions import ReceptionFile
from services.intake.domain.units import UnitFile
from shared.times import to_wire


def summary(case: CaseFile) -> dict[str, object]:
    """The answer to a command about the case."""
    return {
        "case_id": case.filed and case.filed.case_id,
        "matter_id": case.matter_id,
        "number": case.filed and case.filed.number,
        "state": case.state,
        "version": case.version,
        "due_at": case.due_at and to_wire(case.due_at),
    }


def unit_summary(unit: UnitFile) -> dict[str, object]:
    """The answer to a command about a unit."""
    registered, ended = unit.registered, unit.ended
    return {
        "unit_id": registered and registered.unit_id,
        "division": registered and registered.division,
        "code": registered and registered.code,
        "unit_type": registered and registered.unit_type,
        "title": registered and registered.title,
        "ended_on": ended and ended.on.isoformat(),
        "successor": ended and ended.successor,
        "version": unit.version,
    }


def post_summary(post: PostFile) -> dict[str, object]:
    """The answer to a command about a post."""
    registered, held = post.registered, post.held
    return {
        "post_id": registered and registered.post_id,
        "division": registered and registered.division,
        "code": registered and registered.code,
        "unit": registered and registered.unit,
        "holder": None if held is None or post.vacated or post.ended else held.holder,
        "ended_on": post.ended and post.ended.on.isoformat(),
        "version": post.version,
    }


def accusation_summary(accusation: AccusationFile) -> dict[str, object]:
    """The answer to a command about an accusation."""
    registered, received_on = accusation.registered, accusation.received_on
    return {
        "accusation_id": registered and registered.accusation_id,
        "number": registered and registered.number,
        "state": accusation.state,
        "received_on": received_on and received_on.isoformat(),
        "acknowledged": accusation.acknowledged is not None,
        "transferred_to": accusation.transferred and accusation.transferred.to,
        "outcome": accusation.noted and accusation.noted.outcome,
        "version": accusation.version,
    }


def reception_summary(reception: ReceptionFile) -> dict[str, object]:
    """The answer to a command about a reception."""
    known, held = reception.known, reception.held
    return {
        "reception_id": known and known.reception_id,
        "state": reception.state,
        "form": known and known.form,
        "leader_post": known and known.leader_post,
        "on_day": known and known.on.isoformat(),
        "place_kind": known and known.place_kind,
        "scheduled_for": reception.scheduled and reception.scheduled.on.isoformat(),
        "missed": reception.missed is not None,
        "recorded_late": bool(held and held.recorded_late),
        "visit_ids": list(reception.visits),
        "version": reception.version,
    }


def conference_summary(conference: ConferenceFile) -> dict[str, object]:
    """The answer to a command about a conference."""
    known, held = conference.known, conference.held
    return {
        "conference_id": known and known.conference_id,
        "state": conference.state,
        "form": known and known.form,
        "on_day": held and held.on.isoformat(),
        "month": known and known.month,
        "units": list(held.units) if held else [],
        "cross_department": bool(held and held.cross_department),
        "missed": conference.missed is not None,
        "recorded_late": bool(held and held.recorded_late),
        "task_ids": list(conference.tasks),
        "version": conference.version,
    }


def key_case_summary(key_case: KeyCaseFile) -> dict[str, object]:
    """The answer to a command about a key case."""
    opened, closed = key_case.opened, key_case.closed
    return {
        "key_case_id": opened and opened.key_case_id,
        "case_id": opened and opened.case_id,
        "state": key_case.state,
        "leader_post": opened and opened.leader_post,
        "task_force": list(opened.task_force) if opened else [],
        "backlog": bool(opened and opened.backlog),
        "opened_on": opened and opened.on.isoformat(),
        "target_on": opened and opened.target_on.isoformat(),
        "last_step_on": key_case.last_step_on and key_case.last_step_on.isoformat(),
        "closed_on": closed and closed.on.isoformat(),
        "end": closed and closed.end,
        "in_time": closed and closed.in_time,
        "version": key_case.version,
    }


def higher_visit_summary(visit: HigherVisit) -> dict[str, object]:
    """The answer to a command about visits to a higher level."""
    reported = visit.reported
    return {
        "higher_visit_id": reported and reported.higher_visit_id,
        "visited": reported and reported.visited,
        "on_day": reported and reported.on.isoformat(),
        "batches": reported and reported.batches,
        "person_times": reported and reported.person_times,
        "past_next_office": reported and reported.past_next_office,
        "voided": visit.voided is not None,
        "version": visit.version,
    }

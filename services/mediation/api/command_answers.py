"""Answers to commands."""

from datetime import date, datetime

from services.mediation.domain.committee import Committee
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediator import Mediator
from shared.http import Body
from shared.times import to_wire


class MediationAnswer(Body):
    """The state of a dispute after a command."""

    mediation_id: str
    matter_id: str
    case_id: str | None
    state: str
    version: int
    due_at: datetime | None
    agreement_id: str | None
    """The id of the signed agreement, else of the current draft."""
    number: str | None
    perform_by: date | None


class MediatorAnswer(Body):
    """The state of a mediator after a command."""

    mediator_id: str
    kinds: list[str]
    on_roster: bool
    version: int


class CommitteeAnswer(Body):
    """The state of a committee after a command."""

    committee_id: str
    members: list[str]
    women: int
    term_from: date
    term_to: date
    dissolved: bool
    version: int


def summary(mediation: MediationFile) -> dict[str, object]:
    """The answer for a dispute."""
    applied, succeeded = mediation.applied, mediation.agreement.succeeded
    agreement = succeeded or mediation.drafted
    return {
        "mediation_id": applied and applied.mediation_id,
        "matter_id": applied and applied.matter_id,
        "case_id": applied and applied.case_id,
        "state": mediation.state,
        "version": mediation.version,
        "due_at": mediation.due_at and to_wire(mediation.due_at),
        "agreement_id": agreement and agreement.agreement_id,
        "number": succeeded and succeeded.number,
        "perform_by": succeeded and succeeded.perform_by,
    }


def mediator_summary(mediator: Mediator) -> dict[str, object]:
    """The answer for a mediator."""
    return {
        "mediator_id": mediator.mediator_id,
        "kinds": sorted(mediator.kinds),
        "on_roster": mediator.on_roster,
        "version": mediator.version,
    }


def committee_summary(committee: Committee) -> dict[str, object]:
    """The answer for a committee."""
    established, seated, term = committee.established, committee.seated, committee.term
    return {
        "committee_id": established and established.committee_id,
        "members": seated.members if seated else (),
        "women": seated and seated.women,
        "term_from": term and term.term_from,
        "term_to": term and term.term_to,
        "dissolved": committee.dissolved,
        "version": committee.version,
    }

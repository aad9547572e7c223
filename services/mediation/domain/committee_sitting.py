"""Whether a committee may take a dispute on that day."""

from datetime import date

from services.mediation.domain.committee import Committee
from services.mediation.domain.committee_refusals import CommitteeNotFound, CommitteeWasDissolved
from shared.refusals import Refusal


class CommitteeNotSitting(Refusal):
    """The committee has no term on that day [M9]."""

    title = "The committee does not sit"


def require_sitting(committee: Committee, day: date) -> None:
    """Refuse a committee that is not there, is no more, or whose term does not reach the day."""
    if committee.established is None:
        raise CommitteeNotFound
    if committee.dissolved:
        raise CommitteeWasDissolved
    if not committee.sits_on(day):
        raise CommitteeNotSitting(field="committee_id")

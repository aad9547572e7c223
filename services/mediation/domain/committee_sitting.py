"""Whether a committee may take a dispute on that day."""

from collections.abc import Mapping
from datetime import date

from services.mediation.domain.committee import Committee
from services.mediation.domain.committee_refusals import CommitteeNotFound, CommitteeWasDissolved
from shared.contracts.mediation_codes import NotTakenUpGround
from shared.refusals import Refusal


class CommitteeNotSitting(Refusal):
    """The committee has no term on that day [M9]."""

    title = "The committee does not sit"


_REFUSALS: Mapping[NotTakenUpGround, type[Refusal]] = {
    NotTakenUpGround.NO_SUCH_COMMITTEE: CommitteeNotFound,
    NotTakenUpGround.COMMITTEE_DISSOLVED: CommitteeWasDissolved,
    NotTakenUpGround.COMMITTEE_NOT_SITTING: CommitteeNotSitting,
}
GROUND_OF: Mapping[type[Refusal], NotTakenUpGround] = {
    refusal: ground for ground, refusal in _REFUSALS.items()
}
"""The ground that each refusal of `require_sitting` gives for not taking a dispute up."""


def ground_against(committee: Committee, day: date) -> NotTakenUpGround | None:
    """Why the committee may take no dispute on that day, if there is a reason."""
    if committee.established is None:
        return NotTakenUpGround.NO_SUCH_COMMITTEE
    if committee.dissolved:
        return NotTakenUpGround.COMMITTEE_DISSOLVED
    return None if committee.sits_on(day) else NotTakenUpGround.COMMITTEE_NOT_SITTING


def require_sitting(committee: Committee, day: date) -> None:
    """Refuse a committee that is not there, is no more, or whose term does not reach the day."""
    ground = ground_against(committee, day)
    if ground:
        raise _REFUSALS[ground](field="committee_id")

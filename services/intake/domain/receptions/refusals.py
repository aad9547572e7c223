"""Why a command to a reception is refused."""

from shared.refusals import Refusal


class ReceptionNotFound(Refusal):
    """There is no such reception, or none that this token may see."""

    status = 404
    title = "No such reception"


class LeaderPostNotRegistered(Refusal):
    """The post that is named as the leader's is not in the registry of the division."""

    status = 422
    title = "The leader's post is not registered"


class DayHasPassed(Refusal):
    """A reception is scheduled for today or a later day; one that took place is recorded as held."""

    status = 422
    title = "The day has passed"


class ReceptionHeldOtherwise(Refusal):
    """The reception is on record as held on another day, by another post or in another form."""

    title = "The reception is recorded otherwise"


class ReceptionWasVoided(Refusal):
    """The record of the reception is void: nothing more is recorded of it."""

    title = "The reception is void"


class ReceptionNotHeld(Refusal):
    """Visits are recorded once the reception is on record as held."""

    title = "The reception was not held"


class SolvedNeedsAcknowledgement(Refusal):
    """A matter counts as solved on the spot where the petitioner acknowledged it."""

    status = 422
    title = "The petitioner has not acknowledged it"


class VisitNamesNoCase(Refusal):
    """`case_is` says how the visit and its case belong together: both are stated, or neither."""

    status = 422
    title = "The visit names no case"


class VisitNotFound(Refusal):
    """There is no such visit at this reception."""

    status = 404
    title = "No such visit"


class VisitIsAGround(Refusal):
    """A case is resolved on the ground of the visit: reopen the case first."""

    title = "A resolution rests on the visit"


class VisitsAreOnRecord(Refusal):
    """Visits of the reception are on record: void them first."""

    title = "Visits are on record"

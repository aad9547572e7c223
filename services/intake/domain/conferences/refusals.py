"""Why a command to a conference is refused."""

from shared.refusals import Refusal


class ConferenceNotFound(Refusal):
    """There is no such conference, or none that this token may see."""

    status = 404
    title = "No such conference"


class UnitNotRegistered(Refusal):
    """A unit that is named is not in the registry of the division."""

    status = 422
    title = "The unit is not registered"


class ConferenceHeldOtherwise(Refusal):
    """The session of that month is on record with another day, other units, cases or minutes."""

    title = "The conference is recorded otherwise"


class ConferenceNotHeld(Refusal):
    """Nothing was decided at a session that is on record as missed alone."""

    title = "The conference was not held"


class ConferenceWasVoided(Refusal):
    """The record of the conference is void: nothing more is recorded of it."""

    title = "The conference is void"


class MonthOfTheSession(Refusal):
    """A monthly session states its month, which has begun by its day; another conference states none."""

    status = 422
    title = "The month does not fit the conference"


class TaskNotFound(Refusal):
    """The conference has decided no such task."""

    status = 404
    title = "No such task"


class TaskDueBefore(Refusal):
    """A task is due on the day of the conference or later."""

    status = 422
    title = "The task is due before it was decided"


class TaskDoneBefore(Refusal):
    """A task is done on the day of the conference or later."""

    status = 422
    title = "The task was done before it was decided"


class TaskDoneOtherwise(Refusal):
    """The task is on record as done, on another day or in other words."""

    title = "The task is recorded otherwise"


class TasksAreOnRecord(Refusal):
    """Tasks of the conference are on record: void them first."""

    title = "Tasks are on record"

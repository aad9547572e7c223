"""Why a command to a key case is refused."""

from shared.refusals import Refusal


class KeyCaseNotFound(Refusal):
    """There is no such key case, or none that this token may see."""

    hides = True
    status = 404
    title = "No such key case"


class LeaderNotRegistered(Refusal):
    """The leader is a post of the division's leadership, valid on that day."""

    status = 422
    title = "The leader's post is not registered"


class CaseOwnedAlready(Refusal):
    """A leader owns the case already; that key case is closed or voided first."""

    title = "A leader owns the case already"


class CaseHasEnded(Refusal):
    """A leader takes a case that goes on."""

    title = "The case has ended"


class CaseGoesOn(Refusal):
    """A key case ends when its case is resolved on grounds, closed, or left the procedure."""

    title = "The case goes on"


class TargetTooEarly(Refusal):
    """The target lies after the day on which the leader takes the case."""

    status = 422
    title = "The target lies before the beginning"


class TargetTooLate(Refusal):
    """A backlog case is to be settled within the months of the policy."""

    status = 422
    title = "The target of a backlog case is too late"


class StepBeforeIt(Refusal):
    """A step lies on the day of the opening or later, a closing not before the case ended."""

    status = 422
    title = "The step lies too early"


class KeyCaseWasClosed(Refusal):
    """The key case has ended: nothing more is recorded of it."""

    title = "The key case is closed"


class KeyCaseWasVoided(Refusal):
    """The record of the key case is void: nothing more is recorded of it."""

    title = "The key case is void"

"""Refusals of commands about sessions, and of voiding them."""

from shared.refusals import Refusal


class MediatorNotOnRoster(Refusal):
    """The roster has no such mediator now."""

    status = 422
    title = "The mediator is not on the roster"


class MediatorNotAssigned(Refusal):
    """This mediator takes no part in the mediation."""

    title = "The mediator takes no part"


class MediatorWasRecused(Refusal):
    """This mediator has stepped back from the dispute."""

    title = "The mediator has stepped back"


class CaucusNeedsASide(Refusal):
    """A caucus names the side with whom it was held."""

    status = 422
    title = "The side is missing"


class JointSessionHasNoSide(Refusal):
    """A joint session is held with both sides and names none."""

    status = 422
    title = "A joint session is with both sides"


class HeadcountNotPositive(Refusal):
    """Of a role that was in the room there was at least one."""

    status = 422
    title = "The number of people is not positive"


class NoPartyInTheRoom(Refusal):
    """A session is held with a party or its agent."""

    status = 422
    title = "No party was in the room"


class BothSidesNotInTheRoom(Refusal):
    """A joint session is held with both sides, in person or by agents."""

    status = 422
    title = "One side was not in the room"


class SessionHeldOtherwise(Refusal):
    """The session is recorded already, with other particulars."""

    title = "The session was held otherwise"


class SessionWasVoided(Refusal):
    """This session was voided; another one has another id."""

    title = "The session was voided"


class SessionsWereHeld(Refusal):
    """Sessions were held on it: void those first that were recorded by mistake."""

    title = "Sessions were held"


class ExtensionNeedsBothSides(Refusal):
    """More time needs the agreement of both sides."""

    status = 422
    title = "Both sides have to agree"


class ExtensionNotLater(Refusal):
    """An extension ends later than the time that runs, and than the moment it is agreed to."""

    status = 422
    title = "The extension ends too early"


class PeriodStillRuns(Refusal):
    """The time for this mediation has not passed."""

    title = "The time still runs"


class NoSuchExtension(Refusal):
    """No such extension stands."""

    title = "No such extension"


class NoSuchRecusal(Refusal):
    """This mediator has not stepped back."""

    title = "The mediator has not stepped back"


class NoSuchSession(Refusal):
    """No such session stands."""

    title = "No such session"


class NoSuchDraft(Refusal):
    """No such draft stands."""

    title = "No such draft"

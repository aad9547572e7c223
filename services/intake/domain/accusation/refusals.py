"""Refusals of commands to an accusation."""

from shared.refusals import Refusal


class AccusationNotFound(Refusal):
    """There is no such accusation, or none that this token may see."""

    hides = True
    status = 404
    title = "No such accusation"


class AccusationRegisteredOtherwise(Refusal):
    """The accusation is registered already, with other particulars."""

    title = "The accusation is registered otherwise"


class AcknowledgedOtherwise(Refusal):
    """Whoever accuses was told of the receipt already, in another way."""

    title = "The receipt was told otherwise"


class NotTransferredYet(Refusal):
    """The accusation was not transferred to a competent body yet: transfer it first [R22]."""

    title = "Not transferred yet"


class OutcomeNotedOtherwise(Refusal):
    """Another outcome of this transfer is noted already."""

    title = "Another outcome is noted"


class AccusationWasClosed(Refusal):
    """This accusation is closed."""

    title = "The accusation was closed"

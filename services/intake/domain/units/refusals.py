"""Refusals of commands to a unit, and of what names one."""

from shared.refusals import Refusal


class UnitNotFound(Refusal):
    """There is no such unit, or none that this token may see."""

    status = 404
    title = "No such unit"


class UnitCodeTaken(Refusal):
    """Another unit of the division has this code; a code stays with its unit, also when it ended."""

    title = "The code is another unit's"


class UnitRegisteredOtherwise(Refusal):
    """The unit is registered already, with other particulars."""

    title = "The unit is registered otherwise"


class UnitHasEnded(Refusal):
    """The unit is no more, and nobody took its matters over."""

    title = "The unit has ended"


class ParentNotRegistered(Refusal):
    """The unit above is one of the same division that is registered and has not ended."""

    status = 422
    title = "The unit above is not registered"


class UnitAboveItself(Refusal):
    """A unit is not above itself, nor below a unit that lies below it."""

    status = 422
    title = "The unit would be above itself"


class NothingCorrected(Refusal):
    """A correction names at least one fact."""

    status = 422
    title = "Nothing is corrected"


class EndsBeforeItBegan(Refusal):
    """The end lies before the day from which on the record is valid."""

    status = 422
    title = "The end lies before the beginning"


class MergedUnitNeedsItsSuccessor(Refusal):
    """A merged unit has a successor [R24]; one without any was abolished."""

    status = 422
    title = "The successor is missing"


class SuccessorNotRegistered(Refusal):
    """The successor is another unit of the county that is registered and has not ended."""

    status = 422
    title = "The successor is not registered"


class MattersAreOpen(Refusal):
    """Matters are open here: name who takes them over, or state `leaves_open`."""

    title = "Matters are open"

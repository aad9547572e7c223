"""Who states a fact about a case, and what only an older register may leave open."""

from enum import Enum

from shared.refusals import Refusal

NOT_STATED = "not-stated"
"""The unit and the handler where an older register is silent about them."""


class Origin(Enum):
    """Who states the fact: the office through its own routes, or an older register."""

    OFFICE = "office"
    REGISTER = "register"
    REGISTER_DAY = "register-day"
    """A register that knows the day but not the hour."""


class NotStatedOnlyByImport(Refusal):
    """Only an older register may leave this open; the office states what it knows."""

    status = 422
    title = "The office has to state this"


def refuse_unstated_unit(unit: str, origin: Origin, *, field: str) -> None:
    """Raise NotStatedOnlyByImport where the office itself names no unit."""
    if unit == NOT_STATED and origin is Origin.OFFICE:
        raise NotStatedOnlyByImport(field=field)

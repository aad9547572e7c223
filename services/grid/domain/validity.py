"""From when until when a village or a grid is valid, and what takes its place."""

from collections.abc import Collection, Mapping
from datetime import date

from shared.divisions import county_of
from shared.refusals import Refusal


class EndsBeforeItBegan(Refusal):
    """The last day lies before the first one."""

    status = 422
    title = "That ends before it begins"


class SuccessorNotFound(Refusal):
    """A successor is on the register of this county, and is not the one that ends."""

    status = 422
    title = "No such successor"


class SuccessorMissing(Refusal):
    """What was merged, split or recoded goes on as something else: the successors are named."""

    status = 422
    title = "The successors are missing"


class NothingIsCorrected(Refusal):
    """A correction says at least one thing that was wrong."""

    status = 422
    title = "Nothing is corrected"


def differing(stated: Mapping[str, object], known: Mapping[str, object]) -> tuple[str, ...]:
    """The names of what is stated otherwise than it is known."""
    return tuple(name for name, value in stated.items() if known[name] != value)


def require_order(first_day: date, last_day: date | None) -> None:
    """Raise EndsBeforeItBegan; a last day that is not known ends nothing."""
    if last_day is not None and last_day < first_day:
        raise EndsBeforeItBegan(field="last_day", first_day=first_day.isoformat())


def require_successors(own: str, successors: Collection[str], *, needed: bool) -> None:
    """Raise SuccessorMissing, or SuccessorNotFound for a code that can be none."""
    if needed and not successors:
        raise SuccessorMissing(field="successors")
    if any(code == own or county_of(code) != county_of(own) for code in successors):
        raise SuccessorNotFound(field="successors")

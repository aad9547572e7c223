"""Refusals of a due date; every message is a sentence that says what to do."""

from collections.abc import Sequence
from datetime import date


class ClockRefused(ValueError):
    """The clock cannot be counted as asked."""


class UnknownClock(ClockRefused):
    """No clock has that id."""

    def __init__(self, clock: str, policy: str, known: Sequence[str]) -> None:
        super().__init__(f"the policy {policy} has no clock {clock}; it has {', '.join(known)}")


class UnknownPolicy(ClockRefused):
    """No policy has that version."""

    def __init__(self, policy: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no policy {policy}; there are {', '.join(known)}")


class LengthNotSet(ClockRefused):
    """The clock's length is set case by case, and none was given."""

    def __init__(self, clock: str) -> None:
        super().__init__(f"{clock} has a length that is set case by case; say how many days")


class LengthIsSet(ClockRefused):
    """The law sets the clock's length, and another was given."""

    def __init__(self, clock: str) -> None:
        super().__init__(f"{clock} has its length by law; leave the length out")


class NotALength(ClockRefused):
    """A length of no days."""

    def __init__(self, given: int) -> None:
        super().__init__(f"{given} is no number of days; give 1 or more")


class NoExtension(ClockRefused):
    """The clock cannot be extended."""

    def __init__(self, clock: str) -> None:
        super().__init__(f"{clock} cannot be extended; leave the extension out")


class ExtensionTooLong(ClockRefused):
    """The extensions add more days than may be added."""

    def __init__(self, clock: str, given: int, most: int) -> None:
        super().__init__(
            f"{clock} may be extended by {most} days in all, not {given}; give {most} or fewer"
        )


class ExtendedTooOften(ClockRefused):
    """The clock was extended more often than it may be."""

    def __init__(self, clock: str, given: int, most: int) -> None:
        often = "once" if most == 1 else f"{most} times"
        super().__init__(f"{clock} may be extended {often}, not {given} times; give fewer")


class ClockDoesNotPause(ClockRefused):
    """Nothing pauses that clock."""

    def __init__(self, clock: str) -> None:
        super().__init__(f"nothing pauses {clock}; leave the pause out")


class PauseEndsBeforeItBegins(ClockRefused):
    """A pause of no length, or of less."""

    def __init__(self, begins: object, ends: object) -> None:
        super().__init__(f"the pause {begins}..{ends} ends before it begins; turn it round")


class HoursNeedAMoment(ClockRefused):
    """A clock of hours was started on a day."""

    def __init__(self, clock: str) -> None:
        super().__init__(
            f"{clock} counts hours; give its start with a time, such as 2026-01-05T09:00:00+08:00"
        )


class MomentWithoutZone(ClockRefused):
    """A time without an offset could be any of several moments."""

    def __init__(self) -> None:
        super().__init__("a time needs its offset, such as 2026-01-05T09:00:00+08:00")


class BeyondReckoning(ClockRefused):
    """The end would lie beyond the last day that can be written."""

    def __init__(self, start: date) -> None:
        super().__init__(f"the end cannot be counted from {start}; give an earlier start")


class ConvertedBeforeAcceptance(ClockRefused):
    """A case cannot change its procedure before it was accepted."""

    def __init__(self, accepted: date, converted: date) -> None:
        super().__init__(
            f"the case was accepted on {accepted} and cannot be converted on {converted}; "
            "give a later day"
        )

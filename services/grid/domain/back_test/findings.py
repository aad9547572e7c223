"""What a walk over a history finds, as it comes."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from shared.contracts.early_warning_codes import WarningLevel, WarningRule


class FailureKind(StrEnum):
    """What went wrong with a matter, told by the events alone and by no policy."""

    TERM_MISSED = "term-missed"
    """The last day of a case's term was over, and no answer was on record."""
    PROMISE_MISSED = "promise-missed"
    """The day of a promise was over, and it was not on record as performed."""
    BREACHED = "breached"
    RAISED_AGAIN = "raised-again"
    """The matter was raised again after an answer."""


class EndedHow(StrEnum):
    """How a warning ended."""

    DISPOSED = "disposed"
    EXPIRED = "expired"
    FALSE = "false"


class Step(StrEnum):
    """What else becomes of a matter."""

    ANSWERED = "answered"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    SEALED = "sealed"
    """An accusation or a case of discipline: no rule speaks of it, and nothing is counted."""


class Raised(NamedTuple):
    """A warning would have been raised."""

    warning_id: str
    division: str
    rule: WarningRule
    subject: str
    episode: int
    level: WarningLevel
    at: datetime
    because: tuple[str, ...]
    matters: tuple[str, ...]
    reason: str
    reason_en: str
    recorded_late: bool
    """It rests on something that was recorded so late that live nothing is raised by it."""


class Worsened(NamedTuple):
    """An open warning would have been given a more urgent level."""

    warning_id: str
    level: WarningLevel
    at: datetime
    matters: tuple[str, ...]
    recorded_late: bool


class Ended(NamedTuple):
    """A warning would have ended; one that has ended may be found false afterwards."""

    warning_id: str
    how: EndedHow
    at: datetime


class Failed(NamedTuple):
    """Something went wrong with a matter."""

    matter_id: str
    kind: FailureKind
    at: datetime


class Moved(NamedTuple):
    """A matter was answered, resolved, opened again, or is sealed."""

    matter_id: str
    step: Step
    at: datetime


Finding = Raised | Worsened | Ended | Failed | Moved

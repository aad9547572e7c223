"""What is asked of a conference."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.conference_codes import ConferenceForm
from shared.contracts.mediation_codes import VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldConference:
    """Units met on a day."""

    conference_id: str
    form: ConferenceForm
    on: date
    units: tuple[str, ...]
    cases: tuple[str, ...] = ()
    month: str | None = None
    minutes_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissConference:
    """The day has passed by which the month's session was to be on record."""

    conference_id: str
    month: str
    due_at: datetime
    policy_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTask:
    """A unit is to do something by a day."""

    task_id: str
    unit: str
    due_on: date
    words_digest: str
    case_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteTask:
    """It is done."""

    task_id: str
    on: date
    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidTask:
    """It was not decided so."""

    task_id: str
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidConference:
    """There was no such conference."""

    reason: VoidReason


ConferenceCommand = (
    HoldConference | MissConference | SetTask | CompleteTask | VoidTask | VoidConference
)

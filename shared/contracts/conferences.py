"""Events about conferences of leaders and units 专题研究, 联合研判, and the tasks that they decide.

They are about no matter: cases that were discussed are named. Minutes and decisions stay in the
vault, their digests are published; who took part is in no event, only which units.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.conference_codes import ConferenceForm
from shared.contracts.event import Event
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.words import Digest, UnitRef
from shared.divisions import Identifier
from shared.times import WireTime

ConferenceMonth = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
"""A month of China's calendar, such as `2025-02`."""
ConferencePolicyVersion = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The version of the policy that says by when a month's session is on record."""


class ConferenceEvent(Event):
    """What all events about a conference have in common."""

    conference_id: Identifier


class ConferenceHeld(ConferenceEvent):
    """Leaders and units met on a day."""

    form: ConferenceForm
    on: date
    units: tuple[UnitRef, ...]
    """Which took part, by their codes in the division."""
    cross_department: Annotated[bool, Field(strict=True)]
    """Whether more than one unit took part."""
    cases: tuple[Identifier, ...]
    """Which were discussed."""
    month: ConferenceMonth | None = None
    """Of a monthly session: of which month."""
    minutes_digest: Digest | None = None
    recorded_late: Annotated[bool, Field(strict=True)] | None = None
    """It was recorded after it had been recorded as missed."""


class ConferenceMissed(ConferenceEvent):
    """No session of a month was on record by its day; it may still be recorded."""

    form: ConferenceForm
    month: ConferenceMonth
    due_at: WireTime
    policy_version: ConferencePolicyVersion


class ConferenceTaskSet(ConferenceEvent):
    """A decision, as a task of a unit with its last day."""

    task_id: Identifier
    unit: UnitRef
    due_on: date
    words_digest: Digest
    case_id: Identifier | None = None
    """The case that the task is about."""


class ConferenceTaskDone(ConferenceEvent):
    """The unit has done its task on a day."""

    task_id: Identifier
    unit: UnitRef
    on: date
    due_on: date
    words_digest: Digest | None = None
    """Of what was done, in words."""


class ConferenceTaskVoided(ConferenceEvent):
    """A task had been recorded that was not decided so; it counts as none."""

    task_id: Identifier
    reason: VoidReason


class ConferenceVoided(ConferenceEvent):
    """A conference had been recorded that was not held so; it counts as none."""

    form: ConferenceForm
    on: date
    cross_department: Annotated[bool, Field(strict=True)]
    reason: VoidReason

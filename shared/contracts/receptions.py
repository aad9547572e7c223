"""Events about receptions of petitioners by leaders 接访, 下访, 约访 [R18], in the township's ledger.

A reception is about no matter: a visit may name a case. Who came is in no event; the leader is a
post. Visits are counted in batches 批 and person-times 人次, by reception and never by leader.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.reception_codes import ReceptionForm, ReceptionPlace, VisitCase
from shared.contracts.words import Headcount, PostRef
from shared.divisions import Identifier
from shared.times import WireTime

ReceptionPolicyVersion = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The version of the policy that says by when a reception is on record."""


class ReceptionEvent(Event):
    """What all events about a reception have in common."""

    reception_id: Identifier


class ReceptionScheduled(ReceptionEvent):
    """A leader is to receive petitioners on a day."""

    form: ReceptionForm
    leader_post: PostRef
    on: date
    place_kind: ReceptionPlace


class ReceptionHeld(ReceptionEvent):
    """A leader received petitioners on a day, scheduled or not."""

    form: ReceptionForm
    leader_post: PostRef
    on: date
    place_kind: ReceptionPlace
    recorded_late: Annotated[bool, Field(strict=True)] | None = None
    """It was recorded after it had been recorded as missed."""


class ReceptionMissed(ReceptionEvent):
    """The scheduled day passed and no reception was on record; it may still be recorded."""

    leader_post: PostRef
    on: date
    due_at: WireTime
    policy_version: ReceptionPolicyVersion


class ReceptionVisitReceived(ReceptionEvent):
    """A batch of visitors was received."""

    visit_id: Identifier
    on: date
    """The day of the reception."""
    headcount: Headcount
    category: Category
    solved_on_site: Annotated[bool, Field(strict=True)]
    acknowledged: Annotated[bool, Field(strict=True)]
    """Whether the petitioner's acknowledgement that it was solved is on record."""
    case_id: Identifier | None = None
    case_is: VisitCase | None = None
    """Whether the case that is named was filed at the reception."""


class ReceptionVisitVoided(ReceptionEvent):
    """A visit had been recorded that was not received so; it counts as none."""

    visit_id: Identifier
    on: date
    headcount: Headcount
    solved_on_site: Annotated[bool, Field(strict=True)]
    reason: VoidReason


class ReceptionVoided(ReceptionEvent):
    """A reception had been recorded that is none; it counts as none."""

    on: date
    was_held: Annotated[bool, Field(strict=True)]
    reason: VoidReason

"""The bodies of commands to receptions, and their answer."""

from datetime import date

from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.reception_codes import ReceptionForm, ReceptionPlace, VisitCase
from shared.contracts.words import Headcount, PostRef
from shared.divisions import Identifier
from shared.http import Body, YesOrNo
from shared.office import Dated, ReportedLater
from shared.office.occurrence_time import Day


class ReceptionAnswer(Body):
    """A reception after a command."""

    reception_id: str
    state: str
    form: ReceptionForm
    leader_post: str
    on_day: date
    """The day on which it was held, or for which it is scheduled."""
    place_kind: ReceptionPlace
    scheduled_for: date | None
    missed: bool
    recorded_late: bool
    """Whether it was recorded as held after it was recorded as missed."""
    visit_ids: list[str]
    """The visits that are valid, in the order of their recording."""
    version: int


class NewReceptionBody(Dated):
    """Which leader receives petitioners in which form, at what kind of place, on which day."""

    form: ReceptionForm
    leader_post: PostRef
    """The code of the leader's post in the registry of the division."""
    on: Day
    place_kind: ReceptionPlace


class HeldReceptionBody(ReportedLater):
    """A reception that was not scheduled; `happened_on` is its day, today unless it is stated."""

    form: ReceptionForm
    leader_post: PostRef
    place_kind: ReceptionPlace


class HoldReceptionBody(ReportedLater):
    """It took place on `happened_on`, today unless stated; the rest is as scheduled unless stated."""

    form: ReceptionForm | None = None
    leader_post: PostRef | None = None
    place_kind: ReceptionPlace | None = None


class VisitBody(Dated):
    """A batch of visitors: how many, about what, and whether it was solved on the spot."""

    headcount: Headcount
    category: Category
    solved_on_site: YesOrNo = False
    acknowledged: YesOrNo = False
    """Whether the petitioner's acknowledgement is on record; without it nothing counts as solved."""
    case_id: Identifier | None = None
    """A case of the division that whoever records this may read."""
    case_is: VisitCase | None = None


class VoidVisitBody(Dated):
    """Which visit counts as none, and why."""

    visit_id: Identifier
    reason: VoidReason


class VoidReceptionBody(Dated):
    """Why the reception counts as none."""

    reason: VoidReason

"""What is asked of a reception."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.reception_codes import ReceptionForm, ReceptionPlace, VisitCase


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleReception:
    """A leader is to receive petitioners on a day."""

    reception_id: str
    form: ReceptionForm
    leader_post: str
    on: date
    place_kind: ReceptionPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReception:
    """It took place on a day. What is None is as it was scheduled."""

    reception_id: str
    on: date
    form: ReceptionForm | None = None
    leader_post: str | None = None
    place_kind: ReceptionPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissReception:
    """The scheduled day and the days to record it have passed."""

    due_at: datetime
    policy_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveVisit:
    """A batch of visitors came."""

    visit_id: str
    headcount: int
    category: Category
    solved_on_site: bool = False
    acknowledged: bool = False
    case_id: str | None = None
    case_is: VisitCase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidVisit:
    """The visit was not received so."""

    visit_id: str
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidReception:
    """There was and will be no such reception."""

    reason: VoidReason


ReceptionCommand = (
    ScheduleReception | HoldReception | MissReception | ReceiveVisit | VoidVisit | VoidReception
)

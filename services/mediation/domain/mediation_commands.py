"""Commands about a mediation until it ends; the route adds ids, days and look-ups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import (
    ConsentHow,
    DisputeKind,
    FailureGround,
    MediationOrigin,
    NotTakenUpGround,
    OtherRoute,
    PaperForm,
    PartySide,
    PlaceKind,
    RecusalGround,
    ReferredBy,
    RoomRole,
    SessionMode,
    TerminationGround,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The end of the time for mediation (C16), and by which policy and calendar it was counted."""

    due_at: datetime
    policy_version: str | None = None
    calendar_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForMediation:
    """The dispute enters the register; who applies has agreed by that, nobody else has."""

    mediation_id: str
    matter_id: str
    origin: MediationOrigin
    category: Category
    dispute_kind: DisputeKind
    committee_id: str
    applicants: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    referred_by: ReferredBy | None = None
    case_id: str | None = None
    report_id: str | None = None
    village_code: str | None = None
    application_digest: str | None = None
    cause_ref: str | None = None
    """The organisation that caused the matter."""
    complained_unit: str | None = None
    """The unit that the matter complains of."""
    complained_division: str | None = None
    complained_mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineReferral:
    """Decline a referral that no committee could take; only a policy sends this."""

    mediation_id: str
    matter_id: str
    committee_id: str
    ground: NotTakenUpGround
    case_id: str | None = None
    report_id: str | None = None
    complained_unit: str | None = None
    complained_division: str | None = None
    complained_mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParties:
    """Who is on one side, all of them, as far as that is known before they agree."""

    side: PartySide
    parties: tuple[str, ...]
    words_digest: str | None = None
    """Of what was said of the dispute, as it was taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentToMediation:
    """One side agrees; `period` is the one that begins if both have then.

    `paper` is the digest of the one that was filled in and signed, where there is one.
    """

    side: PartySide
    parties: tuple[str, ...]
    how: ConsentHow
    period: Period
    consent_digest: str | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseMediation:
    """One side that has not agreed says no."""

    side: PartySide
    routes_told: frozenset[OtherRoute]
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """One side that has agreed says no after all."""

    side: PartySide
    routes_told: frozenset[OtherRoute]
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignMediator:
    """A mediator takes part; `on_roster` is whether the roster has that mediator now."""

    mediator_id: str
    on_roster: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecuseMediator:
    """回避."""

    mediator_id: str
    ground: RecusalGround


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendPeriod:
    """More time, as both sides agree; `at` is when."""

    due_at: datetime
    agreed_by: frozenset[PartySide]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSession:
    """A session was held; `side` says with whom in a caucus."""

    session_id: str
    mode: SessionMode
    place_kind: PlaceKind
    mediator_id: str
    people: Mapping[RoomRole, int]
    side: PartySide | None = None
    record_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailMediation:
    """调解不成; `at` is when, `paper` the digest of the notice that was filled in."""

    ground: FailureGround
    routes_told: frozenset[OtherRoute]
    at: datetime
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateMediation:
    """The dispute is not kept as a mediation any longer; `paper` is as for a failure."""

    ground: TerminationGround
    routes_told: frozenset[OtherRoute]
    paper: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FillInPaper:
    """A paper was printed; its content is in the vault under its digest."""

    form: PaperForm
    digest: str
    dated: date
    number: str | None = None


BeginCommand = (
    ApplyForMediation
    | DeclineReferral
    | NameParties
    | ConsentToMediation
    | RefuseMediation
    | WithdrawConsent
)
SessionCommand = AssignMediator | RecuseMediator | ExtendPeriod | HoldSession
EndCommand = FailMediation | TerminateMediation

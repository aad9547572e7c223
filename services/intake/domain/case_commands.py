"""What the office may wish of a case; the door has enriched it with ids, numbers and digests."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from services.intake.domain.resolution_policy import ON_PERFORMANCE, ResolutionPolicy
from shared.clocks.due import Due
from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    LinkReason,
    Measure,
    MediationOutcome,
    OpinionResult,
    Outcome,
    Procedure,
    Purpose,
    ReceivedFrom,
    ReopenReason,
    ResolvedHow,
    Route,
    ServiceMethod,
)
from shared.contracts.mediation_codes import DisputeKind


class Origin(Enum):
    """Who states the fact: the office at its own door, or an older register."""

    OFFICE = "office"
    REGISTER = "register"
    REGISTER_DAY = "register-day"
    """A register that knows the day but not the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalReference:
    """The number under which an older register keeps the case."""

    source: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCase:
    """登记 [R22]."""

    case_id: str
    matter_id: str
    number: str
    channel: Channel
    purpose: Purpose
    category: Category
    headcount: int | None
    joint: bool | None
    anonymous: bool | None
    first_or_repeat: FirstOrRepeat
    urgent: bool | None
    village_code: str | None = None
    repeat_of: str | None = None
    received_from: ReceivedFrom | None = None
    complained_unit: str | None = None
    person_ref: str | None = None
    content_digest: str | None = None
    external: ExternalReference | None = None
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteFiling:
    """A register states again a case that was filed from it; null where no content can be told."""

    content_digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToCase:
    """An answer stated by an older register; the office itself answers by an opinion."""

    reply_digest: str
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardCase:
    """转送 [R22]."""

    to_unit: str
    report_due: datetime | None = None
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferCase:
    """委托调解: a committee is asked to mediate [R33, R37]; the term runs on meanwhile."""

    committee_id: str
    dispute_kind: DisputeKind | None = None
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMediationOutcome:
    """What came of a mediation that was asked for; the policy says what settles the case."""

    mediation_id: str
    outcome: MediationOutcome
    committee_id: str | None = None
    """Whose answer to a referral it is."""
    settled_by: ResolutionPolicy = ON_PERFORMANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptCase:
    """受理: this post takes the case, and the term begins.

    What was noted of its mediation before settles it at once, where that policy says so; none for
    an acceptance that is stated afterwards.
    """

    handler: str
    procedure: Procedure
    responsible_unit: str
    co_handlers: tuple[str, ...]
    due: Due
    settled_by: ResolutionPolicy | None = None
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCase:
    """The handling opinion is issued and served [R32]."""

    result: OpinionResult
    measures: tuple[Measure, ...]
    method: ServiceMethod
    opinion_digest: str | None = None
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveCase:
    """化解."""

    how: ResolvedHow
    on_site: bool
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCase:
    """撤回, at the petitioner's own wish; None where a register does not tell of a statement."""

    statement_recorded: bool | None
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class DivertCase:
    """导入法定途径 [R31]."""

    route: Route
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCase:
    """并案: the matter is handled under another case [R19, R36]."""

    to_case_id: str | None
    why: LinkReason
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase:
    """办结."""

    outcome: Outcome
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenCase:
    """What had ended is open again."""

    reason: ReopenReason
    origin: Origin = Origin.OFFICE


CaseCommand = (
    FileCase
    | CiteFiling
    | ReplyToCase
    | ForwardCase
    | ReferCase
    | NoteMediationOutcome
    | AcceptCase
    | AnswerCase
    | ResolveCase
    | WithdrawCase
    | DivertCase
    | LinkCase
    | CloseCase
    | ReopenCase
)

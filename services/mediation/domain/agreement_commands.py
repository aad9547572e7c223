"""Commands about an agreement: drafting, signing, performance, confirmation."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    BreachGround,
    ConfirmationResult,
    FollowUpMethod,
    FollowUpOutcome,
    LegalityPoint,
    OverrideReason,
    PerformanceFinding,
    StatusMatter,
)
from shared.contracts.mediation_codes import OtherRoute, PartySide


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAgreement:
    """Record a draft; replaces the draft before it."""

    agreement_id: str
    form: AgreementForm
    draft_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Why an agreement is signed despite an objection, and the post that is responsible."""

    reason: OverrideReason
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Legality:
    """The completed legality check list: the points checked, and the objections."""

    checked: frozenset[LegalityPoint]
    objections: frozenset[LegalityPoint] = frozenset()
    override: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAgreement:
    """达成协议 (sign an agreement): earlier records can no longer be voided.

    `instalments` are the due days in their order; none where no day was agreed on.
    """

    agreement_id: str
    form: AgreementForm
    mediator_id: str
    parts: frozenset[AgreementPart]
    instalments: tuple[date, ...]
    effective_on: date
    legality: Legality
    agreement_digest: str
    number: str | None = None
    status_matters: frozenset[StatusMatter] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPerformance:
    """履行监督 (check of performance) [M31]."""

    check_id: str
    finding: PerformanceFinding
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformInstalment:
    """An instalment was performed, in full or in part, on a day of the agreement or later."""

    instalment: int
    on: date
    in_full: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformAgreement:
    """Everything was performed: for an agreement without due days, or after a remedied breach."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAgreement:
    """A breach of the agreement; `on` is the day on which it is stated."""

    ground: BreachGround
    routes_offered: frozenset[OtherRoute]
    on: date
    instalment: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestConfirmation:
    """司法确认 (judicial confirmation): `on` is the request's day, `last_day` the last one (C14)."""

    court: str
    on: date
    last_day: date
    jointly_by: frozenset[PartySide]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideConfirmation:
    """The court's decision; `on` is its day."""

    result: ConfirmationResult
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """回访 (follow-up)."""

    follow_up_id: str
    method: FollowUpMethod
    outcome: FollowUpOutcome
    on: date


SigningCommand = DraftAgreement | SignAgreement
PerformanceCommand = CheckPerformance | PerformInstalment | PerformAgreement | BreachAgreement
ConfirmationCommand = RequestConfirmation | DecideConfirmation

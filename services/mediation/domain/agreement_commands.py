"""What may be wished of an agreement: draft and sign it, look after it, have it confirmed."""

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
    """A draft, in place of any before it."""

    agreement_id: str
    form: AgreementForm
    draft_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Why an agreement is signed in spite of an objection, and the post that answers for it."""

    reason: OverrideReason
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Legality:
    """The check list as the mediator went through it: the points looked at, those that stand."""

    checked: frozenset[LegalityPoint]
    objections: frozenset[LegalityPoint] = frozenset()
    override: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAgreement:
    """达成协议: from here on nothing before it is taken back.

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
    """履行监督 [M31]."""

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
    """All was performed, of an agreement without due days or after a breach was made good."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachAgreement:
    """The promise was not kept; `on` is the day on which that is stated."""

    ground: BreachGround
    routes_offered: frozenset[OtherRoute]
    on: date
    instalment: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestConfirmation:
    """司法确认: `on` is the day of the request, `last_day` the last one on which it may come (C14)."""

    court: str
    on: date
    last_day: date
    jointly_by: frozenset[PartySide]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideConfirmation:
    """What the court made of it; `on` is the day on which it decided."""

    result: ConfirmationResult
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """回访."""

    follow_up_id: str
    method: FollowUpMethod
    outcome: FollowUpOutcome
    on: date


SigningCommand = DraftAgreement | SignAgreement
PerformanceCommand = CheckPerformance | PerformInstalment | PerformAgreement | BreachAgreement
ConfirmationCommand = RequestConfirmation | DecideConfirmation

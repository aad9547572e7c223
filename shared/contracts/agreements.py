"""Events about the agreement that a mediation comes to: drafted, signed, kept or not, confirmed."""

from datetime import date
from typing import Annotated

from pydantic import Field

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
from shared.contracts.mediation import MediationEvent, PaperNumber
from shared.contracts.mediation_codes import OtherRoute, PartySide, VoidReason
from shared.contracts.words import Digest, PostRef, UnitRef
from shared.divisions import Identifier

InstalmentNumber = Annotated[int, Field(strict=True, ge=1, le=1_000)]


class AgreementEvent(MediationEvent):
    """What all events about an agreement have in common."""

    agreement_id: Identifier


class AgreementDrafted(AgreementEvent):
    """A draft stands, until a later one does or it is voided; it binds nobody."""

    form: AgreementForm
    draft_digest: Digest


class AgreementDraftVoided(AgreementEvent):
    """The draft is given up."""

    reason: VoidReason


class MediationSucceeded(AgreementEvent):
    """达成协议: signed by all and sealed, or told to the mediator and recorded [M28, M29, M30].

    The n-th day of `instalments` is that on which the n-th is due; `perform_by` is the last.
    """

    form: AgreementForm
    mediator_id: Identifier
    parts: tuple[AgreementPart, ...]
    instalments: tuple[date, ...]
    effective_on: date
    """From this day's end on the time for asking a court to confirm it is counted (C14)."""
    legality_checked: tuple[LegalityPoint, ...]
    legality_objections: tuple[LegalityPoint, ...]
    agreement_digest: Digest
    perform_by: date | None = None
    number: PaperNumber | None = None
    status_matters: tuple[StatusMatter, ...] | None = None
    override_reason: OverrideReason | None = None
    override_by: PostRef | None = None
    """The post that answers for signing in spite of an objection."""


class PerformanceChecked(AgreementEvent):
    """履行监督: the mediator has looked whether the promise is being kept [M31]."""

    check_id: Identifier
    finding: PerformanceFinding


class InstalmentPerformed(AgreementEvent):
    """One instalment was performed in full."""

    instalment: InstalmentNumber


class InstalmentPartlyPerformed(AgreementEvent):
    """Part of an instalment was performed; the rest of it is still owed."""

    instalment: InstalmentNumber


class AgreementPerformed(AgreementEvent):
    """履行完毕: all that was promised was done, be it late."""


class AgreementBreached(AgreementEvent):
    """未履行: the promise was not kept, and the parties were offered the other routes."""

    ground: BreachGround
    routes_offered: tuple[OtherRoute, ...]
    instalment: InstalmentNumber | None = None
    """Which one, where it is not the agreement as a whole."""


class ConfirmationRequested(AgreementEvent):
    """司法确认: both sides ask the court together, within 30 days of its taking effect (C14)."""

    court: UnitRef
    requested_on: date
    jointly_by: tuple[PartySide, ...]


class ConfirmationDecided(AgreementEvent):
    """What the court made of the request; a confirmed agreement can be enforced [CPL206]."""

    result: ConfirmationResult


class FollowUpMade(MediationEvent):
    """回访: the mediator has come back to the parties after the end."""

    follow_up_id: Identifier
    method: FollowUpMethod
    outcome: FollowUpOutcome

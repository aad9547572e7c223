"""Events of intake about the handling of a case after its acceptance, and its reviews."""

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.case_handling_codes import (
    AnswerFinding,
    AnswerReviewReason,
    ApproverRole,
    ClosingChecker,
    InvestigationStep,
    ReviewLevel,
    ReviewResult,
    StatementKind,
    StatementWay,
)
from shared.contracts.intake import CaseEvent
from shared.contracts.words import Digest, PostRef, UnitRef
from shared.divisions import Identifier
from shared.times import WireTime
from shared.upcasting import upcaster


class InvestigationRecorded(CaseEvent):
    """调查核实 [R31(6)]: steps that were taken to find the facts."""

    steps: tuple[InvestigationStep, ...]
    record_digest: Digest | None = None


class HearingHeld(CaseEvent):
    """听证 [R31(6), R36]."""

    representatives: Annotated[int, Field(strict=True, ge=1, le=1_000)]
    """How many people heard the matter; nobody is named."""
    record_digest: Digest | None = None


class ExtensionGranted(CaseEvent):
    """延期 [R34]: at most 30 days in all, approved by the head of the unit; told by a notice."""

    days: Annotated[int, Field(strict=True, ge=1, le=30)]
    approver_role: ApproverRole
    due_at: WireTime
    """The new end of the term: the office's own, earlier one."""
    due_at_for_petitioner: WireTime
    reason_digest: Digest | None = None
    policy_version: str | None = None
    calendar_version: str | None = None


class ReviewRequested(CaseEvent):
    """申请复查 [R35] or 申请复核 [R36]."""

    level: ReviewLevel
    way: StatementWay | None = None


class ReviewDecided(CaseEvent):
    """复查意见 [R35] or 复核意见 [R36], as the deciding unit states it."""

    level: ReviewLevel
    result: ReviewResult
    by_unit: UnitRef
    decision_digest: Digest | None = None
    served_on: date | None = None
    """The day on which the petitioner received it, where that is known."""


class ReReviewHandedOver(CaseEvent):
    """The re-review [R36] is decided above the county: the file went there."""

    to_unit: UnitRef


class StatementRecorded(CaseEvent):
    """The petitioner's own recorded statement about how the matter stands; its text is in the vault."""

    statement: StatementKind
    way: StatementWay
    taken_by: PostRef
    statement_digest: Digest | None = None


class WithdrawalStated(CaseEvent):
    """申请撤回: the petitioner states a withdrawal; until it takes effect the case stays open."""

    way: StatementWay
    taken_by: PostRef
    statement_digest: Digest | None = None
    takes_effect_at: WireTime
    """The end of the days in which the petitioner may take it back."""
    called_back_by: UnitRef | None = None
    """The other unit that called the petitioner back."""


class WithdrawalTakenBack(CaseEvent):
    """收回撤回申请: the petitioner goes on with the case."""

    way: StatementWay
    taken_by: PostRef


class AttachmentAdded(CaseEvent):
    """附件: a file became part of the case; it is encrypted in the vault under the person's key."""

    digest: Digest
    media_type: MediaType
    size: Annotated[int, Field(strict=True, ge=1, le=10 * 2**20)]
    """Bytes that are kept."""
    of: AttachmentOf


class ClosingChecked(CaseEvent):
    """办结审核: one of the two checks before a case is closed."""

    by: ClosingChecker


class AnswerReviewOpened(CaseEvent):
    """答复质量复核: the matter was raised again, or the petitioner is dissatisfied, so the answer is looked
    at; nobody is judged by it.
    """

    schema_version: ClassVar[int] = 2

    why: AnswerReviewReason
    repeated_by: Identifier | None = None
    """The case that states that it repeats this one, of whichever township; none after a rating."""


@upcaster("answer-review-opened", from_version=1)
def _repeated(data: dict[str, Any]) -> dict[str, Any]:
    """The first version was of a repeat alone, which it names."""
    return data


class AnswerReviewClosed(CaseEvent):
    """答复质量复核: what another post found of the answer."""

    finding: AnswerFinding

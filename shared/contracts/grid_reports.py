"""Events of the grid service about a report (上报), on `concord.grid`.

What was said and about whom stays in the vault: an event has codes, references and salted digests.
An event with which a step begins says by when the step is due, and by which policy.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.report_codes import (
    ConvertedTo,
    EscalationReason,
    HandlingResult,
    LadderLevel,
    ReportCategory,
    ReportCorrectionReason,
    ReportField,
    ReportGrade,
    ReportOutcome,
    ReportRater,
    ReportRejection,
    ReportReturnReason,
    ReportSource,
    ReportStep,
    ReportTopic,
    Urgency,
    VerifiedHow,
)
from shared.contracts.words import Digest, KeyedMark, UnitRef
from shared.divisions import GridCode, Identifier, ScopeCode, VillageCode
from shared.times import WireTime

TermsVersion = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The version of the policy by which a term was counted."""


class GridReportEvent(Event):
    """What all events about a report have in common."""

    matter_id: Identifier
    report_id: Identifier


class StepBegun(GridReportEvent):
    """With this event a step of the report's way begins."""

    due_at: WireTime | None = None
    """By when the step is due; left out where the policy has no term for it."""
    terms_version: TermsVersion | None = None


class GridReportSubmitted(StepBegun):
    """上报: somebody tells the office of a matter in a grid; it has to be checked."""

    grid_code: GridCode
    category: ReportCategory
    topic: ReportTopic
    matter_category: Category
    """The category of a case about the same matter."""
    urgency: Urgency
    source: ReportSource
    words_digest: Digest
    persons: tuple[Identifier, ...]
    """Of whom the words tell: references into the vault."""
    level: LadderLevel
    worker_ref: Identifier | None = None
    """The grid worker who reports it, where it is one."""
    level_due_at: WireTime | None = None
    """By when the matter is settled at this level, or goes up."""
    about_unit: UnitRef | None = None
    """The unit that the report is about, of older reports: never given it, and shown nothing of it."""
    about_mark: KeyedMark | None = None
    """The keyed mark of that unit's code."""
    about_division: ScopeCode | None = None
    """The division of that unit; where it is left out, the township or its county."""
    about_a_worker: Literal[True] | None = None
    """It is about a grid worker; which one is in the words alone."""
    cause_ref: KeyedMark | None = None
    """The organisation (employer, developer, contractor) that caused the matter; never a person."""


class GridReportValidated(StepBegun):
    """审核通过: there is a matter, and it is the office's; it has to be dispatched or solved."""


class GridReportCorrected(GridReportEvent):
    """更正: whom the report is about, its place or its topic was stated wrongly, or not at all.

    `changed` names what is corrected; the fields of those names have the new values, and a field
    that is left out is empty from now on. What `changed` does not name stays as it was.
    """

    changed: tuple[ReportField, ...]
    why: ReportCorrectionReason
    about_unit: UnitRef | None = None
    about_mark: KeyedMark | None = None
    """Where `changed` names the unit: its mark; its code is of older corrections."""
    about_division: ScopeCode | None = None
    about_a_worker: Literal[True] | None = None
    words_digest: Digest | None = None
    grid_code: GridCode | None = None
    topic: ReportTopic | None = None
    category: ReportCategory | None = None
    matter_category: Category | None = None
    was_grid_code: GridCode | None = None
    """Where place or topic is corrected of a report that was not rejected: as what it was counted
    until now, with which cause, and since when."""
    was_topic: ReportTopic | None = None
    was_matter_category: Category | None = None
    cause_ref: KeyedMark | None = None
    submitted_at: WireTime | None = None


class GridReportRejected(GridReportEvent):
    """驳回: the report is not valid, with the reason."""

    reason: ReportRejection
    words_digest: Digest | None = None
    grid_code: GridCode | None = None
    """With which place, category and cause it counts no more, as they were known then."""
    matter_category: Category | None = None
    cause_ref: KeyedMark | None = None


class GridReportDispatched(StepBegun):
    """分派: a unit has to handle it."""

    to_unit: UnitRef


class GridReportReturned(StepBegun):
    """退回: the unit gives it back; it has to be dispatched anew."""

    by_unit: UnitRef
    reason: ReportReturnReason
    words_digest: Digest | None = None


class GridReportConverted(StepBegun):
    """转办: the matter goes on as a case, a mediation or a work order.

    The step that begins is that somebody there takes it up; no other term runs meanwhile. A work
    order has a term of its own.
    """

    to: ConvertedTo
    matter_category: Category
    village_code: VillageCode
    committee_id: Identifier | None = None
    """The committee that is asked, for a mediation."""
    order_id: Identifier | None = None
    """The work order, which is grid's own record."""
    words_digest: Digest | None = None
    about_unit: UnitRef | None = None
    about_mark: KeyedMark | None = None
    """The unit that the report is about: it is given the matter nowhere."""
    about_division: ScopeCode | None = None
    cause_ref: KeyedMark | None = None
    """The organisation that caused the matter, as the report has it."""


class GridReportOutcomeNoted(StepBegun):
    """What became of it after it was converted, as it was published elsewhere.

    Where that settled or closed it, it has to be verified; where nobody took it up, or it ended
    unsettled, the desk has to dispatch, convert or close it. Any other note begins no step.
    """

    to: ConvertedTo
    record_id: Identifier
    """The case, the mediation or the work order."""
    outcome: ReportOutcome
    ended: bool
    level_due_at: WireTime | None = None
    """By when the level has to settle it, where its time runs again."""


class GridReportMatterMoved(GridReportEvent):
    """并入: the case to which the report was converted counts with another matter, so the report does.

    The event has the `matter_id` with which the report counts from now on.
    """

    was_matter_id: Identifier
    record_id: Identifier
    """The case."""


class GridReportHandled(StepBegun):
    """处置并反馈: it was solved on the spot, or the unit says what the handling came to."""

    on_site: bool
    result: HandlingResult
    by_unit: UnitRef | None = None
    """Left out where it was solved on the spot."""
    words_digest: Digest | None = None


class GridReportVerified(StepBegun):
    """核查: whether the feedback is true; if not, the handling goes on."""

    confirmed: bool
    how: VerifiedHow


class GridReportClosed(GridReportEvent):
    """结案: the report's way is over."""

    words_digest: Digest | None = None
    """Of why nothing is left to do, where the matter ended elsewhere unsettled."""


class GridReportRated(GridReportEvent):
    """评价: somebody said how content they are."""

    rater: ReportRater
    grade: ReportGrade


class GridReportAttachmentAdded(GridReportEvent):
    """附件: a file became part of the report; it is encrypted in the vault under the report's key."""

    digest: Digest
    media_type: MediaType
    size: Annotated[int, Field(strict=True, ge=1, le=10 * 2**20)]
    """Bytes that are kept."""
    of: AttachmentOf


class GridReportEscalated(GridReportEvent):
    """升级: a higher level has the matter in hand; it never goes down again."""

    from_level: LadderLevel
    to_level: LadderLevel
    reason: EscalationReason
    level_due_at: WireTime | None = None
    terms_version: TermsVersion | None = None


class GridReportTermMissed(GridReportEvent):
    """A step was not done by its term; the office's own clock, and nobody's mark."""

    step: ReportStep
    due_at: WireTime

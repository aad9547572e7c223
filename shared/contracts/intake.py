"""Events of the intake service about a case, as published on `concord.intake`."""

from datetime import date
from typing import Any, ClassVar

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
from shared.contracts.case_handling_codes import (
    CorrectionReason,
    DeclineGround,
    FilingFact,
    FilingVoidReason,
    ServiceProof,
)
from shared.contracts.event import Event
from shared.contracts.mediation_codes import DisputeKind
from shared.contracts.words import Digest, ExternalText, Headcount, KeyedMark, PostRef, UnitRef
from shared.divisions import Identifier, ScopeCode, VillageCode
from shared.times import WireTime
from shared.upcasting import upcaster


class CaseEvent(Event):
    """What all events about a case have in common."""

    matter_id: Identifier
    case_id: Identifier
    imported: bool | None = None
    """True where the fact was brought in from an older register."""
    day_only: bool | None = None
    """True where only the day is known: the event's time is that day's first moment in China."""


class CaseFiled(CaseEvent):
    """登记: a case is in the register."""

    number: str
    channel: Channel
    purpose: Purpose
    category: Category
    headcount: Headcount | None
    joint: bool | None
    anonymous: bool | None
    first_or_repeat: FirstOrRepeat
    urgent: bool | None
    village_code: VillageCode | None = None
    repeat_of: Identifier | None = None
    received_from: ReceivedFrom | None = None
    complained_unit: UnitRef | None = None
    complained_division: ScopeCode | None = None
    """The division of that unit; where it is left out, the complaint does not state it."""
    person_ref: Identifier | None = None
    content_digest: Digest | None = None
    external_source: ExternalText | None = None
    external_number: ExternalText | None = None
    received_on: date | None = None
    """The day on which the office received it [R22, R23]; the day of the event where left out."""
    contact_unclear: bool | None = None
    """True where the petitioner's name or address is unclear: no notice is due [R23]."""
    transferred_from: UnitRef | None = None
    """The office that passed it on [R23], where one did."""
    from_case_id: Identifier | None = None
    """The case of the ledger from which the matter came, where it came from another one."""
    home_case_id: Identifier | None = None
    """The case by which the matter was first filed, where that is another one."""
    report_id: Identifier | None = None
    """The grid report that was converted to this case."""
    cause_ref: KeyedMark | None = None
    """The organisation (employer, developer, contractor) that caused the matter; never a person."""
    complained_mark: KeyedMark | None = None
    """The unit that is complained of, by the mark of its code: newer events name none by its code."""


class FilingCorrected(CaseEvent):
    """更正: facts of the registration are corrected; the number stays, and so do the old values.

    `changed` names what is corrected; the fields of those names have the new values, and a field
    that is left out is empty from now on. What `changed` does not name stays as it was. The event
    has the `matter_id` of the case from now on: a corrected `repeat_of` moves it to another matter.
    """

    why: CorrectionReason
    changed: tuple[FilingFact, ...]
    channel: Channel | None = None
    purpose: Purpose | None = None
    category: Category | None = None
    headcount: Headcount | None = None
    joint: bool | None = None
    anonymous: bool | None = None
    first_or_repeat: FirstOrRepeat | None = None
    urgent: bool | None = None
    village_code: VillageCode | None = None
    repeat_of: Identifier | None = None
    received_from: ReceivedFrom | None = None
    complained_unit: UnitRef | None = None
    complained_division: ScopeCode | None = None
    received_on: date | None = None
    contact_unclear: bool | None = None
    transferred_from: UnitRef | None = None
    content_digest: Digest | None = None
    no_longer_repeats: Identifier | None = None
    """Where `repeat_of` is corrected, the case that was named until now."""
    registered_at: WireTime | None = None
    """Where `repeat_of` or `cause_ref` is corrected, when the corrected case was registered."""
    cause_ref: KeyedMark | None = None
    was_category: Category | None = None
    """Where `cause_ref` is corrected of a case that did not come from another ledger, its category
    until now, and the cause."""
    was_cause_ref: KeyedMark | None = None
    """Left out of an accusation, which names nobody whom it accuses."""
    complained_mark: KeyedMark | None = None
    """The new unit where `complained-unit` is among `changed`, by the mark of its code."""


class FilingVoided(CaseEvent):
    """登记作废: registered by mistake; never of a case that was accepted."""

    why: FilingVoidReason
    no_longer_repeats: Identifier | None = None
    """The case that the voided one was said to repeat."""


class CaseReplied(CaseEvent):
    """An answer that an old register states without saying how it was reached."""

    reply_digest: Digest
    text_mark: KeyedMark | None = None
    """Of the answer's words, by which a text that is used again is known; see `OpinionIssued`."""


class CaseForwarded(CaseEvent):
    """转送 [R22]."""

    to_unit: UnitRef
    report_due: WireTime | None = None
    to_division: ScopeCode | None = None
    """The other township, or the county, that has the matter from now on."""


class CaseAccepted(CaseEvent):
    """受理: the clock of C6 or C12 runs from here, where the way of the case has a term.

    Version 2: of a case without a term, `due_at` is left out.
    """

    schema_version: ClassVar[int] = 2

    procedure: Procedure
    responsible_unit: UnitRef
    co_handlers: tuple[UnitRef, ...]
    due_at: WireTime | None = None
    """The office's own end of the term: the earlier one."""
    handler: PostRef
    policy_version: str | None = None
    calendar_version: str | None = None
    due_at_for_petitioner: WireTime | None = None
    """The end of the term for the petitioner, moved on from rest days."""


@upcaster("case-accepted", from_version=1)
def _with_a_term(data: dict[str, Any]) -> dict[str, Any]:
    """Every case that was accepted in version 1 had a term."""
    return data


class CaseDeclined(CaseEvent):
    """不予受理, 不再受理: with its ground; served by a notice that tells the remedy."""

    ground: DeclineGround
    competent_unit: UnitRef | None = None
    """Who is competent, where the ground is that this office is not [R23]."""


class CaseReferredToMediation(CaseEvent):
    """A committee is asked to mediate [R33, R37]; the term of the case runs on meanwhile."""

    committee_id: Identifier
    category: Category
    village_code: VillageCode | None = None
    dispute_kind: DisputeKind | None = None
    """What the two quarrel about, where whoever refers says so."""
    cause_ref: KeyedMark | None = None
    """The organisation that caused the matter, as the registration of the case has it."""
    complained_unit: UnitRef | None = None
    """The unit that the case complains of: it sees nothing of the dispute either."""
    complained_division: ScopeCode | None = None
    complained_mark: KeyedMark | None = None
    """That unit by the mark of its code."""


class MediationOutcomeNoted(CaseEvent):
    """What came of a mediation that was asked for, as mediation published it at that moment.

    It moves neither the state of the case nor its term; a resolution that follows from it, or a
    reopening, is an event of its own.
    """

    mediation_id: Identifier
    outcome: MediationOutcome
    committee_id: Identifier | None = None
    """Whose answer to a referral it is; none of a dispute that its committee registered itself."""


class CaseDiverted(CaseEvent):
    """导入法定途径 [R31]: its own outcome, listed beside the resolution rate."""

    route: Route


class CaseLinked(CaseEvent):
    """Registered and linked to the case it belongs with, not handled twice."""

    to_case_id: Identifier | None
    why: LinkReason


class OpinionIssued(CaseEvent):
    """处理意见书 [R32]."""

    result: OpinionResult
    measures: tuple[Measure, ...]
    opinion_digest: Digest | None = None
    document_number: ExternalText | None = None
    paper_digest: Digest | None = None
    """The salted digest of the printed opinion, which is in the vault."""
    text_mark: KeyedMark | None = None
    """Of facts, reasons and opinion, without digits, blanks and punctuation: the same text has the
    same mark. Left out of a text that is too short to tell."""


class OpinionServed(CaseEvent):
    """送达: the opinion has reached the petitioner."""

    result: OpinionResult
    measures: tuple[Measure, ...]
    method: ServiceMethod
    served_on: date | None = None
    """The day of receipt, as the proof says; the day of the event where it is left out."""
    proof: ServiceProof | None = None


class CaseResolved(CaseEvent):
    """化解."""

    how: ResolvedHow
    on_site: bool
    grounds: tuple[Identifier, ...] | None = None
    """The events on which it rests: of this case, or the mediation's own that the case has noted.
    None where an older register states it."""


class CaseWithdrawn(CaseEvent):
    """撤回: by the petitioner's own recorded statement; never counted as a resolution."""

    statement_recorded: bool | None


class CaseClosed(CaseEvent):
    """办结."""

    outcome: Outcome
    evidence: tuple[Digest, ...] | None = None
    """Digests of the papers and vault entries of the case that show its end."""


class CaseReopened(CaseEvent):
    """A case that had ended is open again."""

    reason: ReopenReason

"""What the routes about cases take and answer."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from services.intake.domain.reporting_policy import refuse_too_long_ago
from services.intake.store.case_number import CaseReference
from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    Outcome,
    Procedure,
    Purpose,
    ReceivedFrom,
    ReopenReason,
    ResolvedHow,
    Route,
)
from shared.contracts.look_up_codes import AlikeBy
from shared.contracts.mediation_codes import DisputeKind
from shared.contracts.unit_codes import UnitLevel, UnitType
from shared.contracts.words import Digest, Headcount, PostRef, UnitRef
from shared.divisions import Identifier, ScopeCode, VillageCode
from shared.http import Body, YesOrNo
from shared.identity import Actor, Role
from shared.office.occurrence_time import Day, Moment, ReportedLater
from shared.times import china_day
from shared.vault import Content
from shared.vault.bodies import Narrative, Organisation, Particulars


class Act(ReportedLater):
    """Body of a command; `happened_on` lies as far back as the policy of reporting allows."""

    def moment(self, actor: Actor, *, now: datetime) -> datetime:
        """The moment that the command is about; raises TooLongAgo unless a backfill states it."""
        if self.happened_on and actor.role is not Role.BACKFILL:
            refuse_too_long_ago(self.happened_on, today=china_day(now))
        return super().moment(actor, now=now)


class Person(Particulars):
    """Who files; all of it goes to the vault."""


class Filing(Body):
    """The particulars of a filing."""

    channel: Channel
    purpose: Purpose
    category: Category
    headcount: Headcount | None = None
    joint: YesOrNo | None = None
    anonymous: YesOrNo | None = None
    first_or_repeat: FirstOrRepeat = FirstOrRepeat.NOT_STATED
    urgent: YesOrNo | None = None
    village_code: VillageCode | None = None
    received_from: ReceivedFrom | None = None
    received_on: Day | None = None
    """The day on which the office received it; the day of the filing where left out."""
    person: Person | None = None
    narrative: Narrative | None = None
    cause: Organisation | None = None
    """The organisation that caused the matter, never a person: it goes to the vault."""

    def content(self) -> Content:
        """What goes to the vault."""
        person = self.person and self.person.model_dump(exclude_none=True)
        words = {"person": person, "narrative": self.narrative}
        # left out where there is none, so that what was filed before causes were has one digest
        return words | ({"cause": self.cause.model_dump(exclude_none=True)} if self.cause else {})


class FileBody(Filing, Act):
    """A case is filed."""

    matter_id: Identifier | None = None
    """The matter that it is about, where that is known; a new one otherwise."""
    repeat_of: CaseReference | None = None
    """The id or the number of the case that it repeats; a repeat has that one's matter."""
    complained_unit: UnitRef | None = None
    """The unit that the petition complains of: it is never given the case and sees nothing of it."""
    complained_division: ScopeCode | None = None
    """The township of that unit, or its county. Where left out, units of that code anywhere are meant."""
    contact_unclear: YesOrNo | None = None
    """True where the petitioner's name or address is unclear: no notice is due [R23]."""
    transferred_from: UnitRef | None = None
    """The office that passed it on [R23], where one did."""


class ForwardBody(Act):
    """To which unit."""

    to_unit: UnitRef
    report_due: Moment | None = None
    to_division: ScopeCode | None = None
    """Another township, or the county: it has the matter from now on. Its own where left out."""


class ReferBody(Act):
    """Which committee is asked, by its id at mediation, and about what kind of dispute."""

    committee_id: Identifier
    dispute_kind: DisputeKind | None = None


class AcceptBody(Act):
    """Who takes the case; the post that asks, unless another is named."""

    procedure: Procedure = Procedure.ORDINARY
    responsible_unit: UnitRef
    co_handlers: Annotated[tuple[UnitRef, ...], Field(max_length=50, fail_fast=True)] = ()
    handler: PostRef | None = None


class ResolveBody(Act):
    """By what the case came to its end in substance, and on which events of the record it rests.

    Where `grounds` is left out, the latest event of the record that fits is taken.
    """

    how: ResolvedHow
    on_site: YesOrNo = False
    grounds: (
        Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=20, fail_fast=True)]
        | None
    ) = None
    reception_id: Identifier | None = None
    """The reception at which it was solved on the spot and the petitioner acknowledged it."""


class WithdrawBody(Act):
    """Whether the petitioner's own statement is recorded."""

    statement_recorded: YesOrNo | None = None


class DivertBody(Act):
    """To which statutory route."""

    route: Route


class CloseBody(Act):
    """With which outcome, and which papers or texts of the case show it.

    Where `evidence` is left out, what the record has to show this end is taken.
    """

    outcome: Outcome
    evidence: (
        Annotated[tuple[Digest, ...], Field(min_length=1, max_length=20, fail_fast=True)] | None
    ) = None


class ReopenBody(Act):
    """Why."""

    reason: ReopenReason


class DutyWarning(Body):
    """A duty of a higher level is given to a unit of a lower one; nothing is refused by it."""

    code: str
    catalogue: str
    """The version of the duty catalogue."""
    category: Category
    unit: str
    unit_type: UnitType
    """The type of unit whose duty it is."""
    level: UnitLevel
    """The level at which it is one."""


class CaseAnswer(Body):
    """The state of a case after a command."""

    case_id: str
    matter_id: str
    number: str
    state: str
    version: int
    due_at: datetime | None
    warning: DutyWarning | None = None
    """Only after a command that names a unit, and only where there is something to warn of."""


class IssuedAnswer(CaseAnswer):
    """A document was issued; number and digest are those of the paper that was printed."""

    document_number: str | None
    paper_digest: str | None
    unprinted: list[str]
    """Characters without a glyph, printed as codes, to be written in by hand."""


class AlikeCase(Body):
    """A case that may be of the same person and the same matter, and why."""

    case_id: str
    number: str
    received_on: date
    category: Category
    state: str
    reasons: list[AlikeBy]


class FiledAnswer(CaseAnswer):
    """A case was filed; only this answer has the query code."""

    query_code: str
    alike: list[AlikeCase]
    """Cases of the own township whose petitioner has the same number. `correct` with `repeat_of`
    says that one is repeated."""

"""What the routes about cases take and answer."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    LinkReason,
    Measure,
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
from shared.contracts.words import Headcount, PostRef, UnitRef
from shared.divisions import Identifier, VillageCode
from shared.http import Body, YesOrNo
from shared.office.occurrence_time import Dated, Moment
from shared.vault import Content
from shared.vault.bodies import Narrative, Particulars


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
    person: Person | None = None
    narrative: Narrative | None = None

    def content(self) -> Content:
        """What goes to the vault."""
        person = self.person and self.person.model_dump(exclude_none=True)
        return {"person": person, "narrative": self.narrative}


class FileBody(Filing, Dated):
    """A case is filed."""

    matter_id: Identifier | None = None
    """The matter that it is about, where that is known; a new one otherwise."""
    repeat_of: Identifier | None = None
    complained_unit: UnitRef | None = None


class ForwardBody(Dated):
    """To which unit."""

    to_unit: UnitRef
    report_due: Moment | None = None


class ReferBody(Dated):
    """Which committee is asked, by its id at mediation, and about what kind of dispute."""

    committee_id: Identifier
    dispute_kind: DisputeKind | None = None


class AcceptBody(Dated):
    """Who takes the case; the post that asks, unless another is named."""

    procedure: Procedure = Procedure.ORDINARY
    responsible_unit: UnitRef
    co_handlers: Annotated[tuple[UnitRef, ...], Field(max_length=50, fail_fast=True)] = ()
    handler: PostRef | None = None


class AnswerBody(Dated):
    """The handling opinion; its text goes to the vault."""

    result: OpinionResult
    measures: Annotated[tuple[Measure, ...], Field(max_length=len(Measure), fail_fast=True)] = ()
    method: ServiceMethod
    text: Narrative | None = None


class ResolveBody(Dated):
    """By what the case came to its end in substance."""

    how: ResolvedHow
    on_site: YesOrNo = False


class WithdrawBody(Dated):
    """Whether the petitioner's own statement is recorded."""

    statement_recorded: YesOrNo | None = None


class DivertBody(Dated):
    """To which statutory route."""

    route: Route


class LinkBody(Dated):
    """Under which case the matter is handled."""

    to_case_id: Identifier | None = None
    why: LinkReason


class CloseBody(Dated):
    """With which outcome."""

    outcome: Outcome


class ReopenBody(Dated):
    """Why."""

    reason: ReopenReason


class CaseAnswer(Body):
    """The state of a case after a command."""

    case_id: str
    matter_id: str
    number: str
    state: str
    version: int
    due_at: datetime | None


class FiledAnswer(CaseAnswer):
    """A case was filed; only this answer has the query code."""

    query_code: str

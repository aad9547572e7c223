"""Rows of an older register as the import API accepts them, and their commands."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal, Protocol

from pydantic import Field, ValidationInfo, field_validator

from services.intake.api.case_bodies import Filing, Person
from services.intake.domain.case import (
    CaseCommand,
    acceptance,
    answering,
    closing,
    departure,
    forwarding,
    linking,
    resolution,
    withdrawal,
)
from services.intake.domain.case.origin import NOT_STATED, Origin
from services.intake.store.person_files import EntryKind
from shared.clocks.due import Due
from shared.contracts.case_codes import (
    Category,
    Channel,
    LinkReason,
    Outcome,
    Procedure,
    Purpose,
    ResolvedHow,
    Route,
)
from shared.contracts.words import ExternalText, PostRef, UnitRef
from shared.divisions import Identifier, TownshipCode
from shared.http import Body, YesOrNo
from shared.office import Moment
from shared.vault import Content
from shared.vault.bodies import Narrative, text

MOST_ROWS = 1000


class Surroundings(Protocol):
    """What a stated fact needs of the office to become a command."""

    def put_away(self, kind: EntryKind, content: Content) -> str:
        """Content to the vault; gives its digest."""
        ...

    def mark(self, text: str | None) -> str | None:
        """The mark of an answer's text."""
        ...

    def due(self, procedure: Procedure, accepted_at: datetime) -> Due:
        """When the opinion after an acceptance is due."""
        ...


class Stated(Body):
    """A fact with its own time; of some only the day is known."""

    at: Moment
    day_only: YesOrNo = False

    @property
    def origin(self) -> Origin:
        """How precisely the register states it."""
        return Origin.REGISTER_DAY if self.day_only else Origin.REGISTER


class RegisterPerson(Person):
    """A person as the register has them, with whatever number it wrote."""

    id_number: Annotated[str, text(100)] | None = None


class StatedFiling(Filing, Stated):
    """The filing; what the register is silent about stays open."""

    channel: Channel = Channel.NOT_STATED
    purpose: Purpose = Purpose.NOT_STATED
    category: Category = Category.UNCLASSIFIED
    person: RegisterPerson | None = None


class Reply(Stated):
    """An answer; its text goes to the vault."""

    do: Literal["reply"]
    text: Narrative | None = None

    def command(self, around: Surroundings) -> CaseCommand:
        """The command of this row."""
        digest = around.put_away(EntryKind.REPLY, {"text": self.text})
        return answering.ReplyToCase(
            reply_digest=digest, text_mark=around.mark(self.text), origin=self.origin
        )


class Accept(Stated):
    """An acceptance; its term is counted by law."""

    do: Literal["accept"]
    procedure: Procedure = Procedure.ORDINARY
    responsible_unit: UnitRef = NOT_STATED
    co_handlers: Annotated[tuple[UnitRef, ...], Field(max_length=50, fail_fast=True)] = ()
    handler: PostRef = NOT_STATED

    def command(self, around: Surroundings) -> CaseCommand:
        """The command of this row."""
        return acceptance.AcceptCase(
            handler=self.handler,
            procedure=self.procedure,
            responsible_unit=self.responsible_unit,
            co_handlers=self.co_handlers,
            due=around.due(self.procedure, self.at),
            origin=self.origin,
        )


class Forward(Stated):
    """To which unit it was passed on."""

    do: Literal["forward"]
    to_unit: UnitRef = NOT_STATED
    report_due: Moment | None = None

    def command(self, _: Surroundings) -> CaseCommand:
        """The command of this row."""
        return forwarding.ForwardCase(
            to_unit=self.to_unit, report_due=self.report_due, origin=self.origin
        )


class Divert(Stated):
    """To which statutory route it was led."""

    do: Literal["divert"]
    route: Route = Route.NOT_STATED

    def command(self, _: Surroundings) -> CaseCommand:
        """The command of this row."""
        return departure.DivertCase(route=self.route, origin=self.origin)


class Link(Stated):
    """Under which other case it is handled."""

    do: Literal["link"]
    why: LinkReason
    to_case_id: Identifier | None = None

    def command(self, _: Surroundings) -> CaseCommand:
        """The command of this row."""
        return linking.LinkCase(to_case_id=self.to_case_id, why=self.why, origin=self.origin)


class Withdraw(Stated):
    """That the petitioner took it back."""

    do: Literal["withdraw"]
    statement_recorded: YesOrNo | None = None

    def command(self, _: Surroundings) -> CaseCommand:
        """The command of this row."""
        return withdrawal.WithdrawCase(
            statement_recorded=self.statement_recorded, origin=self.origin
        )


class Resolve(Stated):
    """By what it was settled in substance."""

    do: Literal["resolve"]
    how: ResolvedHow
    on_site: YesOrNo = False

    def command(self, _: Surroundings) -> CaseCommand:
        """The command of this row."""
        return resolution.ResolveCase(how=self.how, on_site=self.on_site, origin=self.origin)


class Close(Stated):
    """With which outcome it was closed."""

    do: Literal["close"]
    outcome: Outcome = Outcome.NOT_STATED

    def command(self, _: Surroundings) -> CaseCommand:
        """The command of this row."""
        return closing.CloseCase(outcome=self.outcome, origin=self.origin)


Fact = Annotated[
    Reply | Accept | Forward | Divert | Link | Withdraw | Resolve | Close,
    Field(discriminator="do"),
]


class RegisterRow(Body):
    """One row: one case, with all that the register states of it."""

    row: Annotated[int, Field(ge=1, le=2**31)]
    number: ExternalText | None = None
    division: TownshipCode
    file: StatedFiling
    facts: Annotated[tuple[Fact, ...], Field(max_length=100, fail_fast=True)] = ()

    @field_validator("file")
    @classmethod
    def _nothing_of_the_person_is_the_number(
        cls, filing: StatedFiling, info: ValidationInfo
    ) -> StatedFiling:
        """The number is published; a mapping may name the wrong column for it."""
        number = info.data.get("number")
        if number and filing.person and number in filing.person.model_dump().values():
            raise ValueError("The number is the person's own; map the register's number to it")
        return filing

    @property
    def external_number(self) -> str:
        """The register's own number, or the row where it keeps none."""
        return self.number or f"row {self.row}"

    def moments(self) -> Iterator[tuple[str, datetime]]:
        """When each fact happened, by the field that says so."""
        yield "file.at", self.file.at
        for place, fact in enumerate(self.facts):
            yield f"facts.{place}.at", fact.at


class ImportBody(Body):
    """Rows are judged one by one, so that a bad one fails alone."""

    source: ExternalText
    rows: Annotated[
        list[dict[str, Any]], Field(min_length=1, max_length=MOST_ROWS, fail_fast=True)
    ]

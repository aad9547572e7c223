"""The declaration of a table of 12345 work orders, as they were received and answered."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from cli.register.facts import Fact, Said, Undated
from cli.register.fields import Field, FlagField, Part, SinceField, TimeField, codes_of
from cli.register.mapping import DivisionField, Mapping, Target
from cli.register.refusals import RowUnreadable
from cli.register.values import Reader
from shared.contracts.case_codes import Category
from shared.contracts.report_codes import ReportGrade, ReportTopic
from shared.contracts.signal_codes import OrderNature, OrderResult, SignalKind
from shared.times import china_day

_NOT_STATED = "not-stated"


class Order(Part):
    """An order: its number, what it is about, where, and what was said; texts go to the vault."""

    received_at: TimeField
    number: Field
    words: Field
    kind: Annotated[Field, codes_of(SignalKind)] | None = None
    category: Annotated[Field, codes_of(Category)] | None = None
    topic: Annotated[Field, codes_of(ReportTopic)] | None = None
    title: Field | None = None
    spot: Field | None = None
    company: Field | None = None
    tags: Field | None = None
    caller: Field | None = None
    phone: Field | None = None
    confidential: FlagField | None = None
    """Where a row says so, neither caller nor telephone number is read."""
    complained_unit: Field | None = None
    to_unit: Field | None = None
    nature: Annotated[Field, codes_of(OrderNature)] | None = None
    due_on: SinceField | None = None
    division: DivisionField | None = None
    village: Field | None = None


class Answer(Part):
    """What the order came to, and when."""

    at: TimeField
    result: Annotated[Field, codes_of(OrderResult)] | None = None
    words: Field | None = None
    grade: Annotated[Field, codes_of(ReportGrade)] | None = None


class OrderMapping(Mapping):
    """A mapping whose rows are work orders of 12345."""

    target: ClassVar[Target] = Target(
        subject="order",
        plural="orders",
        opening="receipt",
        opening_key="register",
        order=("answer",),
        service="grid",
        path="/hotline-orders/import",
        outcomes=("registered", "extended", "known"),
        renamed={"at": "received_at", "village_code": "village", "name": "caller"},
        counted=False,
    )

    order: Order
    answer: Answer | None = None

    @property
    def subject(self) -> Order:
        """The order."""
        return self.order

    @property
    def opened_at(self) -> TimeField:
        """When it came in."""
        return self.order.received_at

    def opening(self, reader: Reader) -> Said:
        """What a row says of the order."""
        order = self.order
        if reader.text(order.number) is None:
            raise RowUnreadable(order.number.label, "empty")
        words = reader.text(order.words, between="\n")
        if words is None:
            raise RowUnreadable(order.words.label, "empty")
        due = reader.moment(order.due_on)
        tags = reader.text(order.tags)
        said = {
            "words": words,
            "kind": reader.code(order.kind, SignalKind),
            "category": reader.code(order.category, Category),
            "topic": reader.code(order.topic, ReportTopic),
            "title": reader.text(order.title),
            "spot": reader.text(order.spot),
            "company": reader.text(order.company),
            "tags": tags and _tags(tags),
            "complained_unit": reader.text(order.complained_unit),
            "to_unit": reader.text(order.to_unit) or _NOT_STATED,
            "nature": reader.code(order.nature, OrderNature),
            "due_on": due and china_day(due.at).isoformat(),
            **self._caller(reader),
        }
        return {name: value for name, value in said.items() if value is not None}

    def facts(self, reader: Reader) -> Iterator[Fact | Undated]:
        """What was answered, where the row says something of it."""
        part = self.answer
        if part is None:
            return
        said = {
            "result": reader.code(part.result, OrderResult),
            "words": reader.text(part.words, between="\n"),
            "grade": reader.code(part.grade, ReportGrade),
        }
        if not any(said.values()):
            return
        when = reader.moment(part.at)
        yield (
            Undated("what was answered")
            if when is None
            else Fact("answer", when, part.at.label, said)
        )

    def table_of(self, fact: str) -> Part | None:
        """The answer, else the order."""
        return self.answer if fact == "answer" else self.order

    def _caller(self, reader: Reader) -> Said:
        """Who called; of a confidential caller nothing is read."""
        if reader.flag(self.order.confidential):
            return {"confidential": True}
        caller = {
            "name": reader.text(self.order.caller),
            "phone": reader.text(self.order.phone),
        }
        stated = {name: said for name, said in caller.items() if said is not None}
        return {"caller": stated} if stated else {}


def _tags(said: str) -> list[str]:
    """The tags of a cell, which has commas of either kind between them."""
    for comma in (",", "、", ";", "；"):
        said = said.replace(comma, ",")
    return [tag.strip() for tag in said.split(",") if tag.strip()]

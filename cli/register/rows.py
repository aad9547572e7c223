"""One row of a register as the import API takes it, or why it cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from cli.register.facts import Fact, Undated, in_order, moment_to_wire, refuse_before
from cli.register.fields import Field
from cli.register.mapping import Mapping
from cli.register.refusals import RowUnreadable
from cli.register.row import Row
from cli.register.times import Moment
from cli.register.values import Reader
from shared.divisions import TOWNSHIP, VILLAGE, check_division, township_of

_LONGEST_NUMBER = 64


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that stays out; the reason says nothing of what the cell holds."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A row for the API, and what it states that could not become a fact."""

    row: int
    body: dict[str, Any]
    undated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads rows by a mapping; a division that the operator gives goes before the mapping's."""

    mapping: Mapping
    zone: tzinfo
    division: str | None

    def read(self, row: Row) -> Ready | Reject:
        """What the row says; a row that is refused does not stop the others."""
        try:
            return self._read(row)
        except RowUnreadable as unreadable:
            return Reject(row.number, unreadable.column, unreadable.reason)

    def _read(self, row: Row) -> Ready:
        if row.torn:
            raise RowUnreadable("", "more cells than the header; is a quotation mark missing?")
        reader, mapping = Reader(row, self.zone), self.mapping
        target, opened_at = mapping.target, mapping.opened_at
        opened = reader.moment(opened_at)
        if opened is None:
            raise RowUnreadable(opened_at.label, f"empty: the time of {target.opening} is needed")
        facts, undated = _facts(reader, mapping, opened)
        division, village = _place(reader, mapping, self.division)
        number = _number(reader, mapping.subject.number)
        opening = {**moment_to_wire(opened), **mapping.opening(reader)}
        if not target.of_divisions:
            opening["village_code"] = village
        body = {
            "row": row.number,
            "number": number,
            "division": division,
            target.opening_key: opening,
            "facts": [fact.to_wire() for fact in facts],
        }
        return Ready(row.number, body, undated)


def _facts(reader: Reader, mapping: Mapping, opened: Moment) -> tuple[list[Fact], tuple[str, ...]]:
    """The facts in their order, and what has no day."""
    stated = list(mapping.facts(reader))
    facts = [each for each in stated if isinstance(each, Fact)]
    first = mapping.first_day(reader, opened)
    for fact in facts:
        refuse_before(first, fact, opening=mapping.target.opening)
    undated = tuple(each.what for each in stated if isinstance(each, Undated))
    return in_order(facts, mapping.target.order), undated


def _number(reader: Reader, field: Field | None) -> str | None:
    number = reader.text(field)
    if field and number and len(number) > _LONGEST_NUMBER:
        raise RowUnreadable(field.label, f"longer than {_LONGEST_NUMBER} characters")
    return number


def _place(reader: Reader, mapping: Mapping, given: str | None) -> tuple[str, str | None]:
    """The township, and the village where the register says so much."""
    subject = mapping.subject
    villages = list(_codes(reader, subject.village))
    divisions = [given] if given else list(_codes(reader, subject.division))
    if not divisions:
        raise RowUnreadable(
            _label(subject.division), "no division, and the mapping has no default"
        )
    [division] = divisions
    if mapping.target.of_divisions:
        return division[:TOWNSHIP], None
    if len(division) < TOWNSHIP:
        raise RowUnreadable(
            _label(subject.division),
            f"a county; a {mapping.target.subject} belongs to a township",
        )
    exact = [*villages, division]
    village = next((code[:VILLAGE] for code in exact if len(code) >= VILLAGE), None)
    return township_of(division), village


def _codes(reader: Reader, field: Field | None) -> Iterator[str]:
    said = reader.text(field)
    if said is None:
        return
    try:
        yield check_division(said)
    except ValueError:
        raise RowUnreadable(
            _label(field), "no division code, and not in the mapping's `map`"
        ) from None


def _label(field: Field | None) -> str:
    return field.label if field else ""

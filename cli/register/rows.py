"""One row of a register as the import door takes it, or why it cannot be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from cli.register.facts import Fact, Undated, facts_of, moment_to_wire
from cli.register.fields import Field
from cli.register.mapping import Case, Mapping
from cli.register.refusals import RowUnreadable
from cli.register.row import Row
from cli.register.values import Reader
from shared.contracts.case_codes import Category, Channel, FirstOrRepeat, Purpose, ReceivedFrom
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
    """A row for the door, and what it states that could not become a fact."""

    row: int
    body: dict[str, Any]
    undated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Reads rows by a mapping; a division that is given by hand stands before the mapping's."""

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
        reader, case = Reader(row, self.zone), self.mapping.case
        filed = reader.moment(case.filed_at)
        if filed is None:
            raise RowUnreadable(case.filed_at.label, "empty: the time of filing is needed")
        facts = facts_of(reader, self.mapping, filed)
        division, village = _place(reader, case, self.division)
        body = {
            "row": row.number,
            "number": _number(reader, case.number),
            "division": division,
            "file": {**moment_to_wire(filed), **_filing(reader, case), "village_code": village},
            "facts": [fact.to_wire() for fact in facts if isinstance(fact, Fact)],
        }
        undated = tuple(fact.what for fact in facts if isinstance(fact, Undated))
        return Ready(row.number, body, undated)


def _filing(reader: Reader, case: Case) -> dict[str, Any]:
    return {
        "channel": reader.code(case.channel, Channel) or Channel.NOT_STATED,
        "purpose": reader.code(case.purpose, Purpose) or Purpose.NOT_STATED,
        "category": reader.code(case.category, Category) or Category.UNCLASSIFIED,
        "headcount": reader.count(case.headcount),
        "joint": reader.flag(case.joint),
        "anonymous": reader.flag(case.anonymous),
        "first_or_repeat": reader.code(case.first_or_repeat, FirstOrRepeat)
        or FirstOrRepeat.NOT_STATED,
        "urgent": reader.flag(case.urgent),
        "received_from": reader.code(case.received_from, ReceivedFrom),
        "person": _person(reader, case),
        "narrative": reader.text(case.narrative, between="\n"),
    }


def _person(reader: Reader, case: Case) -> dict[str, str | None] | None:
    person = {
        "name": reader.text(case.person),
        "phone": reader.text(case.phone),
        "id_number": reader.text(case.id_number),
        "address": reader.text(case.address),
    }
    return person if any(person.values()) else None


def _number(reader: Reader, field: Field | None) -> str | None:
    number = reader.text(field)
    if field and number and len(number) > _LONGEST_NUMBER:
        raise RowUnreadable(field.label, f"longer than {_LONGEST_NUMBER} characters")
    return number


def _place(reader: Reader, case: Case, given: str | None) -> tuple[str, str | None]:
    """The township, and the village where the register says so much."""
    villages = list(_codes(reader, case.village))
    divisions = [given] if given else list(_codes(reader, case.division))
    if not divisions:
        label = case.division.label if case.division else ""
        raise RowUnreadable(label, "no division, and the mapping has no default")
    [division] = divisions
    if len(division) < TOWNSHIP:
        raise RowUnreadable(_label(case.division), "a county; a case belongs to a township")
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

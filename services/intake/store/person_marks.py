"""The table `person_mark`: cases by the keyed marks of their petitioner's numbers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString, Protocol

import orjson

from services.intake.domain.complained_unit import NOTHING_HIDDEN, HiddenComplaints
from services.intake.store.case_board import NOT_OF_OWN_UNIT, NOT_SEALED
from shared.contracts.case_codes import Purpose
from shared.contracts.look_up_codes import AlikeBy
from shared.divisions import county_of, division_of
from shared.keyed_marks import KeyedMarks
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction
from shared.vault import Entry

Marks = Mapping[AlikeBy, Sequence[str]]


class MarkedEntry(Protocol):
    """An entry of a person's file: by whose reference and which digest its marks are kept."""

    @property
    def person_ref(self) -> str:
        """The file."""
        ...

    @property
    def digest(self) -> str:
        """Of its content."""
        ...


MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCase:
    """A case whose petitioner has one of the marks."""

    division: str
    case_id: str
    number: str
    state: str
    category: str
    village_code: str | None
    received_on: date
    home_case_id: str | None
    kinds: Sequence[str]


_KEEP: LiteralString = """
    insert into person_mark (division_code, case_id, person_ref, digest, kind, mark)
    select %(division)s, case_id, person_ref, digest, kind, mark
    from json_to_recordset(%(rows)s::json)
        as given (case_id text, person_ref text, digest text, kind text, mark text)
    on conflict do nothing
"""
_COPY: LiteralString = """
    insert into person_mark (division_code, case_id, person_ref, digest, kind, mark)
    select %(division)s, %(case_id)s, %(person_ref)s, %(digest)s, kind, mark
    from person_mark
    where division_code = %(from_division)s and case_id = %(from_case)s
      and digest = %(from_digest)s
    on conflict do nothing
"""
# What is an accusation, as it was registered or as it was routed since, is found by nobody.
_FIND: LiteralString = f"""
    with found as (
        select division_code, case_id, array_agg(distinct kind order by kind) as kinds
        from person_mark
        where mark = any(%(marks)s)
          and not exists (
              select from vault_erased as erased
              where erased.division_code = person_mark.division_code
                and erased.person_ref = person_mark.person_ref)
          and not exists (
              select from vault_replaced as replaced
              where replaced.division_code = person_mark.division_code
                and replaced.person_ref = person_mark.person_ref
                and replaced.digest = person_mark.digest)
        group by division_code, case_id)
    select division_code as division, case_id, number, state, category, village_code,
        coalesce(received_on_stated, (filed_at at time zone 'Asia/Shanghai')::date) as received_on,
        home_case_id, kinds
    from found join case_board using (division_code, case_id)
    where state <> 'voided' and purpose <> %(accusation)s
      and not exists (
          select from event
          where event.division_code = case_board.division_code
            and event.stream_id = case_board.case_id and event.kind = 'case-routed'
            and event.data::json ->> 'purpose' = %(accusation)s)
      and {NOT_SEALED.sql} and ({NOT_OF_OWN_UNIT.sql})
    order by filed_at desc, case_id
"""

_FILES: LiteralString = """
    select case_id, person_ref from case_board
    where division_code = %(division)s and case_id > %(after)s and person_ref is not null
      and state <> 'voided' and purpose <> %(accusation)s
    order by case_id limit %(limit)s
"""

DELETE: LiteralString = """
    delete from person_mark
    where exists (
            select from vault_erased as erased
            where erased.division_code = person_mark.division_code
              and erased.person_ref = person_mark.person_ref)
       or exists (
            select from vault_replaced as replaced
            where replaced.division_code = person_mark.division_code
              and replaced.person_ref = person_mark.person_ref
              and replaced.digest = person_mark.digest)
"""
"""Of the owner's daily job: marks that count no longer."""


def marks_of(marks: KeyedMarks, person: Mapping[str, Any] | None) -> Marks:
    """The marks of a person's numbers; none where the county has no key."""
    stated = person or {}
    number, phone = stated.get("id_number"), stated.get("phone")
    identity = marks.of_identity(number) if number else None
    return {
        AlikeBy.IDENTITY_NUMBER: [identity] if identity else [],
        AlikeBy.PHONE: marks.of_phones(phone) if phone else [],
    }


async def files_after(
    pool: Pool, division: str, case_id: str, *, limit: int
) -> list[tuple[str, str]]:
    """The next cases of a division in the order of their ids, each with its petitioner's file."""
    named = {"division": division, "after": case_id, "limit": limit}
    named |= {"accusation": Purpose.ACCUSATION.value}
    async with transaction(pool, division) as connection:
        return [
            (row["case_id"], row["person_ref"]) for row in await rows(connection, _FILES, named)
        ]


def keep(division: str, marked: Iterable[tuple[str, MarkedEntry, Marks]]) -> list[Statement]:
    """What writes the marks of cases with their entries; nothing where there are none."""
    found = [
        {
            "case_id": case_id,
            "person_ref": entry.person_ref,
            "digest": entry.digest,
            "kind": kind.value,
            "mark": mark,
        }
        for case_id, entry, marks in marked
        for kind, values in marks.items()
        for mark in values
    ]
    if not found:
        return []
    return [Statement(_KEEP, {"division": division, "rows": orjson.dumps(found).decode()})]


def copy(case_id: str, entry: Entry, *, from_case: str, from_digest: str | None) -> Statement:
    """What gives the copy of an entry in another ledger the marks of the original."""
    source = {
        "from_division": division_of(from_case),
        "from_case": from_case,
        "from_digest": from_digest or "",
    }
    named = {
        "division": division_of(case_id),
        "case_id": case_id,
        "person_ref": entry.person_ref,
        "digest": entry.digest,
    }
    return Statement(_COPY, named | source)


async def find(
    pool: Pool, division: str, marks: Collection[str], *, hidden: HiddenComplaints | None
) -> list[FoundCase]:
    """The cases of the county with one of the marks, the latest first; none that is hidden."""
    named: dict[str, object] = {"marks": list(marks), "accusation": Purpose.ACCUSATION.value}
    named |= (hidden or NOTHING_HIDDEN).named()
    async with transaction(pool, county_of(division)) as connection:
        return [FoundCase(**row) for row in await rows(connection, _FIND, named)]

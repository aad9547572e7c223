"""Numbers of papers, by committee and year: 青云镇人调〔2026〕12号.

A number belongs to one paper for good: a repeated request for the same paper gets the same number,
so a year's numbers have gaps only for papers that were never recorded. Committees with the same
name share their numbers, and numbers of older records count as well: no two papers have the same
number.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString

from services.mediation.domain.agreement_refusals import NumberIsTaken
from services.mediation.papers import agreement_number, serial_of
from services.mediation.store.committee_board import name_of
from shared.divisions import division_of
from shared.ledger import Statement
from shared.ledger.errors import RowTaken
from shared.postgres import Pool, rows, transaction

_NAMESAKES: LiteralString = """
    select name, committee_id from committee_name
    where division_code = %(division)s
      and name = (select name from committee_name
                  where division_code = %(division)s and committee_id = %(committee_id)s)
    order by committee_id
    for update
"""
"""Locked, so that papers are numbered one after the other."""
_TAKE: LiteralString = """
    with given as (
        insert into paper_number (division_code, committee_id, year, serial, paper_id)
        select %(division)s, %(committee_id)s, %(year)s, coalesce(max(serial), 0) + 1, %(paper_id)s
        from paper_number
        where division_code = %(division)s and committee_id = any(%(namesakes)s)
          and year = %(year)s
        on conflict (division_code, paper_id) do nothing
        returning year, serial
    )
    select year, serial from given
    union all
    select year, serial from paper_number
    where division_code = %(division)s and paper_id = %(paper_id)s
"""
_FIRST_NAMESAKE: LiteralString = """
    select min(committee_id) as committee_id from committee_name
    where division_code = %(division)s and name = %(name)s
"""
_BEARERS: LiteralString = """
    select split_part(paper_id, '/', 2) as mediation_id
    from paper_number join committee_name using (division_code, committee_id)
    where division_code = %(division)s and name = %(name)s and year = %(year)s
      and serial = %(serial)s
"""
_STATE: LiteralString = """
    insert into paper_number (division_code, committee_id, year, serial, paper_id)
    values (%(division)s, %(committee_id)s, %(year)s, %(serial)s, %(paper_id)s)
    on conflict (division_code, paper_id) do nothing
"""


def paper_id(form: str, mediation_id: str) -> str:
    """The key of a paper's number: a correction of the same form keeps the number."""
    return f"{form}/{mediation_id}"


async def take(pool: Pool, *, committee_id: str, year: int, paper_id: str) -> str:
    """The printed number of a paper; `paper_id` makes its id.

    Stored under the first committee of the name, so that the table's key makes it unique.
    """
    named: dict[str, object] = {
        "division": division_of(committee_id),
        "committee_id": committee_id,
        "year": year,
        "paper_id": paper_id,
    }
    async with transaction(pool, division_of(committee_id)) as connection:
        namesakes = await rows(connection, _NAMESAKES, named)
        named["namesakes"] = [each["committee_id"] for each in namesakes]
        named["committee_id"] = namesakes[0]["committee_id"]
        [given] = await rows(connection, _TAKE, named)
    return agreement_number(namesakes[0]["name"], year=given["year"], serial=given["serial"])


async def stated(
    pool: Pool, *, committee_id: str, mediation_id: str, number: str, field: str = "number"
) -> list[Statement]:
    """Statements that reserve a number written in by hand, if it is of the committee's series.

    Raises NumberIsTaken if a paper of another dispute has it; a concurrent one is found by the
    write (`still_free`).
    """
    name = await name_of(pool, committee_id)
    counted = serial_of(number, committee=name)
    if counted is None:
        return []
    named = {
        "division": division_of(committee_id),
        "committee_id": committee_id,
        "name": name,
        "year": counted[0],
        "serial": counted[1],
        "paper_id": f"stated/{mediation_id}/{number}",
    }
    async with transaction(pool, division_of(committee_id)) as connection:
        bearers = {each["mediation_id"] for each in await rows(connection, _BEARERS, named)}
        [first] = await rows(connection, _FIRST_NAMESAKE, named)
    if bearers - {mediation_id}:
        raise NumberIsTaken(field=field)
    return [] if bearers else [Statement(_STATE, named | first)]


@contextmanager
def still_free(*, field: str = "number") -> Iterator[None]:
    """Raise NumberIsTaken if another paper took the number meanwhile."""
    try:
        yield
    except RowTaken as fault:
        if fault.table != "paper_number":
            raise
        raise NumberIsTaken(field=field) from None

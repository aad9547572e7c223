"""Numbers of documents, by unit and year: 青云镇信〔2026〕12号.

A number belongs to one document for good: a document that is printed again before it is sent keeps
it, so a year's numbers have gaps only for documents that were never recorded.
"""

from typing import LiteralString

from shared.papers import document_number
from shared.postgres import Pool, rows, transaction

_TAKE: LiteralString = """
    with known as (
        select mark, year, serial from document_number
        where division_code = %(division)s and document_id = %(document_id)s
    ), counted as (
        insert into document_series as series (division_code, mark, year, next_serial)
        select %(division)s, %(mark)s, %(year)s, 2 where not exists (select from known)
        on conflict (division_code, mark, year) do update set next_serial = series.next_serial + 1
        returning mark, year, next_serial - 1 as serial
    ), given as (
        insert into document_number (division_code, mark, year, serial, document_id)
        select %(division)s, mark, year, serial, %(document_id)s from counted
        on conflict (division_code, document_id) do nothing
        returning mark, year, serial
    )
    select mark, year, serial from given union all select mark, year, serial from known
"""
_ATTEMPTS = 2
"""A document that somebody else numbers at the same moment is known at the second attempt."""


async def take(pool: Pool, *, division: str, mark: str, year: int, document_id: str) -> str:
    """The printed number of a document."""
    named = {"division": division, "mark": mark, "year": year, "document_id": document_id}
    for _ in range(_ATTEMPTS):
        async with transaction(pool, division) as connection:
            found = await rows(connection, _TAKE, named)
        if found:
            given = found[0]
            return document_number(given["mark"], year=given["year"], serial=given["serial"])
    raise AssertionError("a number of a document was neither given nor known")

"""Numbers of papers, by committee and year: 青云镇人调〔2026〕12号.

A number is given to one paper and stays its own: asking for the same paper again takes no other
one, so that a year's numbers have no gap but that of a paper which came to nothing.
"""

from typing import LiteralString

from services.mediation.papers import agreement_number
from services.mediation.store.committee_board import name_of
from shared.divisions import division_of
from shared.postgres import Pool, rows, transaction

_TAKE: LiteralString = """
    with counted as (
        select coalesce(max(serial), 0) + 1 as next from paper_number
        where division_code = %(division)s and committee_id = %(committee_id)s and year = %(year)s
    ), given as (
        insert into paper_number (division_code, committee_id, year, serial, paper_id)
        select %(division)s, %(committee_id)s, %(year)s, next, %(paper_id)s from counted
        on conflict do nothing
        returning year, serial
    )
    select year, serial from given
    union all
    select year, serial from paper_number
    where division_code = %(division)s and paper_id = %(paper_id)s
    limit 1
"""
_TRIES = 100


async def take(pool: Pool, *, committee_id: str, year: int, paper_id: str) -> str:
    """The number of a paper as it is printed; `paper_id` is any id that is that paper's alone."""
    named = {
        "division": division_of(committee_id),
        "committee_id": committee_id,
        "year": year,
        "paper_id": paper_id,
    }
    committee = await name_of(pool, committee_id)
    for _ in range(_TRIES):
        async with transaction(pool, division_of(committee_id)) as connection:
            found = await rows(connection, _TAKE, named)
        if found:
            [given] = found
            return agreement_number(committee, year=given["year"], serial=given["serial"])
        # somebody else was given this serial meanwhile: the next one is free
    raise AssertionError("no number was free, which cannot go on for so long")

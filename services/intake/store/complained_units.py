"""The table `complained_unit`: the unit that a case complains of, by its code.

Events have its mark alone. Written in the transaction that appends them.
"""

from dataclasses import dataclass
from typing import LiteralString

from shared.divisions import division_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_KEEP: LiteralString = """
    insert into complained_unit (division_code, case_id, code, of_division)
    values (%(division)s, %(case_id)s, %(code)s, %(of_division)s)
    on conflict (division_code, case_id) do update
    set code = excluded.code, of_division = excluded.of_division
"""
_COPY: LiteralString = """
    insert into complained_unit (division_code, case_id, code, of_division)
    select %(division)s, %(case_id)s, code, of_division from complained_unit as known
    where known.division_code = %(from_division)s and known.case_id = %(from_case_id)s
    on conflict (division_code, case_id) do update
    set code = excluded.code, of_division = excluded.of_division
"""
_ONE: LiteralString = """
    select code, of_division from complained_unit
    where division_code = %(division)s and case_id = %(case_id)s and code is not null
"""


@dataclass(frozen=True, slots=True)
class ComplainedUnit:
    """The unit, and its division where the complaint states it."""

    code: str
    division: str | None


def keep(case_id: str, code: str | None, division: str | None) -> Statement:
    """Keep whom the case complains of from now on."""
    named = {"division": division_of(case_id), "case_id": case_id}
    return Statement(_KEEP, {**named, "code": code, "of_division": division})


def copy(case_id: str, *, of: str) -> Statement:
    """Keep for the case of a matter that was passed on whom the case `of` its sender complains of."""
    named = {"division": division_of(case_id), "case_id": case_id}
    return Statement(_COPY, {**named, "from_division": division_of(of), "from_case_id": of})


async def complained_unit(pool: Pool, scope: str, case_id: str) -> ComplainedUnit | None:
    """Whom the case complains of; None also where its events say it by the code."""
    named = {"division": division_of(case_id), "case_id": case_id}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _ONE, named)
    return ComplainedUnit(found[0]["code"], found[0]["of_division"]) if found else None

"""The table `complained_unit`: the unit that a signal complains of or a report is about, by its code.

Events have its mark alone. Written in the transaction that appends them.
"""

from typing import LiteralString

from shared.divisions import division_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_KEEP: LiteralString = """
    insert into complained_unit (division_code, signal_id, code)
    values (%(division)s, %(signal_id)s, %(code)s)
    on conflict (division_code, signal_id) do update set code = excluded.code
"""
_ONE: LiteralString = """
    select code from complained_unit
    where division_code = %(division)s and signal_id = %(signal_id)s and code is not null
"""


def keep(record_id: str, code: str | None) -> Statement:
    """Keep whom the signal complains of, or the report is about, from now on."""
    named = {"division": division_of(record_id), "signal_id": record_id, "code": code}
    return Statement(_KEEP, named)


async def complained_unit(pool: Pool, scope: str, record_id: str) -> str | None:
    """Whom the record complains of; None also where its events say it by the code."""
    named = {"division": division_of(record_id), "signal_id": record_id}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _ONE, named)
    return str(found[0]["code"]) if found else None

"""How far the ledgers are folded, and where they stood at a past moment."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import LiteralString

from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.store.subject_tables import EVERY_TABLES
from shared.postgres import Connection

_FOLDED: LiteralString = """
    select substr(source, 2), division_code, next_seq - 1 from inbox
    where division_code >= %(division)s and division_code < %(division)s || ':'
    order by source, division_code
"""
_PARKED: LiteralString = """
    select substr(source, 2), division_code, parked_seqs from inbox
    where division_code >= %(division)s and division_code < %(division)s || ':'
          and parked_seqs <> '{}' order by source, division_code
"""

_IS_NOW: LiteralString = "select %s::timestamptz >= clock_timestamp()"


@cache
def _at(service: str) -> LiteralString:
    """The last step of any subject that the service's ledgers tell of."""
    lasts = " union all ".join(
        f"""
        (select seq from {tables.step} step
         where step.division_code = ledger.division_code and step.source = '/{service}'
               and step.recorded_at <= %s
         order by step.recorded_at desc, step.seq desc limit 1)"""
        for tables in EVERY_TABLES
        if tables.subject.service == service
    )
    return f"""
        select ledger.division_code, max(last.seq)
        from unnest(%s::text[]) as ledger (division_code) cross join lateral ({lasts}) last
        group by ledger.division_code
    """


async def folded(connection: Connection, division: str) -> dict[LedgerName, int]:
    """Every ledger of the division and of what lies in it, with the last event folded."""
    cursor = await connection.execute(_FOLDED, {"division": division})
    found = await cursor.fetchall()
    return {LedgerName(service, ledger): seq for service, ledger, seq in found}


async def parked(connection: Connection, division: str, vector: Vector) -> dict[LedgerName, int]:
    """How many events up to these positions are parked: what is folded lacks them."""
    cursor = await connection.execute(_PARKED, {"division": division})
    found: dict[LedgerName, int] = {}
    for service, name, seqs in await cursor.fetchall():
        ledger = LedgerName(service, name)
        if lacking := sum(seq <= vector.get(ledger, 0) for seq in seqs):
            found[ledger] = lacking
    return found


async def at(connection: Connection, ledgers: Vector, moment: datetime) -> dict[LedgerName, int]:
    """Where these ledgers stood at a moment, by the times at which events were recorded.

    All that is folded was recorded before now, whatever time a clock that ran ahead gave it.
    """
    if await _is_now_or_later(connection, moment):
        return dict(ledgers)
    stood = dict.fromkeys(ledgers, 0)
    for service in {tables.subject.service for tables in EVERY_TABLES}:
        own = [ledger.division for ledger in ledgers if ledger.service == service]
        for division, seq in await _stood(connection, service, own, moment):
            stood[LedgerName(service, division)] = seq
    return stood


async def _is_now_or_later(connection: Connection, moment: datetime) -> bool:
    row = await (await connection.execute(_IS_NOW, (moment,))).fetchone()
    return row is not None and bool(row[0])


async def _stood(
    connection: Connection, service: str, divisions: Sequence[str], moment: datetime
) -> Sequence[tuple[str, int]]:
    query = _at(service)
    moments = [moment] * (query.count("%s") - 1)
    cursor = await connection.execute(query, [list(divisions), *moments])
    return await cursor.fetchall()

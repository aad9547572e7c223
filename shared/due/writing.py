"""The statements that write due rows, for an append's transaction or any other one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import LiteralString

from shared.canonical import canonical
from shared.due.row import DueRow
from shared.ledger import Statement
from shared.postgres import Connection

PARKED: LiteralString = """
    (state = 'parked' or (state = 'waiting' and settled_at is not null))
"""
"""Also a row that somebody set to waiting by hand: it is settled, so nobody leases it."""
_PUT: LiteralString = """
    with new as (
        select * from unnest(
            %(divisions)s::text[], %(kinds)s::text[], %(keys)s::text[], %(due)s::timestamptz[],
            %(payloads)s::text[], %(correlations)s::text[], %(causations)s::text[])
            as new (division_code, kind, key, due_at, payload, correlation_id, causation_id)
    ), leasable as (
        insert into due_lease (division_code, kind)
        select distinct division_code, kind from new order by division_code, kind
        on conflict do nothing
    )
    insert into due_row (division_code, kind, key, due_at, payload, correlation_id, causation_id)
    select * from new order by division_code, kind, key
    on conflict do nothing
"""
# By settled_at, which is null for waiting rows alone: asked for the state, an unanalysed table
# would be searched by the index of all that waits. A parked row has had no effect yet, and would
# have the one of its earlier time when it is resumed.
_MOVE: LiteralString = """
    update due_row set state = 'waiting', due_at = %(due_at)s, tries = 0, problem = null,
        settled_at = null
    where division_code = %(division)s and kind = %(kind)s and key = %(key)s
      and (settled_at is null or state = 'parked')
"""
_CANCEL: LiteralString = """
    update due_row set state = 'cancelled', settled_at = clock_timestamp()
    where division_code = %(division)s and kind = %(kind)s and key = %(key)s
      and (settled_at is null or state = 'parked')
"""
_RESUME: LiteralString = f"""
    update due_row set state = 'waiting', tries = 0, problem = null, settled_at = null
    where {PARKED} and division_code = coalesce(%(division)s::text, division_code)
      and kind = coalesce(%(kind)s::text, kind)
"""


def put(rows: Iterable[DueRow]) -> Statement:
    """Write rows; one whose key is there already stays as it is, whatever has become of it."""
    new = list(rows)
    return Statement(
        _PUT,
        {
            "divisions": [row.division for row in new],
            "kinds": [row.kind for row in new],
            "keys": [row.key for row in new],
            "due": [row.due_at for row in new],
            "payloads": [canonical(dict(row.payload)).decode() for row in new],
            "correlations": [row.correlation_id for row in new],
            "causations": [row.causation_id for row in new],
        },
    )


def move(division: str, kind: str, key: str, *, due_at: datetime) -> Statement:
    """Let a row fall due at another moment, also a parked one; what had an effect stays as it is."""
    return Statement(_MOVE, {"division": division, "kind": kind, "key": key, "due_at": due_at})


def cancel(division: str, kind: str, key: str) -> Statement:
    """Let a waiting or parked row never fall due. A command that is under way may still come."""
    return Statement(_CANCEL, {"division": division, "kind": kind, "key": key})


def resume(division: str | None = None, kind: str | None = None) -> Statement:
    """Let parked rows be tried again, once their cause is mended: of one ledger, of one kind."""
    return Statement(_RESUME, {"division": division, "kind": kind})


async def write(connection: Connection, statements: Sequence[Statement]) -> None:
    """Write in a transaction that is open, such as the one in which a consumer's inbox moves."""
    for statement in statements:
        await connection.execute(statement.query, statement.parameters)

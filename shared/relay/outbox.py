"""Reads unsent events: a bounded share of every ledger that is behind."""

from collections.abc import Sequence
from typing import LiteralString

from psycopg.rows import class_row

from shared.cloudevents import RecordedEvent
from shared.postgres import Connection
from shared.relay.positions import Behind

MOST_EVENTS = 6000
MOST_BYTES = 8 << 20

_NEXT: LiteralString = """
    select %(source)s::text as source, wanted.division, e.sequence, e.stream_id, e.event_id,
           e.kind, e.schema_version, e.data, e.actor_ref, e.correlation_id, e.causation_id,
           e.occurred_at, e.recorded_at, e.previous_hash, e.hash
    from unnest(%(divisions)s::text[], %(sent)s::bigint[]) as wanted (division, sent)
    cross join lateral (
        select seq as sequence, stream_id, event_id, kind, schema_version,
               convert_to(data, 'UTF8') as data, actor_ref, correlation_id, causation_id,
               occurred_at, recorded_at, previous_hash, hash,
               sum(octet_length(data)) over (order by seq) - octet_length(data) as bytes_before
        from event
        where division_code = wanted.division and seq > wanted.sent
              and seq <= wanted.sent + %(each)s
    ) e
    where e.bytes_before < %(bytes_each)s
    order by wanted.division, e.sequence
"""


async def next_events(
    connection: Connection, source: str, behind: Sequence[Behind]
) -> list[RecordedEvent]:
    """The next events of each ledger, in order; a busy ledger does not crowd out the others.

    At least one event per ledger, however large, so that no ledger is stuck.
    """
    share = {
        "source": source,
        "divisions": [ledger.division for ledger in behind],
        "sent": [ledger.sent for ledger in behind],
        "each": max(1, MOST_EVENTS // len(behind)),
        "bytes_each": max(1, MOST_BYTES // len(behind)),
    }
    async with connection.cursor(row_factory=class_row(RecordedEvent), binary=True) as cursor:
        await cursor.execute(_NEXT, share)
        return await cursor.fetchall()

"""How far Kafka is behind the ledgers, in events and in seconds."""

import time
from collections.abc import Sequence
from typing import LiteralString

from shared.metrics import RELAY_LAG_EVENTS, RELAY_LAG_SECONDS
from shared.postgres import Connection
from shared.relay.positions import Behind

_EVERY_SECONDS = 1.0
# a look-up for each ledger: as a join it was planned as a scan of every event
_OLDEST: LiteralString = """
    select greatest(coalesce(extract(epoch from clock_timestamp() - min(recorded_at)), 0), 0)::float8
    from (
        select (select e.recorded_at from event e
                where e.division_code = wanted.division and e.seq = wanted.sent + 1) as recorded_at
        from unnest(%s::text[], %s::bigint[]) as wanted (division, sent)
    ) as first
"""


def report_no_lag(service: str) -> None:
    """Set the gauges to 0: nothing is behind, or another process leads and reports the lag."""
    RELAY_LAG_EVENTS.labels(service).set(0)
    RELAY_LAG_SECONDS.labels(service).set(0)


class LagGauges:
    """Lag in events and in seconds, measured at most once a second under load."""

    def __init__(self, connection: Connection, service: str) -> None:
        self._connection = connection
        self._service = service
        self._events = RELAY_LAG_EVENTS.labels(service)
        self._seconds = RELAY_LAG_SECONDS.labels(service)
        self._measured = -_EVERY_SECONDS

    async def measure_when_due(self, behind: Sequence[Behind]) -> None:
        """Measure unless the last measurement is recent; no query when nothing is behind."""
        if not behind:
            report_no_lag(self._service)
        elif time.monotonic() - self._measured >= _EVERY_SECONDS:
            await self.measure(behind)

    async def measure(self, behind: Sequence[Behind]) -> None:
        """Count the unsent events and query the age of the oldest."""
        self._measured = time.monotonic()
        self._events.set(sum(ledger.head - ledger.sent for ledger in behind))
        divisions, sent = [b.division for b in behind], [b.sent for b in behind]
        cursor = await self._connection.execute(_OLDEST, (divisions, sent))
        row = await cursor.fetchone()
        self._seconds.set(row[0] if row else 0)

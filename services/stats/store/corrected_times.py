"""The times of steps that were recorded under a clock that ran ahead, once that is known.

They were recorded before the correction, whatever they say: its time is the latest that they can
bear. So positions of a moment, days of recording and horizons go by times that only rise.
"""

from functools import cache
from typing import LiteralString

from services.stats.store.counted_tables import CountedTables
from shared.cloudevents import RecordedEvent
from shared.postgres import Connection


@cache
def _correct(tables: CountedTables) -> LiteralString:
    return f"""
        update {tables.step} set recorded_at = %(at)s
        where division_code = %(division)s and source = %(source)s
              and recorded_at > %(at)s and seq < %(seq)s
    """


async def correct_times(
    connection: Connection, tables: CountedTables, correction: RecordedEvent
) -> None:
    """Give steps before the correction no later time than its own."""
    await connection.execute(
        _correct(tables),
        {
            "at": correction.recorded_at,
            "division": correction.division,
            "source": tables.subject.source,
            "seq": correction.sequence,
        },
    )

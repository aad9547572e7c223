"""How long what an office has to check, or to see, has been waiting, by township."""

from datetime import datetime
from typing import LiteralString

from shared.postgres import Connection

_OLDEST_UNCHECKED: LiteralString = """
    select division_code, min(submitted_at) from report_fact
    where validated_at is null and rejected_at is null
    group by division_code
"""

_UNACKNOWLEDGED: LiteralString = """
    select division_code, min(dispose_by) from warning_fact
    where level = 'red' and not afterwards and acknowledged_at is null
          and disposed_at is null and expired_at is null and found_false_at is null
          and dispose_by < now()
    group by division_code
"""


async def oldest_unchecked(connection: Connection) -> dict[str, datetime]:
    """When the oldest grid report was submitted that is neither validated nor rejected."""
    cursor = await connection.execute(_OLDEST_UNCHECKED)
    return dict(await cursor.fetchall())


async def unacknowledged_since(connection: Connection) -> dict[str, datetime]:
    """By when somebody first had to act on an open red warning that no unit has acknowledged.

    What was recorded afterwards is left out, and what is of safety, of which no fact is kept.
    """
    cursor = await connection.execute(_UNACKNOWLEDGED)
    return dict(await cursor.fetchall())

"""How long what an office has to check has been waiting, by township."""

from datetime import datetime
from typing import LiteralString

from shared.postgres import Connection

_OLDEST_UNCHECKED: LiteralString = """
    select division_code, min(submitted_at) from report_fact
    where validated_at is null and rejected_at is null
    group by division_code
"""


async def oldest_unchecked(connection: Connection) -> dict[str, datetime]:
    """When the oldest grid report was submitted that is neither validated nor rejected."""
    cursor = await connection.execute(_OLDEST_UNCHECKED)
    return dict(await cursor.fetchall())

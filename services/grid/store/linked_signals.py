"""Which signals are linked to one."""

from collections.abc import Sequence
from typing import LiteralString

from shared.divisions import division_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_LINKED: LiteralString = """
    select signal_id from signal_board
    where division_code = %(division)s and linked_id = %(signal_id)s and signal_id > %(after)s
      and coalesce(complained_unit <> all(%(own_units)s::text[]), true)
    order by signal_id limit %(limit)s
"""

# No stream has version -1, so the check fails for every signal that is found.
_REQUIRE_NONE: LiteralString = """
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(signal_id, -1))
    from signal_board where division_code = %(division)s and linked_id = %(signal_id)s
"""


async def linked_to(
    pool: Pool,
    scope: str,
    signal_id: str,
    *,
    after: str = "",
    limit: int | None = None,
    own_units: Sequence[str] = (),
) -> list[str]:
    """The ids of the signals that are linked to this record, at most so many that follow `after`.

    Those that complain of one of `own_units` are left out.
    """
    named = {
        "division": division_of(signal_id),
        "signal_id": signal_id,
        "own_units": list(own_units),
        "after": after,
        "limit": limit,
    }
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _LINKED, named)
    return [row["signal_id"] for row in found]


def require_none_linked(signal_id: str) -> Statement:
    """A conflict of the append if a signal was linked to this one meanwhile."""
    named = {"division": division_of(signal_id), "signal_id": signal_id}
    return Statement(_REQUIRE_NONE, named)

"""The rest of a merger that is undone: more signals than one append takes are a due row.

The row is put with the first of them and is due at once. It names the place in the ledger up to
which links are undone, so that a link that is made later is left as it is, however often the row
is handled.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import LiteralString

from shared.divisions import division_of
from shared.due import DueRow
from shared.postgres import Pool, rows, transaction
from shared.times import to_wire

KIND = "unmerge"
MOST = 500
"""How many signals one append takes."""
_UNDER_WAY: LiteralString = """
    select exists (select from due_row
        where division_code = %(division)s and kind = %(kind)s
          and key > %(signal_id)s || '/' and key < %(signal_id)s || '0'
          and (settled_at is null or state = 'parked')) as it_is
"""


def row_of(
    signal_id: str,
    *,
    up_to: int,
    at: datetime,
    now: datetime,
    own: Mapping[str, Sequence[str]],
    correlation_id: str | None,
) -> DueRow:
    """What remains of an act that happened `at`; signals that `own` hides from its post stay."""
    return DueRow(
        division=division_of(signal_id),
        kind=KIND,
        key=f"{signal_id}/{up_to}",
        due_at=now,
        payload={
            "signal_id": signal_id,
            "up_to": up_to,
            "at": to_wire(at),
            "own": {name: list(values) for name, values in own.items()},
        },
        correlation_id=correlation_id,
    )


async def under_way(pool: Pool, scope: str, signal_id: str) -> bool:
    """Whether signals are still to be taken from this one."""
    named = {"division": division_of(signal_id), "kind": KIND, "signal_id": signal_id}
    async with transaction(pool, scope) as connection:
        [found] = await rows(connection, _UNDER_WAY, named)
    return bool(found["it_is"])

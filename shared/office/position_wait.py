"""Makes a query wait until it can show the positions in `at_least`."""

from collections.abc import Sequence

from shared.divisions import in_scope
from shared.http import Position
from shared.http.refusals import LedgerNotFollowed
from shared.identity import Actor
from shared.office.office import LedgerOffice


async def wait_to_show(office: LedgerOffice, actor: Actor, positions: Sequence[Position]) -> None:
    """Wait until the ledgers reach the positions: views are written together with their events."""
    if not all(in_scope(actor.scope, position.division) for position in positions):
        raise LedgerNotFollowed
    await office.position_waits.until(positions, post=actor.place)

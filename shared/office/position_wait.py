"""Makes a query wait until it can show the positions in `at_least`."""

from collections.abc import Sequence

from shared.divisions import in_scope
from shared.http import Position, wait_until
from shared.http.positions import WITHIN
from shared.http.refusals import LedgerNotFollowed
from shared.identity import Actor
from shared.office.office import LedgerOffice


async def wait_to_show(office: LedgerOffice, actor: Actor, positions: Sequence[Position]) -> None:
    """Wait until the ledgers reach the positions: views are written together with their events."""
    if not positions:
        return
    if not all(in_scope(actor.scope, position.division) for position in positions):
        raise LedgerNotFollowed

    async def missing(wanted: Sequence[Position]) -> list[Position]:
        divisions = [position.division for position in wanted]
        heads = await office.ledger.heads(actor.scope, divisions)
        return [each for each in wanted if heads[each.division] < each.sequence]

    await wait_until(missing, positions, follows={office.service}, within=WITHIN)

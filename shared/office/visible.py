"""Saved means visible: a query waits until it can show the positions that it is asked to."""

from collections.abc import Sequence

from shared.divisions import in_scope
from shared.http import Position, wait_until
from shared.http.positions import WITHIN
from shared.http.refusals import LedgerNotFollowed
from shared.identity import Actor
from shared.office.office import LedgerOffice


async def wait_to_show(office: LedgerOffice, actor: Actor, positions: Sequence[Position]) -> None:
    """Views are written with their events, so a ledger's head is what can be shown."""
    if not positions:
        return
    if not all(in_scope(actor.scope, position.division) for position in positions):
        raise LedgerNotFollowed

    async def missing(wanted: Sequence[Position]) -> list[Position]:
        divisions = [position.division for position in wanted]
        heads = await office.ledger.heads(actor.scope, divisions)
        return [each for each in wanted if heads[each.division] < each.sequence]

    await wait_until(missing, positions, follows={office.service}, within=WITHIN)

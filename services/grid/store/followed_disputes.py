"""The table `followed_dispute`: whom a dispute complains of, as mediation publishes it.

Written in the transaction that moves the place in mediation's ledger.
"""

from collections.abc import Sequence
from typing import LiteralString

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.mediation import MediationApplied, MediationNotTakenUp
from shared.due import DueRow
from shared.postgres import Connection

_KEEP: LiteralString = """
    insert into followed_dispute (division_code, mediation_id, matter_id, complained_unit)
    values (%(division)s, %(mediation_id)s, %(matter_id)s, %(complained_unit)s)
    on conflict do nothing
"""
FIRST_FACTS = (MediationApplied, MediationNotTakenUp)
"""The first events of a dispute, which say whom it complains of."""


async def follow_dispute(
    connection: Connection, recorded: RecordedEvent, event: Event
) -> Sequence[DueRow]:
    """Keep whom the dispute complains of; nothing is decided by it."""
    if not isinstance(event, FIRST_FACTS):
        return ()
    if unit := event.complained_mark or event.complained_unit:
        named = {
            "division": recorded.division,
            "mediation_id": event.mediation_id,
            "matter_id": event.matter_id,
            "complained_unit": unit,
        }
        await connection.execute(_KEEP, named)
    return ()

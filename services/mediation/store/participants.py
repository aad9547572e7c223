"""The table `mediation_hand`: which mediators take part in which dispute."""

from collections.abc import Sequence
from typing import LiteralString

import orjson

from services.mediation.domain.mediation_file import MediationFile
from shared.contracts.mediation import (
    MediatorAssigned,
    MediatorAssignmentVoided,
    MediatorRecusalVoided,
    MediatorRecused,
)
from shared.handling import Written
from shared.ledger import Statement

_CHANGES = MediatorAssigned | MediatorAssignmentVoided | MediatorRecused | MediatorRecusalVoided

_KEEP: LiteralString = """
    insert into mediation_hand (division_code, mediator_id, mediation_id, takes_part)
    select %(division)s, mediator_id, mediation_id, takes_part
    from json_to_recordset(%(participants)s::json)
        as given (mediator_id text, mediation_id text, takes_part boolean)
    on conflict (division_code, mediator_id, mediation_id)
    do update set takes_part = excluded.takes_part
"""


def view_writes(division: str, written: Sequence[Written[MediationFile]]) -> list[Statement]:
    """Writes who takes part now, or has stepped back."""
    participants = {
        (event.mediator_id, event.mediation_id): event.mediator_id in each.state.mediators
        for each in written
        for event in each.events
        if isinstance(event, _CHANGES)
    }
    if not participants:
        return []
    given = [
        {"mediator_id": mediator, "mediation_id": mediation, "takes_part": takes_part}
        for (mediator, mediation), takes_part in participants.items()
    ]
    return [Statement(_KEEP, {"division": division, "participants": orjson.dumps(given).decode()})]

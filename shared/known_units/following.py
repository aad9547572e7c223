"""Keeps the tables `known_unit` and `known_post`, in the transaction that moves the place in intake's ledger.

An event that is read again changes nothing: a row knows the event that wrote it last.
"""

from collections.abc import Sequence
from typing import Any, LiteralString

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.unit_codes import PostFact, UnitFact
from shared.contracts.units import (
    PostCorrected,
    PostEnded,
    PostHandedOver,
    PostRegistered,
    UnitCorrected,
    UnitEnded,
    UnitRegistered,
)
from shared.due import DueRow
from shared.postgres import Connection

REGISTRY_KINDS = tuple(
    each.kind
    for each in (
        UnitRegistered,
        UnitCorrected,
        UnitEnded,
        PostRegistered,
        PostCorrected,
        PostHandedOver,
        PostEnded,
    )
)
"""The events that change a row."""
_Written = tuple[LiteralString, dict[str, Any]]

_REGISTER_UNIT: LiteralString = """
    insert into known_unit (division_code, unit_id, of_division, code, unit_type, parent, seq)
    values (%(division)s, %(unit_id)s, %(of_division)s, %(code)s, %(unit_type)s, %(parent)s, %(seq)s)
    on conflict do nothing
"""
_CORRECT_UNIT: LiteralString = """
    update known_unit set seq = %(seq)s, unit_type = coalesce(%(unit_type)s, unit_type),
        parent = case when %(has_parent)s then %(parent)s else parent end
    where division_code = %(division)s and unit_id = %(unit_id)s and seq < %(seq)s
"""
_END_UNIT: LiteralString = """
    update known_unit set seq = %(seq)s, successor = %(successor)s
    where division_code = %(division)s and unit_id = %(unit_id)s and seq < %(seq)s
"""
_REGISTER_POST: LiteralString = """
    insert into known_post (division_code, post_id, of_division, code, unit, portfolio_units, seq)
    values (%(division)s, %(post_id)s, %(of_division)s, %(code)s, %(unit)s, %(portfolio_units)s,
        %(seq)s)
    on conflict do nothing
"""
_CORRECT_POST: LiteralString = """
    update known_post set seq = %(seq)s, unit = coalesce(%(unit)s, unit),
        portfolio_units = case when %(has_portfolio_units)s then %(portfolio_units)s::text[]
            else portfolio_units end
    where division_code = %(division)s and post_id = %(post_id)s and seq < %(seq)s
"""
_END_POST: LiteralString = """
    update known_post set seq = %(seq)s, ended_on = %(ended_on)s
    where division_code = %(division)s and post_id = %(post_id)s and seq < %(seq)s
"""


async def follow_registry(
    connection: Connection, event: RecordedEvent, fact: Event
) -> Sequence[DueRow]:
    """Write what an event says of a unit or a post; nothing becomes due by it."""
    written = _written(fact)
    if written is not None:
        query, values = written
        place = {"division": event.division, "seq": event.sequence}
        await connection.execute(query, {**place, **values})
    return ()


def _written(fact: Event) -> _Written | None:
    match fact:
        case UnitRegistered():
            return _REGISTER_UNIT, {
                "unit_id": fact.unit_id,
                "of_division": fact.division,
                "code": fact.code,
                "unit_type": fact.unit_type,
                "parent": fact.parent,
            }
        case UnitCorrected():
            return _CORRECT_UNIT, {
                "unit_id": fact.unit_id,
                "unit_type": fact.unit_type,
                "has_parent": UnitFact.PARENT in fact.changed,
                "parent": fact.parent,
            }
        case UnitEnded():
            return _END_UNIT, {"unit_id": fact.unit_id, "successor": fact.successor}
        case PostRegistered() | PostCorrected():
            return _of_post(fact)
        case PostHandedOver() | PostEnded():
            return _END_POST, {"post_id": fact.post_id, "ended_on": fact.on}
        case _:
            return None


def _of_post(fact: PostRegistered | PostCorrected) -> _Written:
    stated = {
        "post_id": fact.post_id,
        "unit": fact.unit,
        "portfolio_units": list(fact.portfolio_units or ()),
    }
    if isinstance(fact, PostRegistered):
        return _REGISTER_POST, stated | {"of_division": fact.division, "code": fact.code}
    has_portfolio = PostFact.PORTFOLIO_UNITS in fact.changed
    return _CORRECT_POST, stated | {"has_portfolio_units": has_portfolio}

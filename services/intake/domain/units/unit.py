"""What is decided of a unit, and its state."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.intake.domain.units.commands import CorrectUnit, EndUnit, RegisterUnit, UnitCommand
from services.intake.domain.units.refusals import (
    EndsBeforeItBegan,
    MattersAreOpen,
    MergedUnitNeedsItsSuccessor,
    NothingCorrected,
    SuccessorNotRegistered,
    UnitHasEnded,
    UnitNotFound,
    UnitRegisteredOtherwise,
)
from shared.contracts.event import Event
from shared.contracts.unit_codes import UnitEnd, UnitFact
from shared.contracts.units import UnitCorrected, UnitEnded, UnitRegistered
from shared.decider import Decider, EventOfAnotherAggregate

UnitEventOf = UnitRegistered | UnitCorrected | UnitEnded
"""Every event of a unit's stream; each of them changes the state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFile:
    """The state of a unit."""

    version: int = 0
    registered: UnitRegistered | None = None
    """With the values that later corrections gave."""
    ended: UnitEnded | None = None


def decide(command: UnitCommand, unit: UnitFile) -> list[Event]:
    """Decide a command: its events, none if they are recorded already, or a refusal."""
    match command:
        case RegisterUnit():
            return _register(command, unit)
        case CorrectUnit():
            return _correct(command, unit)
        case EndUnit():
            return _end(command, unit)


def _register(command: RegisterUnit, unit: UnitFile) -> list[Event]:
    registered = UnitRegistered(
        unit_id=command.unit_id,
        code=command.code,
        division=command.division,
        unit_type=command.unit_type,
        title=command.title,
        valid_from=command.valid_from,
        parent=command.parent,
    )
    if unit.registered is None:
        return [registered]
    if unit.registered != registered:
        raise UnitRegisteredOtherwise
    return []


def _correct(command: CorrectUnit, unit: UnitFile) -> list[Event]:
    registered = _registered(unit)
    if not command.values:
        raise NothingCorrected
    changed = UnitFact.in_order(
        [
            fact
            for fact, value in command.values.items()
            if getattr(registered, fact.field) != value
        ]
    )
    if not changed:
        return []
    if unit.ended:
        raise UnitHasEnded
    values: dict[str, Any] = {fact.field: command.values[fact] for fact in changed}
    return [UnitCorrected(unit_id=registered.unit_id, changed=changed, **values)]


def _end(command: EndUnit, unit: UnitFile) -> list[Event]:
    registered = _registered(unit)
    if unit.ended:
        _refuse_another_end(command, unit.ended)
        return []
    if command.on < registered.valid_from:
        raise EndsBeforeItBegan(field="on", valid_from=registered.valid_from.isoformat())
    if command.why is UnitEnd.MERGED and command.successor is None:
        raise MergedUnitNeedsItsSuccessor(field="successor")
    if command.successor == registered.unit_id:
        raise SuccessorNotRegistered(field="successor")
    leaves_open = command.successor is None and command.open_matters > 0
    if leaves_open and not command.leaves_open:
        raise MattersAreOpen(open_matters=command.open_matters)
    ended = UnitEnded(
        unit_id=registered.unit_id,
        on=command.on,
        why=command.why,
        successor=command.successor,
        leaves_open=leaves_open or None,
    )
    return [ended]


def _refuse_another_end(command: EndUnit, ended: UnitEnded) -> None:
    stated = (command.on, command.why, command.successor)
    if stated != (ended.on, ended.why, ended.successor):
        raise UnitHasEnded(on=ended.on.isoformat())


def _registered(unit: UnitFile) -> UnitRegistered:
    if unit.registered is None:
        raise UnitNotFound
    return unit.registered


def evolve(unit: UnitFile, event: Event) -> UnitFile:
    """The unit after an event; EventOfAnotherAggregate for one that does not belong to a unit."""
    if not isinstance(event, UnitEventOf):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a unit")
    return replace(_after(unit, event), version=unit.version + 1)


def _after(unit: UnitFile, event: UnitEventOf) -> UnitFile:
    match event:
        case UnitRegistered():
            return replace(unit, registered=event)
        case UnitCorrected():
            values = {fact.field: getattr(event, fact.field) for fact in event.changed}
            known = unit.registered
            return replace(unit, registered=known and known.model_copy(update=values))
        case UnitEnded():
            return replace(unit, ended=event)


def first_day(unit: UnitFile) -> date | None:
    """The day from which on the unit is valid."""
    return unit.registered.valid_from if unit.registered else None


UNIT = Decider(initial=UnitFile(), decide=decide, evolve=evolve, first_day=first_day)

"""Every published event by its name on the wire, for decoding, schemas and documents."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from shared.contracts import (
    accusations,
    agreements,
    case_handling,
    case_holding,
    case_notices,
    case_questions,
    case_ratings,
    conferences,
    early_warnings,
    grid,
    grid_reports,
    higher_visits,
    intake,
    key_cases,
    ledger,
    mediation,
    mediators,
    patrols,
    receptions,
    signals,
    transfers,
    units,
    vault,
    weekly_reports,
)
from shared.contracts.event import STORED, Event
from shared.upcasting import upcast


def _published(*contracts: ModuleType) -> tuple[type[Event], ...]:
    """The events of these modules, in their order; a class with subclasses is only a base."""
    return tuple(
        found
        for contract in contracts
        for found in vars(contract).values()
        if isinstance(found, type)
        and issubclass(found, Event)
        and found.__module__ == contract.__name__
        and not found.__subclasses__()
    )


SERVICES: dict[str, tuple[type[Event], ...]] = {
    "intake": _published(
        intake,
        case_notices,
        case_handling,
        key_cases,
        case_questions,
        case_ratings,
        case_holding,
        transfers,
        units,
        accusations,
        receptions,
        conferences,
        higher_visits,
    ),
    "grid": _published(grid, patrols, grid_reports, signals, weekly_reports, early_warnings),
    "mediation": _published(mediators, mediation, agreements),
}

EVERY_SERVICE: tuple[type[Event], ...] = _published(ledger, vault)
"""What each service publishes on its own topic, about its ledgers and its vault."""

_CLASSES = {
    event.kind: event for events in (*SERVICES.values(), EVERY_SERVICE) for event in events
}


class UnknownEvent(ValueError):
    """The event's type is none that this release knows."""


class LaterVersion(UnknownEvent):
    """The event's type is known, in a version later than this release's."""


def event_classes() -> Iterator[tuple[str, type[Event]]]:
    """Service and class of every published event, in the order of the catalogue.

    What every service publishes comes last, under the service `*`.
    """
    for service, events in {**SERVICES, "*": EVERY_SERVICE}.items():
        for event in events:
            yield service, event


def published_kinds() -> Iterator[tuple[str, int]]:
    """Every kind of event with its latest version."""
    for kind, event in _CLASSES.items():
        yield kind, event.schema_version


def dataschema(kind: str, version: int) -> str:
    """Where an event's schema is found, as CloudEvents' `dataschema` has it."""
    return f"/contracts/{kind}/{version}"


def event_class(kind: str, version: int) -> type[Event]:
    """The class that reads this type; UnknownEvent or LaterVersion when none does."""
    found = _CLASSES.get(kind)
    if found is None:
        raise UnknownEvent(f"no published event is called {kind!r}")
    if version > found.schema_version:
        raise LaterVersion(f"{kind} version {version} is later than {found.schema_version}")
    return found


def decode_data(kind: str, version: int, data: dict[str, Any]) -> Event:
    """The typed event, older versions brought up to date on the way; the stored text stays."""
    found = event_class(kind, version)
    read = upcast(kind, version, found.schema_version, data)
    return found.model_validate(read, context=STORED)


def json_schema(event: type[Event]) -> dict[str, Any]:
    """The JSON Schema of an event's data, with the address under which others refer to it."""
    schema = event.model_json_schema(mode="serialization")
    for name, field in event.model_fields.items():
        if not field.is_required():
            schema["properties"][name] = _said_or_left_out(schema["properties"][name])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": dataschema(event.kind, event.schema_version),
        **schema,
    }


def _said_or_left_out(field: dict[str, Any]) -> dict[str, Any]:
    """An optional field is left out, never null: its schema is that of what it says."""
    said = [choice for choice in field["anyOf"] if choice != {"type": "null"}]
    return said[0] if len(said) == 1 else {"anyOf": said}

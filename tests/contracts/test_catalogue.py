"""The published language: documented as it is, without floats, and named once."""

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest

from shared import contracts
from shared.contracts.catalogue import (
    LaterVersion,
    UnknownEvent,
    decode_data,
    event_classes,
    json_schema,
)
from shared.contracts.conferences import ConferenceEvent
from shared.contracts.document import code_lists, events_page, schema_file
from shared.contracts.early_warnings import EarlyWarningEvent
from shared.contracts.event import Event
from shared.contracts.grid import GridEvent, GridWorkerEvent, VillageEvent
from shared.contracts.higher_visits import HigherVisitEvent
from shared.contracts.key_cases import KeyCaseEvent
from shared.contracts.ledger import (
    LedgerClockAccepted,
    LedgerClockCorrected,
    LedgerRestoreAccepted,
    LedgerSealed,
)
from shared.contracts.mediators import CommitteeEvent, MediatorEvent
from shared.contracts.patrols import PatrolEvent
from shared.contracts.receptions import ReceptionEvent
from shared.contracts.units import PostEvent, UnitEvent
from shared.contracts.vault import IdentityRevealed, PersonErased
from shared.contracts.weekly_reports import AssessmentEvent, WeeklyReportEvent
from shared.contracts.words import KeyedMark

DOCS = Path(__file__).resolve().parents[2] / "docs"
EVENTS = [event for _, event in event_classes()]


def test_the_page_of_events_is_up_to_date() -> None:
    assert (DOCS / "events.md").read_text(encoding="utf-8") == events_page(), "run `make docs`"


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_the_schema_file_is_up_to_date(event: type[Event]) -> None:
    name, content = schema_file(event)
    assert (DOCS / "contracts" / name).read_bytes() == content, "run `make docs`"


def types_in(schema: Any) -> set[str]:
    match schema:
        case dict():
            inner = set().union(*map(types_in, schema.values())) if schema else set()
            own = {schema["type"]} if isinstance(schema.get("type"), str) else set()
            return inner | own
        case list():
            return set().union(*map(types_in, schema)) if schema else set()
        case _:
            return set()


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_no_event_holds_a_float(event: type[Event]) -> None:
    assert "number" not in types_in(json_schema(event))


PERSONAL = re.compile(
    r"(^|_)(name|phone|address|id_card|id_number|email|narrative|text|score|risk|rank)($|_)"
)


KEYED_MARKS = ("cause_ref", "complained_mark", "text_mark")
"""Of an organisation and of an office's answer: an HMAC that has room for no word."""


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_no_event_has_room_for_a_person(event: type[Event]) -> None:
    named = [name for name in event.model_fields if PERSONAL.search(name)]
    assert [name for name in named if name not in KEYED_MARKS] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_a_keyed_mark_has_room_for_no_word(event: type[Event]) -> None:
    for name in KEYED_MARKS:
        field = event.model_fields.get(name)
        assert field is None or field.annotation == KeyedMark | None


ABOUT_NO_MATTER = (
    LedgerSealed,
    LedgerRestoreAccepted,
    LedgerClockAccepted,
    LedgerClockCorrected,
    PersonErased,
    IdentityRevealed,
    MediatorEvent,
    CommitteeEvent,
    UnitEvent,
    PostEvent,
    VillageEvent,
    GridEvent,
    GridWorkerEvent,
    PatrolEvent,
    ReceptionEvent,
    HigherVisitEvent,
    ConferenceEvent,
    KeyCaseEvent,
    WeeklyReportEvent,
    AssessmentEvent,
)
"""A seal, an erasure, a roster, a committee, a unit, a post, a grid, a patrol, a reception, a conference, a key case (which names its case): to give them a matter would be
to make one up."""


PERHAPS_ABOUT_A_MATTER = (EarlyWarningEvent,)
"""A warning may be about a place and an issue, which is many matters and none."""


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.kind)
def test_every_event_about_a_matter_names_it(event: type[Event]) -> None:
    if issubclass(event, PERHAPS_ABOUT_A_MATTER):
        assert "matter_id" in event.model_fields
    elif issubclass(event, ABOUT_NO_MATTER):
        assert "matter_id" not in event.model_fields
    else:
        assert event.model_fields["matter_id"].is_required()


def test_every_event_is_published_by_one_service_under_one_name() -> None:
    kinds = [event.kind for event in EVENTS]
    assert len(kinds) == len(set(kinds))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", kind) for kind in kinds)


def test_codes_are_english_words_with_chinese_labels() -> None:
    for codes in code_lists():
        for code in codes:
            assert re.fullmatch(r"[a-z]+(-([a-z]+|12345))*", code.value)
            assert re.search(r"[一-鿿]", code.label)


def test_an_event_of_an_unknown_type_is_named() -> None:
    with pytest.raises(UnknownEvent, match="person-scored"):
        decode_data("person-scored", 1, {})


def test_an_event_of_a_later_version_is_told_apart() -> None:
    with pytest.raises(LaterVersion, match="case-filed version 2"):
        decode_data("case-filed", 2, {})


def test_every_event_of_a_contract_module_is_in_the_catalogue() -> None:
    modules = [
        importlib.import_module(f"{contracts.__name__}.{each.name}")
        for each in pkgutil.iter_modules(contracts.__path__)
    ]
    defined = {
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, Event)
        and found.__module__ == module.__name__
        and not any(each.__module__.startswith("shared.") for each in found.__subclasses__())
    }
    assert defined - {Event} == set(EVENTS)

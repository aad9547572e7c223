"""What was once stored can always be read: old events byte for byte, old codes as they were.

`stored/<kind>-<version>.ndjson` holds events as ledgers keep them. Lines are only ever added,
and so are the codes of `stored/codes.json`.
"""

from pathlib import Path

import orjson
import pytest

from shared.contracts.catalogue import decode_data, event_class, event_classes
from shared.contracts.document import code_lists
from shared.contracts.event import Event

STORED = Path(__file__).parent / "stored"
LINES = [
    (path.stem, line)
    for path in sorted(STORED.glob("*.ndjson"))
    for line in path.read_bytes().splitlines()
]


def read(name: str, line: bytes) -> Event:
    kind, _, version = name.rpartition("-")
    return decode_data(kind, int(version), orjson.loads(line))


@pytest.mark.parametrize(("name", "line"), LINES, ids=[name for name, _ in LINES])
def test_a_stored_event_is_still_read(name: str, line: bytes) -> None:
    event = read(name, line)
    assert event.kind == name.rpartition("-")[0]


@pytest.mark.parametrize(("name", "line"), LINES, ids=[name for name, _ in LINES])
def test_an_event_of_todays_version_is_written_as_it_was(name: str, line: bytes) -> None:
    kind, _, version = name.rpartition("-")
    if int(version) == event_class(kind, int(version)).schema_version:
        assert read(name, line).to_canonical() == line


@pytest.mark.parametrize("event", [event for _, event in event_classes()], ids=lambda it: it.kind)
def test_every_version_of_every_event_is_kept(event: type[Event]) -> None:
    for version in range(1, event.schema_version + 1):
        assert (STORED / f"{event.kind}-{version}.ndjson").is_file()


@pytest.mark.parametrize("event", [event for _, event in event_classes()], ids=lambda it: it.kind)
def test_every_field_of_every_event_is_kept_somewhere(event: type[Event]) -> None:
    lines = (STORED / f"{event.kind}-{event.schema_version}.ndjson").read_bytes().splitlines()
    seen = {name for line in lines for name in orjson.loads(line)}
    marks = {"imported", "day_only"}
    fields = {field.alias or name for name, field in event.model_fields.items()}
    assert fields - marks <= seen


def test_code_lists_only_grow() -> None:
    kept = orjson.loads((STORED / "codes.json").read_bytes())
    today = {codes.__name__: {code.value: code.label for code in codes} for codes in code_lists()}
    assert today == kept, "a new code is added to stored/codes.json; none is ever taken away"


def test_no_two_code_lists_have_one_name() -> None:
    names = [codes.__name__ for codes in code_lists()]
    assert len(names) == len(set(names)), "GET /codes would show one of them for both"

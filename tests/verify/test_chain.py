"""What is done to the events of an export, with a manifest written anew to fit, is named."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.verify import NoExport
from tests.stats.lives import NEIGHBOUR, TOWNSHIP
from tests.verify.exports import Chained, forged, line_of, placed, write_export
from tests.verify.tampering import (
    a_township,
    edited,
    found_in,
    lines_of,
    only,
    tampered_with,
    townships,
    write,
)


def test_a_changed_event_is_named_and_nothing_else_of_the_chain(export: Path) -> None:
    with forged(export):
        lines = lines_of(export)
        lines[11] = lines[11].replace(b'"justice-office"', b'"justice-0ffice"')
        write(export, lines)
    event_id = orjson.loads(lines[11])["id"]
    [finding] = found_in(export)
    assert finding.startswith(f"intake/{TOWNSHIP}: event 12 ({event_id}) was changed")


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.text(max_size=5), st.integers(-(2**60), 2**60), st.none(), st.booleans(), st.just([])
)


@pytest.mark.slow
@tampered_with
@given(st.data(), VALUES)
def test_any_member_of_any_event_changed_is_found(
    export: Path, data: st.DataObject, value: Any
) -> None:
    lines = lines_of(export)
    place = data.draw(st.integers(0, len(lines) - 1))
    event = orjson.loads(lines[place])
    where = data.draw(st.sampled_from([event, event["data"]]))
    name = data.draw(st.sampled_from([*where, "added"]))
    if type(where.get(name, "")) is type(value) and where.get(name, "") == value:
        return
    where[name] = value
    changed = [*lines]
    changed[place] = json.dumps(event, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    try:
        with forged(export):
            write(export, changed)
        only(found_in(export), f"intake/{TOWNSHIP}")
    finally:
        with forged(export):
            write(export, lines)
    assert found_in(export) == []


@pytest.mark.parametrize("name", ["sequence", "hash"])
@pytest.mark.parametrize("number", [2**53 - 1, 2**53, -(2**60)])
def test_a_number_beyond_what_a_manifest_states_is_found(
    export: Path, name: str, number: int
) -> None:
    with forged(export):
        lines = lines_of(export)
        write(export, [*lines[:-1], edited(lines[-1], **{name: number})])
    only(found_in(export), f"intake/{TOWNSHIP}: line 16 cannot be read")


def test_a_dropped_event_is_named(export: Path) -> None:
    with forged(export):
        lines = lines_of(export)
        write(export, lines[:6] + lines[8:])
    only(found_in(export), f"intake/{TOWNSHIP}", "events 7 to 8 are missing")


def test_events_dropped_at_the_end_leave_the_figures_without_ground(export: Path) -> None:
    with forged(export):
        write(export, lines_of(export)[:-1])
    only(found_in(export), "figures.json", "as_of is not where the exported ledgers end")


def test_dropped_at_the_end_without_covering_it_up_the_end_is_named(export: Path) -> None:
    write(export, lines_of(export)[:-2])
    only(found_in(export), f"intake/{TOWNSHIP}", "ends with event 14, and the manifest says 16")


def test_swapped_events_are_named(export: Path) -> None:
    with forged(export):
        lines = lines_of(export)
        lines[6], lines[7] = lines[7], lines[6]
        write(export, lines)
    only(found_in(export), "event 7", "stands out of its place, after event 8")


def test_an_event_that_stands_twice_is_named(export: Path) -> None:
    with forged(export):
        lines = lines_of(export)
        write(export, [*lines[:5], lines[4], *lines[5:]])
    findings = found_in(export)
    only(findings, "event 5", "stands there twice, or was added")


def test_an_event_of_another_ledger_is_named(export: Path) -> None:
    with forged(export):
        lines = lines_of(export)
        lines[6] = lines_of(export, f"ledgers/intake/{NEIGHBOUR}.ndjson")[6]
        write(export, lines)
    only(found_in(export), f"intake/{TOWNSHIP}", "event 7", "belongs to another ledger")


def test_an_event_put_between_two_others_breaks_the_chain(export: Path) -> None:
    ledger = townships()[0].events
    strange = placed(a_township().events[0], 7, ledger[5].hash)
    with forged(export):
        lines = lines_of(export)
        added = Chained.__new__(Chained)
        added.events = [strange]
        write(export, [*lines[:6], line_of(strange), *lines[6:]])
    findings = found_in(export)
    only(findings, "event 7", "twice, or was added")


def test_a_line_that_is_no_event_is_named_by_its_number(export: Path) -> None:
    with forged(export):
        lines = lines_of(export)
        lines[3] = b"{\n"
        lines[8] = edited(lines[8], time="yesterday")
        write(export, lines)
    findings = found_in(export)
    only(findings, "line 4 cannot be read: not JSON")
    only(findings, "line 9 cannot be read: a time that is not written as")


@pytest.mark.parametrize("sealed", [True, False])
def test_a_history_written_anew_is_shown_by_the_seals_and_only_by_them(
    export: Path, sealed: bool
) -> None:
    """Every hash computed again after the change: a chain alone would have nothing to say."""
    other = a_township()
    data = other.events[1].data.replace(b"justice-office", b"another-office")
    other.events[1] = replace(other.events[1], data=data)
    rewritten = Chained(other, [5, 9])
    originals = townships()[0]
    if sealed:
        # the seals stand as they were signed; only they can tell
        rewritten.events = _with_seals_of(originals, rewritten)
    else:
        rewritten = Chained(other, [])
    findings = found_in(made_anew(export, rewritten))
    if sealed:
        only(findings, f"intake/{TOWNSHIP} seal", "has another hash than the one that was sealed")
        only(findings, "the events 1 to 5 are not those that were sealed")
    else:
        assert findings == []


def made_anew(export: Path, chained: Chained) -> Path:
    shutil.rmtree(export)
    export.mkdir()
    return write_export(export, [chained], division=TOWNSHIP)


def test_a_history_written_and_signed_anew_is_shown_by_the_seals_that_were_kept(
    export: Path,
) -> None:
    kept = Path(shutil.copy(export / "seals.ndjson", export.parent))
    assert found_in(export, seals=kept) == []
    other = a_township()
    data = other.events[1].data.replace(b"justice-office", b"another-office")
    other.events[1] = replace(other.events[1], data=data)
    made_anew(export, Chained(other, [5, 9]))
    assert found_in(export) == []
    days = ("2026-01-01", "2026-01-02")
    assert found_in(export, seals=kept) == [
        *(
            f"intake/{TOWNSHIP}: the seal of {day} that was kept is not there: history was rewritten"
            for day in days
        ),
        *(
            f"{service}/{TOWNSHIP}: the seal of {day} that was kept is not there: the whole ledger was left out"
            for service in ("mediation", "grid")
            for day in days
        ),
    ]
    folder = export.parent / "copies"
    for number, line in enumerate(kept.read_bytes().splitlines()):
        copy = folder / f"{number}.json"
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(orjson.dumps(orjson.loads(line)["data"]))
    assert found_in(export, seals=folder) == found_in(export, seals=kept)
    kept.write_text("nonsense")
    with pytest.raises(NoExport, match="cannot be read as"):
        found_in(export, seals=kept)


def _with_seals_of(originals: Chained, rewritten: Chained) -> list[Any]:
    events: list[Any] = []
    for before, now in zip(originals.events, rewritten.events, strict=True):
        event = before if before.kind == "ledger-sealed" else now
        previous = events[-1].hash if events else bytes(32)
        events.append(placed(event, len(events) + 1, previous))
    return events

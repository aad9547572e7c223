"""Reads a history from an export; `concord verify` says whether the export is whole."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cli.back_testing.history import History, Line, NotAnEvent, line_of
from cli.progress import Tell
from cli.refusals import BadInput
from shared.divisions import COUNTY, TOWNSHIP, check_division, in_scope
from shared.services import LEDGER_KEEPERS
from shared.times import from_wire

_MANIFEST = "manifest.json"
_LARGEST_MANIFEST, _LONGEST_LINE = 64 << 20, 4 << 20
_TELL_EVERY = 100_000


def read_export(folder: Path, division: str, history: History, tell: Tell) -> datetime:
    """Take the events of a division; gives the moment at which the export was made."""
    manifest = _manifest(folder)
    made_at = _checked(folder, manifest, division)
    ledgers = _ledgers(folder, manifest, division)
    if not ledgers:
        raise BadInput(f"--export: {folder} has no ledger of {division}.")
    for ledger, events in ledgers:
        tell(f"reading {ledger}: {events:,} events")
        for line in _lines(folder, ledger, events):
            history.add(line)
            if history.read % _TELL_EVERY == 0:
                tell(f"… {history.read:,} events read")
    return made_at


def _manifest(folder: Path) -> Mapping[str, Any]:
    file = folder / _MANIFEST
    if folder.exists() and not folder.is_dir():
        raise BadInput(
            f"--export: {folder} is no folder; name the one that `concord export` wrote."
        )
    try:
        if file.stat().st_size > _LARGEST_MANIFEST:
            raise BadInput(f"--export: {file} is too large for a manifest.")
        manifest = json.loads(file.read_bytes())
    except FileNotFoundError as missing:
        raise BadInput(
            f"--export: {folder} is no export: there is no {_MANIFEST}. `concord export` writes one."
        ) from missing
    except OSError as fault:
        raise BadInput(f"--export: {file} cannot be read: {fault.strerror}.") from fault
    except (ValueError, RecursionError) as invalid:
        raise BadInput(f"--export: {file} is no manifest of an export.") from invalid
    if not isinstance(manifest, dict) or manifest.get("format") != "concord-export":
        raise BadInput(f"--export: {file} is no manifest of an export.")
    return manifest


def _checked(folder: Path, manifest: Mapping[str, Any], division: str) -> datetime:
    if manifest.get("version") != 1:
        raise BadInput(f"--export: {folder} is of a format that this release does not read.")
    try:
        of = check_division(str(manifest["division"]), COUNTY, TOWNSHIP)
        made_at = from_wire(str(manifest.get("figures_at", manifest.get("made_at"))))
    except (KeyError, ValueError) as invalid:
        raise BadInput(f"--export: {folder / _MANIFEST} is no manifest of an export.") from invalid
    if not in_scope(of, division):
        raise BadInput(f"--division: the export is of {of}, and {division} is not within it.")
    return made_at


def _ledgers(folder: Path, manifest: Mapping[str, Any], division: str) -> list[tuple[str, int]]:
    try:
        named = sorted((str(each["ledger"]), int(each["events"])) for each in manifest["ledgers"])
        return [(name, events) for name, events in named if _is_of(name, division)]
    except (KeyError, ValueError, TypeError) as invalid:
        raise BadInput(
            f"--export: {folder / _MANIFEST} does not name ledgers as an export does."
        ) from invalid


def _is_of(ledger: str, division: str) -> bool:
    """Whether the ledger is read; its name is that of a file, and so is checked."""
    service, _, own = ledger.partition("/")
    return service in LEDGER_KEEPERS and in_scope(division, check_division(own, COUNTY, TOWNSHIP))


def _lines(folder: Path, ledger: str, events: int) -> Iterator[Line]:
    file = folder / "ledgers" / f"{ledger}.ndjson"
    if file.is_symlink() or not file.is_file():
        raise BadInput(f"--export: {file} is missing, and the manifest names it.")
    number = 0
    with file.open("rb") as opened:
        while text := opened.readline(_LONGEST_LINE):
            number += 1
            yield _line(text, ledger, number, f"{file}, line {number}")
    if number != events:
        raise BadInput(
            f"--export: {file} has {number:,} events, and the manifest names {events:,}."
        )


def _line(text: bytes, ledger: str, number: int, where: str) -> Line:
    try:
        line = line_of(text)
    except NotAnEvent as reason:
        raise BadInput(f"--export: {where}: {reason}.") from reason
    if line.ledger != ledger or line.sequence != number:
        raise BadInput(f"--export: {where}: it is not event {number} of the ledger {ledger}.")
    return line

"""Parses `--as-of`: positions in ledgers, or a time."""

import json
from datetime import datetime
from pathlib import Path

from cli.positions import read_positions, write_positions
from cli.refusals import BadInput

_FORMS = (
    "--as-of takes positions (intake/519900101@42,…), @FILE with the `as_of` object of an "
    "earlier answer, or a time with its offset (2025-03-04T12:00:00+08:00)"
)


def read_as_of(text: str | None) -> str | None:
    """The `as_of` parameter of the stats API; raises BadInput."""
    if text is None:
        return None
    if text.startswith("@"):
        return _from_file(Path(text[1:]))
    if "@" in text:
        return _positions(text)
    return _time(text)


def _positions(text: str) -> str:
    try:
        return write_positions(read_positions(text))
    except ValueError as unreadable:
        raise BadInput(f"{_FORMS}.") from unreadable


def _time(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise BadInput(f"{_FORMS}.") from unreadable
    if moment.tzinfo is None:
        raise BadInput(f"{_FORMS}; the offset is missing.")
    return moment.isoformat()


def _from_file(path: Path) -> str:
    """From a file with the `as_of` object alone, or with a whole answer."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        vector = found.get("as_of", found)
        return _positions(",".join(f"{ledger}@{place}" for ledger, place in vector.items()))
    except OSError as missing:
        raise BadInput(f"{path} cannot be read: {missing.strerror or missing}.") from missing
    except (ValueError, AttributeError) as unreadable:
        raise BadInput(f"{path} holds no `as_of` object.") from unreadable

"""Parses `--as-of`: positions in ledgers, or a time."""

import json
from datetime import date, datetime
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


def read_horizon(text: str | None, as_of: str | None) -> str | None:
    """The `horizon` parameter of the stats API: as stated, or that of the answer in @FILE."""
    if text is None:
        return _horizon_in(Path(as_of[1:])) if as_of and as_of.startswith("@") else None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as unreadable:
        raise BadInput("--horizon takes a day: 2025-03-04.") from unreadable


def _horizon_in(path: Path) -> str | None:
    """Of a whole answer; the `as_of` object alone has none."""
    found = json.loads(path.read_text(encoding="utf-8-sig"))
    horizon = found.get("horizon")
    return horizon if isinstance(horizon, str) else None


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

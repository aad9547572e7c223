"""Responses of routes: JSON, with the ledger positions of what was written."""

from datetime import date, datetime

import orjson
from fastapi import Response

from shared.http.positions import HEADER, Position, format_positions
from shared.times import to_wire


def answered(content: object, *positions: Position, status: int = 200) -> Response:
    """A JSON response (bytes are JSON already), with `Concord-Position` if there are positions."""
    body = content if isinstance(content, bytes) else _json(content)
    headers = {HEADER: format_positions(positions)} if positions else None
    return Response(body, status_code=status, headers=headers, media_type="application/json")


def _json(content: object) -> bytes:
    """All times in the wire format."""
    return orjson.dumps(content, default=_written, option=orjson.OPT_PASSTHROUGH_DATETIME)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return to_wire(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no spelling in JSON")

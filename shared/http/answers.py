"""What a route answers: JSON, and the positions that show what it wrote."""

from datetime import date, datetime

import orjson
from fastapi import Response

from shared.http.positions import HEADER, Position, format_positions
from shared.times import to_wire


def answered(content: object, *positions: Position, status: int = 200) -> Response:
    """JSON (bytes are taken to be JSON already), with `Concord-Position` where there are any."""
    body = content if isinstance(content, bytes) else _json(content)
    headers = {HEADER: format_positions(positions)} if positions else None
    return Response(body, status_code=status, headers=headers, media_type="application/json")


def _json(content: object) -> bytes:
    """Times in one spelling everywhere, that of the wire."""
    return orjson.dumps(content, default=_written, option=orjson.OPT_PASSTHROUGH_DATETIME)


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return to_wire(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no spelling in JSON")

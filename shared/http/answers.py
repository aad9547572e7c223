"""What a route answers: JSON, and the positions that show what it wrote."""

import orjson
from fastapi import Response

from shared.http.positions import HEADER, Position, format_positions


def answered(content: object, *positions: Position, status: int = 200) -> Response:
    """JSON (bytes are taken to be JSON already), with `Concord-Position` where there are any."""
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    headers = {HEADER: format_positions(positions)} if positions else None
    return Response(body, status_code=status, headers=headers, media_type="application/json")

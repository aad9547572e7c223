"""A command that begins a record, and the answer that says where the record is found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import orjson
from fastapi import Response

from shared.divisions import division_of
from shared.handling import Handling, Wish
from shared.http import IdempotencyKey, Position, answered, correlation_id
from shared.identity import Actor
from shared.ledger import Statement
from shared.refusals import Refusal

C = TypeVar("C")


async def begin(
    handling: Handling[C, Any],
    command: C,
    *,
    service: str,
    stream_id: str,
    at: datetime,
    actor: Actor,
    key: IdempotencyKey | None,
    refused: Refusal | None = None,
    beside: Sequence[Statement] = (),
    address: str,
) -> Response:
    """Handle it and answer 201; `address` is where such records are found: /cases/{case_id}.

    `refused` is as in a wish. The id in the address is read from the answer: a repeated one names
    the record that was begun first.
    """
    wish = Wish(
        command=command,
        stream_id=stream_id,
        at=at,
        author=actor.author(correlation_id()),
        refused=refused,
        begins=True,
        key=key,
    )
    handled = await handling.handle(wish, beside=beside)
    position = Position(service, division_of(stream_id), handled.position)
    response = answered(handled.answer, position, status=201)
    response.headers["Location"] = address.format_map(orjson.loads(handled.answer))
    return response

"""A command that begins a record, and the answer that says where the record is found."""

from typing import TypeVar

import orjson
from fastapi import Response

from shared.divisions import division_of
from shared.drafts.with_command import draft_of_key, emptying
from shared.handling import AnswerWith, CommandRequest, Handling, Prepare
from shared.http import IdempotencyKey, Position, answered, correlation_id
from shared.identity import Actor
from shared.ledger import Author

C = TypeVar("C")
S = TypeVar("S")


async def begin(
    handling: Handling[C, S],
    prepare: Prepare[S, C],
    *,
    service: str,
    stream_id: str,
    actor: Actor,
    key: IdempotencyKey | None,
    address: str,
    begins: bool = True,
    answer: AnswerWith[S] | None = None,
    author: Author | None = None,
) -> Response:
    """Handle the command and answer 201; `address` is a template such as /cases/{case_id}.

    `begins` is false where the id is made of what the record is called, so that the record may be
    there already: it is loaded then, and the rule says whether it is the same. The id in the
    address is read from the answer: a repeated request gets the address of the record that its
    first one began. `author` is given where the events name somebody else than the actor, whose draft
    is emptied.
    """
    division = division_of(stream_id)
    request = CommandRequest(
        stream_id=stream_id,
        author=author or actor.author(division, correlation_id()),
        prepare=emptying(actor, draft_of_key(key), prepare),
        begins=begins,
        key=key,
        answer=answer,
    )
    handled = await handling.handle(request)
    position = Position(service, division, handled.position)
    response = answered(handled.answer, position, status=201)
    response.headers["Location"] = address.format_map(orjson.loads(handled.answer))
    return response

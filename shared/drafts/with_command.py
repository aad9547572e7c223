"""The draft of a command: emptied in the append's transaction, with the events that it became."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from fastapi import Request

from shared.drafts.storing import DraftName, emptied
from shared.handling import Prepare, Prepared, Record
from shared.http import IdempotencyKey
from shared.http.idempotency import digest_of_key
from shared.identity import Actor
from shared.ledger import NewEvent, Statement

C = TypeVar("C")
S = TypeVar("S")


def draft_of(request: Request, key: IdempotencyKey | None, stream_id: str | None) -> DraftName:
    """The draft's name: the last word of the address, and the record's id or the key."""
    form = request.scope["route"].path.rpartition("/")[2]
    known = (key and key.key, stream_id and digest_of_key(request.app.state.keys, stream_id))
    return DraftName(form, tuple(each for each in known if each))


def draft_of_key(key: IdempotencyKey | None) -> DraftName | None:
    """The name of the draft of a record that only begins."""
    return None if key is None else DraftName(key.route.rpartition("/")[2], (key.key,))


def emptying(actor: Actor, draft: DraftName | None, prepare: Prepare[S, C]) -> Prepare[S, C]:
    """The prepare step that empties the draft as well, where events follow."""
    if draft is None or not draft.draft_keys or not actor.has_post:
        return prepare
    statement = emptied(actor, draft)

    async def prepare_and_empty(record: Record[S]) -> Prepared[C, S] | None:
        prepared = await prepare(record)
        if prepared is None:
            return None
        about = prepared.writes_about

        def writes(new: Sequence[NewEvent]) -> Sequence[Statement]:
            return [*(about(new) if about else ()), statement]

        return replace(prepared, writes_about=writes)

    return prepare_and_empty

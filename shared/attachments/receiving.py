"""Reads the body of an upload: bounded in bytes, in silence and in time, and a few at a time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request
from starlette.requests import ClientDisconnect

from shared.attachments.limits import (
    GRACE_SECONDS,
    LARGEST,
    LEAST_BYTES_A_SECOND,
    MOST_AT_ONCE,
    MOST_AT_ONCE_OF_ACTOR,
    SILENT_SECONDS,
)
from shared.http.bodies import refuse_declared_size
from shared.http.refusals import BodyTooLarge, BodyTooLate, MalformedRequest, TooBusy


class Uploads:
    """The uploads under way in a process."""

    def __init__(self) -> None:
        self._of_actor: Counter[str] = Counter()

    @asynccontextmanager
    async def one(self, actor: str) -> AsyncIterator[None]:
        """A place for one more upload of this post; raises TooBusy where there is none."""
        if (
            self._of_actor.total() >= MOST_AT_ONCE
            or self._of_actor[actor] >= MOST_AT_ONCE_OF_ACTOR
        ):
            raise TooBusy
        self._of_actor[actor] += 1
        try:
            yield
        finally:
            self._of_actor[actor] -= 1
            if not self._of_actor[actor]:
                del self._of_actor[actor]


async def receive(request: Request) -> bytes:
    """The whole body; raises BodyTooLarge, BodyTooLate, or MalformedRequest where it breaks off."""
    refuse_declared_size(request, largest=LARGEST)
    clock = asyncio.get_running_loop().time
    began = clock()
    pieces, size = [], 0
    try:
        async with asyncio.timeout(SILENT_SECONDS) as patience:
            async for piece in request.stream():
                size += len(piece)
                if size > LARGEST:
                    raise BodyTooLarge
                pieces.append(piece)
                latest = began + GRACE_SECONDS + size / LEAST_BYTES_A_SECOND
                patience.reschedule(min(clock() + SILENT_SECONDS, latest))
    except TimeoutError:
        raise BodyTooLate from None
    except ClientDisconnect:
        raise MalformedRequest("The body ended too early.") from None
    return b"".join(pieces)

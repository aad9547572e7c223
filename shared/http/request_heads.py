"""Limits heads in size and time, connections in number, and answers that nobody reads in time.

uvicorn's protocol has no such limits (or answers them in plain text), and without them a few silent
connections could block the service. Input that is not HTTP is answered with a problem as well.
"""

from asyncio import TimerHandle, Transport
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from shared.http.connections import CROWDED, Connections
from shared.http.refusals import HeadTooLarge, MalformedRequest
from shared.refusals import Refusal

_LARGEST = 1 << 16
_SECONDS = 15.0
_UNREAD_SECONDS = 30.0
"""How long a client may read nothing of an answer that is larger than what is buffered."""


class BoundedHeads(HttpToolsProtocol):
    """HTTP/1.1 protocol that closes the connection if a request head is too large or too slow."""

    _deadline: TimerHandle | None = None
    _unread: TimerHandle | None = None
    _size = 0

    def __init__(self, *uvicorns: Any, connections: Connections, **named: Any) -> None:
        """`connections` are those of the process."""
        super().__init__(*uvicorns, **named)
        self._open = connections

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start the timer for the first head."""
        super().connection_made(transport)
        self._open.add(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Count the bytes while a head is incomplete."""
        super().data_received(data)
        if self._deadline is not None:
            self._size += len(data)
            if self._size > _LARGEST and not self.transport.is_closing():
                self._end_with(HeadTooLarge())

    def on_message_begin(self) -> None:
        """Start the timer for the next request on the connection."""
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        """Stop the timer: bodies have their own limits."""
        self._head_is_over()
        self._open.speaks(self.transport)
        crowded = self._open.is_crowded(self.transport)
        if crowded:
            self.scope[CROWDED] = True  # type: ignore[literal-required]  # for the middleware
        super().on_headers_complete()
        if crowded:
            self.cycle.keep_alive = False

    def on_response_complete(self) -> None:
        """Between two requests the connection is silent."""
        super().on_response_complete()
        if self.cycle.response_complete:  # no other request is waiting on the connection
            self._open.falls_silent(self.transport)

    def pause_writing(self) -> None:
        """Start the timer for a client that does not read."""
        super().pause_writing()
        self._unread = self.loop.call_later(_UNREAD_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop that timer."""
        super().resume_writing()
        self._is_read()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timers."""
        self._head_is_over()
        self._is_read()
        self._open.remove(self.transport)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer a parser error with a problem; the parser's message adds nothing."""
        del msg
        self._end_with(MalformedRequest())

    def _expect_head(self) -> None:
        self._head_is_over()
        self._size = 0
        self._deadline = self.loop.call_later(_SECONDS, self.transport.close)

    def _head_is_over(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _is_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _end_with(self, refusal: Refusal) -> None:
        self._head_is_over()
        self.transport.write(_answer(refusal))
        self.transport.close()


def _answer(refusal: Refusal) -> bytes:
    problem = orjson.dumps(
        {
            "type": refusal.type,
            "title": refusal.title,
            "status": refusal.status,
            "detail": refusal.detail,
        }
    )
    return b"".join(
        (
            STATUS_LINE[refusal.status],
            b"content-type: application/problem+json\r\ncontent-length: %d\r\n" % len(problem),
            b"connection: close\r\n\r\n",
            problem,
        )
    )

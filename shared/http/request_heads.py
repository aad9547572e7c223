"""Limits the size of request heads and the time to receive them: uvicorn's protocol has no limits.

Without them a few silent connections could block the service. Input that is not HTTP is answered
with a problem as well.
"""

from asyncio import TimerHandle, Transport

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from shared.http.refusals import HeadTooLarge, MalformedRequest
from shared.refusals import Refusal

_LARGEST = 1 << 16
_SECONDS = 15.0


class BoundedHeads(HttpToolsProtocol):
    """HTTP/1.1 protocol that closes the connection if a request head is too large or too slow."""

    _deadline: TimerHandle | None = None
    _size = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start the timer for the first head."""
        super().connection_made(transport)
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
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        self._head_is_over()
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

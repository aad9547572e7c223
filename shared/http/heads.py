"""Heads of requests within bounds: the server's own protocol takes any number of header bytes.

It also waits for them as long as a peer likes, so that a few silent connections would be a whole
service's. What is no HTTP at all is answered with a problem as well.
"""

from asyncio import TimerHandle, Transport

import orjson
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from shared.http.refusals import HeadTooLarge, MalformedRequest
from shared.refusals import Refusal

_LARGEST = 1 << 16
_SECONDS = 15.0


class BoundedHeads(HttpToolsProtocol):
    """HTTP/1.1 whose request lines and headers end soon, or the connection does."""

    _deadline: TimerHandle | None = None
    _size = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A new peer has something to say."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Count what is still a head after these bytes."""
        super().data_received(data)
        if self._deadline is not None:
            self._size += len(data)
            if self._size > _LARGEST and not self.transport.is_closing():
                self._end_with(HeadTooLarge())

    def on_message_begin(self) -> None:
        """Another request on the same connection."""
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        """What follows is a body, and those have bounds of their own."""
        self._head_is_over()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any more."""
        self._head_is_over()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What the parser refused; its own words say no more than that."""
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

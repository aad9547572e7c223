"""The part of the transport that a consumer uses."""

from typing import Protocol

from faust.types.tuples import TP

from shared.streaming.transport import Chunk


class Reader(Protocol):
    """The part of the transport that the consumer uses."""

    def is_current(self, chunk: Chunk) -> bool:
        """Whether no seek was asked for since the chunk was fetched."""

    def request_seek(self, tp: TP, offset: int) -> None:
        """Read the partition from this offset on."""

    def done(self, tp: TP, next_offset: int) -> None:
        """Everything before this offset may be committed."""

    def began_at(self, tp: TP) -> int | None:
        """Where reading began when the partition was assigned; None when it is not (yet)."""

    def ends(self) -> dict[TP, int]:
        """The offset of the next message of each assigned partition."""

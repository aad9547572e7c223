"""A ZIP archive that is sent while it is made: nothing of it is kept on disk or whole in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from shared.times import CHINA


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive."""

    name: str
    """Its path within the archive."""
    parts: AsyncIterator[bytes]
    compressed: bool = False
    """Whether its content is compressed already, as photographs and PDFs are."""


async def whole(content: bytes) -> AsyncIterator[bytes]:
    """A content of one part."""
    yield content


async def zip_stream(members: AsyncIterator[Member], *, dated: datetime) -> AsyncIterator[bytes]:
    """The archive in pieces; each file has this moment, in the time of China."""
    day = dated.astimezone(CHINA).timetuple()[:6]
    pending = _Pending()
    with ZipFile(pending, "w") as archive:
        async for member in members:
            about = ZipInfo(member.name, date_time=day)
            about.compress_type = ZIP_STORED if member.compressed else ZIP_DEFLATED
            with archive.open(about, "w") as file:
                async for part in member.parts:
                    file.write(part)
                    yield pending.taken()
    yield pending.taken()


class _Pending(RawIOBase):
    """What was written and not sent yet; it cannot be sought, so sizes follow each file."""

    def __init__(self) -> None:
        self._content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._content += data
        return len(data)

    def taken(self) -> bytes:
        content = bytes(self._content)
        self._content.clear()
        return content

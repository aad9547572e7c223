"""An attachment under the key of its record's file: its digest, and its sealed parts.

The digest is salted with the file's key, so the same picture of two people has two digests, and
none can be traced once the key is gone. Each part is bound to its place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from shared.vault import PersonFile

if TYPE_CHECKING:
    from hashlib import _Hash

PART = 2**19


@dataclass(frozen=True, slots=True)
class AttachmentKey:
    """Seals the attachments of one record."""

    stream_id: str
    file: PersonFile

    def hasher(self) -> "_Hash":
        """The digest of a file, once its bytes were given."""
        return sha256(self.file.key.mac(b"salt of attachments"))

    def digest(self, content: bytes) -> str:
        """The digest for events."""
        hasher = self.hasher()
        hasher.update(content)
        return hasher.hexdigest()

    def seal(self, content: bytes, digest: str) -> Iterator[bytes]:
        """The parts of the content, sealed."""
        parts = parts_of(len(content))
        view = memoryview(content)
        for part in range(parts):
            piece = bytes(view[part * PART : (part + 1) * PART])
            yield self.file.key.seal(piece, bound_to=self._place(digest, part, parts))

    def unseal(self, sealed: bytes, digest: str, part: int, parts: int) -> bytes:
        """One part; raises NotUnsealed where it was changed or moved."""
        return self.file.key.unseal(sealed, bound_to=self._place(digest, part, parts))

    def _place(self, digest: str, part: int, parts: int) -> bytes:
        file = self.file.person_ref
        return f"{file}/attachment/{self.stream_id}/{digest}/{part}/{parts}".encode()


def parts_of(size: int) -> int:
    """How many parts a file of that size has."""
    return -(-size // PART)

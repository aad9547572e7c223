"""A printed paper as bytes, with the digest by which events refer to it."""

from dataclasses import dataclass
from hashlib import sha256

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
PNG = "image/png"


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file. `by_code` has the characters printed as codes for lack of a glyph."""

    name: str
    media_type: str
    content: bytes
    by_code: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in lowercase hex."""
        return sha256(self.content).hexdigest()

"""A line of the log of openings, and the hash that chains it to the line before."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from shared.canonical import canonical
from shared.times import to_wire

NOTHING_BEFORE = bytes(32)
"""The hash before the first line of a division."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One record was shown to one post; nothing of a person is in it."""

    division: str
    sequence: int
    record_id: str
    opened_by: str
    """The post within the county: `519900101/post-wu`."""
    role: str
    route: str
    purpose: str
    correlation_id: str | None
    opened_at: datetime
    previous_hash: bytes
    hash: bytes

    @property
    def follows(self) -> bool:
        """Whether the hash is that of the line and of the one before."""
        return self.hash == self.expected_hash()

    def expected_hash(self) -> bytes:
        """SHA-256 of the hash before and of the line as canonical JSON."""
        said = {
            "division": self.division,
            "sequence": self.sequence,
            "record_id": self.record_id,
            "opened_by": self.opened_by,
            "role": self.role,
            "route": self.route,
            "purpose": self.purpose,
            "correlation_id": self.correlation_id,
            "opened_at": to_wire(self.opened_at),
        }
        return sha256(self.previous_hash + canonical(said)).digest()


@dataclass(frozen=True, slots=True)
class OpeningsHead:
    """The last line of a division up to some moment: what a seal names."""

    sequence: int
    hash: bytes

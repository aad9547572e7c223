"""What the cleaning process says of a file."""

from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a file is not taken."""

    TYPE = "type"
    BROKEN = "broken"
    PROTECTED = "protected"
    ACTIVE = "active"
    COSTLY = "costly"


class NotTaken(Exception):
    """The file is not taken, for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The type that the bytes have, and what is kept of them."""

    media_type: str
    content: bytes = field(repr=False)

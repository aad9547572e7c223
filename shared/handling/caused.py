"""The key of a command that no person sent."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class CausedBy:
    """The idempotency key of a command that an event or a due row caused; its answer is not stored."""

    route: str
    key: str

    @property
    def request_mac(self) -> bytes:
        """The same for the same cause: a repeat is recognised whatever the policy decides now."""
        return sha256(f"{self.route}\0{self.key}".encode()).digest()

    def seal(self, _response: bytes) -> bytes:
        """Empty: nobody reads the answer."""
        return b""

    def unseal(self, _sealed: bytes) -> bytes:
        """JSON null."""
        return b"null"

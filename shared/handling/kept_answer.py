"""What a receipt keeps of an answer: where it is found again, not what it says.

stream, version ─► the record up to that version ─► the usual members
further         ─► members that the record does not have: days and ids, nothing personal
private         ─► members that only a person's file may seal: gone with the person's key
"""

from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import orjson

_FORM = b"\x01"
"""The first byte; receipts of earlier releases hold an answer in full, which is JSON."""


class File(Protocol):
    """A person's file: what it encloses cannot be read once the person is erased."""

    @property
    def person_ref(self) -> str:
        """Whose file it is."""
        ...

    def enclose(self, content: bytes) -> bytes:
        """Encrypt under the person's key."""
        ...


@dataclass(frozen=True, slots=True)
class Private:
    """Members of an answer that tell something of a person, and the file that encloses them."""

    file: File
    members: Mapping[str, object] = field(repr=False)

    def enclosed(self) -> "Enclosed":
        """What the receipt keeps of them."""
        return Enclosed(self.file.person_ref, self.file.enclose(orjson.dumps(self.members)))


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Private members under the key of a person's file."""

    person_ref: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """The content of a receipt."""

    stream_id: str
    version: int
    further: Mapping[str, object] = field(default_factory=dict)
    private: Enclosed | None = None

    def written(self) -> bytes:
        """The bytes for the receipt."""
        content: dict[str, object] = {"stream": self.stream_id, "version": self.version}
        if self.further:
            content["further"] = self.further
        if self.private:
            sealed = b64encode(self.private.sealed).decode()
            content["private"] = [self.private.person_ref, sealed]
        return _FORM + orjson.dumps(content)

    @classmethod
    def read(cls, written: bytes) -> "KeptAnswer | None":
        """The content; None where an earlier release kept the answer in full."""
        if not written.startswith(_FORM):
            return None
        content = orjson.loads(written[len(_FORM) :])
        private = content.get("private")
        return cls(
            stream_id=content["stream"],
            version=content["version"],
            further=content.get("further", {}),
            private=private and Enclosed(private[0], b64decode(private[1])),
        )


Reopen = Callable[[str, str, bytes], Awaitable[bytes | None]]
"""What a person's file enclosed, by scope and reference; None where the person was erased."""


async def disclosed(
    reopen: Reopen | None, scope: str, private: Enclosed | None
) -> Mapping[str, object]:
    """The private members; none where the person was erased."""
    if private is None:
        return {}
    if reopen is None:
        raise AssertionError("a private part of an answer without a vault")
    opened = await reopen(scope, private.person_ref, private.sealed)
    members: dict[str, object] = {} if opened is None else orjson.loads(opened)
    return members

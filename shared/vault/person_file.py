"""One person's file: content sealed under the person's own key, and what an event says of it."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson

from shared.canonical import canonical
from shared.keys import Key
from shared.refusals import Refusal


class PersonErased(Refusal):
    """The person's file was erased: nothing can be added to it any more."""

    title = "The person's file was erased"


Content = dict[str, Any]
"""JSON values, such as who somebody is, or a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A sealed entry of the vault."""

    person_ref: str
    kind: str
    digest: str
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """A person's file with the decrypted data key."""

    person_ref: str
    wrapped_key: bytes = field(repr=False)
    key: Key = field(repr=False)

    def digest(self, content: Content) -> str:
        """The digest for events; the content itself stays in the vault."""
        return self._digest(canonical(content))

    def entry(self, kind: str, content: Content) -> Entry:
        """Seal the content, bound to this person and kind."""
        text = canonical(content)
        return Entry(
            person_ref=self.person_ref,
            kind=kind,
            digest=self._digest(text),
            sealed=self.key.seal(text, bound_to=_place(self.person_ref, kind)),
        )

    def _digest(self, text: bytes) -> str:
        return sha256(self.key.mac(b"salt") + text).hexdigest()

    def read(self, entry: Entry) -> Content:
        """Decrypt an entry; raises NotUnsealed if it was changed or moved."""
        place = _place(self.person_ref, entry.kind)
        content: Content = orjson.loads(self.key.unseal(entry.sealed, bound_to=place))
        return content


def _place(person_ref: str, kind: str) -> bytes:
    return f"{person_ref}/{kind}".encode()

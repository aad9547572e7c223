"""One person's file: content sealed under the person's own key, and what an event says of it."""

from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from typing import Any

import orjson

from shared.canonical import canonical
from shared.keys import Key, NotUnsealed
from shared.refusals import Refusal


class PersonErased(Refusal):
    """The person's file was erased: nothing can be added to it any more."""

    title = "The person's file was erased"


class EntryExchanged(NotUnsealed):
    """The content is not that of the entry's digest: somebody changed the database."""


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
        """Seal the content, bound to this person, the kind and its own digest."""
        text = canonical(content)
        digest = self._digest(text)
        place = _place(self.person_ref, kind, digest)
        return Entry(
            person_ref=self.person_ref,
            kind=kind,
            digest=digest,
            sealed=self.key.seal(text, bound_to=place),
        )

    def _digest(self, text: bytes) -> str:
        return sha256(self.key.mac(b"salt") + text).hexdigest()

    def read(self, entry: Entry) -> Content:
        """Decrypt an entry; raises NotUnsealed if it was changed or moved, EntryExchanged."""
        text = self._unseal(entry)
        if not compare_digest(self._digest(text), entry.digest):
            raise EntryExchanged
        content: Content = orjson.loads(text)
        return content

    def enclose(self, content: bytes) -> bytes:
        """Encrypt part of an answer for its receipt, which is readable as long as this file is."""
        return self.key.seal(content, bound_to=_receipts(self.person_ref))

    def disclose(self, sealed: bytes) -> bytes:
        """Decrypt what `enclose` returned; raises NotUnsealed."""
        return self.key.unseal(sealed, bound_to=_receipts(self.person_ref))

    def _unseal(self, entry: Entry) -> bytes:
        """Entries of earlier releases are bound to person and kind alone."""
        place = _place(self.person_ref, entry.kind, entry.digest)
        try:
            return self.key.unseal(entry.sealed, bound_to=place)
        except NotUnsealed:
            place = _place_before(self.person_ref, entry.kind)
            return self.key.unseal(entry.sealed, bound_to=place)


def _place(person_ref: str, kind: str, digest: str) -> bytes:
    return f"{person_ref}/{kind}/{digest}".encode()


def _place_before(person_ref: str, kind: str) -> bytes:
    return f"{person_ref}/{kind}".encode()


def _receipts(person_ref: str) -> bytes:
    return f"receipts of {person_ref}".encode()

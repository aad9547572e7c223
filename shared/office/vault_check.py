"""Compares the vault of a township with what the events of its ledger say of it.

A file or a text that is missing is a finding, unless the file was erased: then `vault_erased` names
it, and the ledger has an erasure that counts it. Attachments count as texts. So is a text that nothing reads any more, unless a
later event of its record names the one that replaces it.
"""

from collections.abc import AsyncIterator, Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import LiteralString

from psycopg.rows import class_row

from shared.attachments.checking import FilesOfVault, attachments
from shared.contracts.digests import digests_in
from shared.contracts.event import Event
from shared.contracts.ledger import LedgerRestoreAccepted, LedgerSealed
from shared.contracts.vault import PersonErased
from shared.keys import NotUnsealed
from shared.postgres import Connection
from shared.vault import Entry, Vault

_ENTRIES: LiteralString = """
    select person_ref, kind, digest, sealed from vault_entry where division_code = %s
"""
_FILES: LiteralString = "select person_ref, wrapped_key from vault_person where division_code = %s"
_ERASED: LiteralString = "select person_ref from vault_erased where division_code = %s"
_REPLACED: LiteralString = """
    select digest, replaced_by, stream_id from vault_replaced where division_code = %s
"""
_OF_THE_LEDGER = (LedgerSealed, LedgerRestoreAccepted)
"""Their digests are of the ledger's history and its key."""


@dataclass(frozen=True, kw_only=True)
class KeptInVault:
    """How a service's events name what is in the vault.

    Every digest of an event counts as that of a text in the vault, but for the exceptions.
    """

    file_of: Callable[[Event], str | None]
    """The reference of the file with its stream's texts, where an event states it."""
    persons_of: Callable[[Event], Collection[str]] = lambda _: ()
    """References of persons of whom the vault has at least a name."""
    without_texts: tuple[type[Event], ...] = ()
    """Events whose digests are of something outside the vault."""


@dataclass
class VaultCheck:
    """The comparison of one township: take every event, then ask for the findings."""

    kept: KeptInVault
    vault: Vault
    attachments: int = 0
    """How many were compared with their digests."""
    _texts: dict[str, str] = field(default_factory=dict)
    """The stream that names a text, by the text's digest."""
    _files: dict[str, str] = field(default_factory=dict)
    """The file with a stream's texts, by the stream."""
    _persons: set[str] = field(default_factory=set)
    _erased: int = 0

    def take(self, stream: str, event: Event) -> None:
        """Note what an event says of the vault."""
        if isinstance(event, PersonErased):
            self._erased += event.files
        if file := self.kept.file_of(event):
            self._files[stream] = file
        self._persons.update(self.kept.persons_of(event))
        if not isinstance(event, (*_OF_THE_LEDGER, *self.kept.without_texts)):
            self._texts |= dict.fromkeys(digests_in(event), stream)

    async def findings(self, connection: Connection, division: str) -> AsyncIterator[str]:
        """What of the vault's tables does not follow from the events that were taken."""
        cursor = await connection.execute(_FILES, (division,))
        files: dict[str, bytes] = dict(await cursor.fetchall())
        cursor = await connection.execute(_ERASED, (division,))
        erased = {str(ref) for (ref,) in await cursor.fetchall()}
        if len(erased) != self._erased:
            yield f"{len(erased)} files of the vault are erased, and {self._erased} by the ledger"
        known = FilesOfVault(files, erased, self._files)
        digests, refs = set[str](), set[str]()
        async for entry in _entries(connection, division):
            digests.add(entry.digest)
            refs.add(entry.person_ref)
            for difference in self._differences(entry, known):
                yield difference
        async for attachment in attachments(connection, division, self.vault, known):
            digests.add(attachment.digest)
            self.attachments += 1
            if attachment.finding:
                yield attachment.finding
        cursor = await connection.execute(_REPLACED, (division,))
        for replaced in self._not_replaced(await cursor.fetchall(), digests):
            yield replaced
        for missing in self._missing(digests, refs & files.keys(), erased):
            yield missing

    def _not_replaced(self, rows: list[tuple[str, str, str]], digests: set[str]) -> Iterator[str]:
        """Texts that count as replaced though no later event says so; adds the others to `digests`."""
        places = {digest: place for place, digest in enumerate(self._texts)}
        for digest, by, stream in rows:
            of_stream = self._texts.get(digest) == self._texts.get(by) == stream
            if of_stream and places[digest] < places[by]:
                digests.add(digest)
            else:
                yield f"a text of {stream} is replaced, but not by the ledger: {digest}"

    def _differences(self, entry: Entry, known: FilesOfVault) -> Iterator[str]:
        if entry.person_ref in known.erased:
            return
        wrapped_key = known.keys.get(entry.person_ref)
        what = f"the vault's {entry.kind} of {entry.person_ref}"
        if wrapped_key is None:
            yield f"{what} has no key"
        elif not self._follows(entry, wrapped_key):
            yield f"{what} is not what its digest says"

    def _follows(self, entry: Entry, wrapped_key: bytes) -> bool:
        try:
            file = self.vault.unlock(entry.person_ref, wrapped_key)
            return file.digest(file.read(entry)) == entry.digest
        except NotUnsealed:
            return False

    def _missing(self, digests: set[str], refs: set[str], erased: set[str]) -> Iterator[str]:
        for digest, stream in self._texts.items():
            if digest not in digests and self._files.get(stream) not in erased:
                yield f"the vault lacks a text of {stream}: {digest}"
        for ref in sorted(self._persons - refs - erased):
            yield f"the vault lacks the file of {ref}"


async def _entries(connection: Connection, division: str) -> AsyncIterator[Entry]:
    async with connection.cursor("entries", row_factory=class_row(Entry)) as entries:
        await entries.execute(_ENTRIES, (division,))
        async for entry in entries:
            yield entry

"""The words of a weekly report or an assessment: into the vault, and out of it."""

from collections.abc import Sequence

from services.grid.api.office import Office
from services.grid.store.vault_files import EntryKind
from shared.contracts.words import Digest
from shared.divisions import division_of
from shared.ledger import Statement
from shared.vault import keep


async def into_the_vault(
    office: Office, stream_id: str, words: str | None
) -> tuple[Digest | None, Sequence[Statement]]:
    """The digest of the words, and what keeps them in the record's own file."""
    if words is None:
        return None, ()
    known = await office.vault.file(division_of(stream_id), stream_id)
    file = known or office.vault.begin(stream_id)
    entry = file.entry(EntryKind.PERIOD, {"text": words})
    return entry.digest, keep(division_of(stream_id), [] if known else [file], [entry])


async def words_of(
    office: Office, scope: str, stream_id: str, digest: Digest | None
) -> str | None:
    """The words with this digest; raises PersonErased where they went with a person they tell of."""
    if digest is None:
        return None
    file = await office.vault.file(scope, stream_id)
    entries = await office.vault.entries(scope, division_of(stream_id), stream_id)
    found = [each for each in entries if each.digest == digest]
    return str(file.read(found[0])["text"]) if file and found else None

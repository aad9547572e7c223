"""The words of conferences and key cases, into the vault and out of it: minutes, plans, what was done."""

from collections.abc import Sequence

from services.intake.api.office import Office
from services.intake.store.person_files import EntryKind
from shared.contracts.words import Digest
from shared.divisions import division_of
from shared.ledger import Statement
from shared.vault import keep


async def into_the_vault(
    office: Office,
    record_id: str,
    words: str | None,
    *,
    of: str,
    kind: EntryKind = EntryKind.CONFERENCE,
) -> tuple[Digest | None, Sequence[Statement]]:
    """The digest of the words, and what keeps them in the file of the conference or key case.

    `of` says of what they are: the same words of two tasks are two entries.
    """
    if words is None:
        return None, ()
    known = await office.vault.file(division_of(record_id), record_id)
    file = known or office.vault.begin(record_id)
    entry = file.entry(kind, {"of": of, "text": words})
    return entry.digest, keep(division_of(record_id), [] if known else [file], [entry])


async def words_of(
    office: Office, scope: str, record_id: str, *, kind: EntryKind = EntryKind.CONFERENCE
) -> dict[str, str]:
    """The words by their digests."""
    kept = await office.vault.contents(
        scope,
        division=division_of(record_id),
        refs=[record_id],
        kinds=[kind],
    )
    return {each.digest: str(each.content["text"]) for each in kept}

"""The words of a conference, into the vault and out of it: minutes, decisions, and what was done."""

from collections.abc import Sequence

from services.intake.api.office import Office
from services.intake.store.person_files import EntryKind
from shared.contracts.words import Digest
from shared.divisions import division_of
from shared.ledger import Statement
from shared.vault import keep


async def into_the_vault(
    office: Office, conference_id: str, words: str | None, *, of: str
) -> tuple[Digest | None, Sequence[Statement]]:
    """The digest of the words, and what keeps them in the file of the conference.

    `of` says of what they are: the same words of two tasks are two entries.
    """
    if words is None:
        return None, ()
    known = await office.vault.file(division_of(conference_id), conference_id)
    file = known or office.vault.begin(conference_id)
    entry = file.entry(EntryKind.CONFERENCE, {"of": of, "text": words})
    return entry.digest, keep(division_of(conference_id), [] if known else [file], [entry])


async def words_of(office: Office, scope: str, conference_id: str) -> dict[str, str]:
    """The words by their digests."""
    kept = await office.vault.contents(
        scope,
        division=division_of(conference_id),
        refs=[conference_id],
        kinds=[EntryKind.CONFERENCE],
    )
    return {each.digest: str(each.content["text"]) for each in kept}

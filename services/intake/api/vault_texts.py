"""Texts of a case on their way to the vault, in the file of whoever filed it."""

from services.intake.api.office import Office
from services.intake.domain.case import CaseCommand, CaseFile
from services.intake.store.person_files import EntryKind, file_of_case
from shared.ledger import Statement
from shared.office import CommandContext
from shared.vault import Content, Entry, keep

Context = CommandContext[Office, CaseCommand, CaseFile]
"""A command to a case, of an official or of its petitioner."""


async def entry_of(context: Context, kind: EntryKind, content: Content) -> Entry:
    """The sealed content; raises CaseNotFound or PersonErased."""
    office, scope = context.office, context.actor.scope
    person = await file_of_case(
        office.vault, scope, division=context.division, case_id=context.stream_id
    )
    return person.entry(kind, content)


async def entries_of(context: Context, kind: EntryKind, text: str | None) -> list[Entry]:
    """The sealed text, where there is one."""
    return [] if text is None else [await entry_of(context, kind, {"text": text})]


def kept(context: Context, entries: list[Entry]) -> list[Statement]:
    """What writes the entries along with the events."""
    return keep(context.division, [], entries)

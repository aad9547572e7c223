"""A register's row on its way into the ledger: its case, its commands, its person's file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from services.intake.api.office import Office
from services.intake.api.register_rows import RegisterRow
from services.intake.domain.case import CaseCommand
from services.intake.domain.case.filing import CiteFiling, ExternalReference, FileCase
from services.intake.store import external_reference, person_marks
from services.intake.store.external_reference import KnownReference
from services.intake.store.person_files import EntryKind
from services.intake.store.person_marks import Marks
from shared import vault
from shared.bulk_handling import StreamCommands
from shared.clocks.due import Due
from shared.contracts.case_codes import Procedure
from shared.divisions import new_id
from shared.ledger import Statement
from shared.vault import Content, Entry, PersonErased, PersonFile


@dataclass(slots=True, kw_only=True)
class RowFolder:
    """What a row comes to."""

    office: Office
    row: RegisterRow
    case_id: str
    begun: bool
    """Whether the case begins with this row, or was filed from it before."""
    person: PersonFile | None
    """None where the person was erased since."""
    entries: list[Entry] = field(default_factory=list)
    marks: Marks = field(default_factory=dict)
    commands: list[tuple[CaseCommand, datetime]] = field(default_factory=list)

    @classmethod
    def of_new(cls, office: Office, row: RegisterRow, *, source: str, number: str) -> "RowFolder":
        """A row that nobody has filed yet."""
        person = office.vault.begin(new_id(row.division))
        case_id = new_id(row.division)
        folder = cls(office=office, row=row, case_id=case_id, begun=True, person=person)
        folder.fill(_filing(folder, person.person_ref, source=source, number=number))
        return folder

    @classmethod
    def of_known(cls, office: Office, row: RegisterRow, known: KnownReference) -> "RowFolder":
        """A row from which a case was filed before; raises PersonErased if it adds to the vault."""
        person = None
        if known.wrapped_key is not None:
            person = office.vault.unlock(known.person_ref, known.wrapped_key)
        folder = cls(office=office, row=row, case_id=known.case_id, begun=False, person=person)
        digest = person.digest(row.file.content()) if person else None
        folder.fill(CiteFiling(content_digest=digest))
        return folder

    def fill(self, beginning: CaseCommand) -> None:
        """The row's commands, in its own order."""
        self.commands.append((beginning, self.row.file.at))
        self.commands += [(fact.command(self), fact.at) for fact in self.row.facts]

    def put_away(self, kind: EntryKind, content: Content) -> str:
        """Content to the person's file; gives its digest."""
        if self.person is None:
            raise PersonErased
        entry = self.person.entry(kind, content)
        self.entries.append(entry)
        return entry.digest

    def put_filing_away(self, content: Content) -> str:
        """The filing to the person's file, with the marks by which the person is found again."""
        digest = self.put_away(EntryKind.FILING, content)
        self.marks = person_marks.marks_of(self.office.marks, content["person"])
        return digest

    def marked(self) -> Iterator[tuple[str, Entry, Marks]]:
        """The filing's entry with its marks, where the case begins with this row."""
        for entry in self.entries:
            if self.begun and entry.kind == EntryKind.FILING:
                yield self.case_id, entry, self.marks

    def mark(self, text: str | None) -> str | None:
        """By which the same text is known again."""
        return self.office.marks.of_text(text or "")

    def due(self, procedure: Procedure, accepted_at: datetime) -> Due:
        """When the opinion after an acceptance is due."""
        return self.office.due(procedure, accepted_at)

    def stream_commands(self) -> StreamCommands[CaseCommand]:
        """What is to be decided."""
        return StreamCommands(stream_id=self.case_id, commands=self.commands, begins=self.begun)


def _filing(folder: RowFolder, person_ref: str, *, source: str, number: str) -> FileCase:
    row, filing = folder.row, folder.row.file
    return FileCase(
        case_id=folder.case_id,
        matter_id=new_id(row.division),
        number=number,
        channel=filing.channel,
        purpose=filing.purpose,
        category=filing.category,
        headcount=filing.headcount,
        joint=filing.joint,
        anonymous=filing.anonymous,
        first_or_repeat=filing.first_or_repeat,
        urgent=filing.urgent,
        village_code=filing.village_code,
        received_from=filing.received_from,
        received_on=filing.received_on,
        person_ref=person_ref,
        content_digest=folder.put_filing_away(filing.content()),
        cause_ref=folder.office.marks.of_organisation(filing.cause),
        external=ExternalReference(source=source, number=row.external_number),
        origin=filing.origin,
    )


def side_writes(division: str, source: str, folders: Iterable[RowFolder]) -> list[Statement]:
    """What is written along with the events of these rows."""
    taken = list(folders)
    begun = [folder for folder in taken if folder.begun]
    statements = vault.keep(
        division,
        [folder.person for folder in begun if folder.person],
        [entry for folder in taken for entry in folder.entries],
    )
    statements += person_marks.keep(
        division, [marked for folder in taken for marked in folder.marked()]
    )
    if begun:
        cases = {folder.row.external_number: folder.case_id for folder in begun}
        statements.append(external_reference.keep(division, source, cases))
    return statements

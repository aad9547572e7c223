"""Recorded papers from the vault, to be printed again or edited."""

from base64 import b64decode
from dataclasses import dataclass, replace

from services.mediation.api.office import Office
from services.mediation.domain.mediation_papers import OF_AN_END, SEVERAL
from services.mediation.papers import FORMS, FilePart
from services.mediation.store import mediation_paper
from services.mediation.store.mediation_paper import KeptPaper
from services.mediation.store.vault_files import EntryKind
from shared.divisions import division_of
from shared.office.paper_values import values_of
from shared.papers import Form, Rendered, Value, fill, write_docx
from shared.papers.rendered import PDF
from shared.vault import Content


@dataclass(frozen=True)
class RecordedPaper:
    """A recorded paper with its content from the vault."""

    kept: KeptPaper
    content: Content

    @property
    def form(self) -> Form:
        """The form of the paper."""
        return FORMS[self.kept.form]

    @property
    def values(self) -> dict[str, Value | None]:
        """The values of the form's elements."""
        return values_of(self.form, self.content["values"])

    @property
    def name(self) -> str:
        """The file name: title, and number or day."""
        return f"{self.form.zh}-{self.kept.number or self.kept.dated.isoformat()}"

    def pdf(self) -> Rendered:
        """The bytes printed when it was filled in; the digest is theirs."""
        return Rendered(f"{self.name}.pdf", PDF, b64decode(self.content["pdf"]))

    def docx(self) -> Rendered:
        """The paper as .docx, for editing."""
        made = write_docx(fill(self.form, self.values, dated=self.kept.dated))
        return replace(made, name=f"{self.name}.docx")

    def part(self) -> FilePart:
        """The paper as a part of the dispute's file."""
        return FilePart(self.form.id, self.values)


async def recorded_papers(
    office: Office, scope: str, mediation_id: str, *, signed: str | None
) -> list[RecordedPaper]:
    """The current papers in the order of filling in; `signed` is the signed paper's digest."""
    kept = await mediation_paper.papers_of(
        office.pool,
        scope,
        mediation_id,
        several=SEVERAL,
        of_an_end=OF_AN_END,
        signed=signed,
    )
    found = await office.vault.contents(
        scope,
        division=division_of(mediation_id),
        refs=[mediation_id],
        kinds=[EntryKind.PAPER],
    )
    by_digest = {each.digest: each.content for each in found}
    return [
        RecordedPaper(each, by_digest[each.digest]) for each in kept if each.digest in by_digest
    ]

"""Papers that were filled in, as they lie in the vault: to be printed again or edited."""

from base64 import b64decode
from dataclasses import dataclass, replace

from services.mediation.api.office import Office
from services.mediation.api.paper_values import values_of
from services.mediation.domain.mediation_papers import OF_AN_END, SEVERAL
from services.mediation.papers import FORMS, FilePart
from services.mediation.store import mediation_paper
from services.mediation.store.mediation_paper import KeptPaper
from services.mediation.store.vault_files import EntryKind
from shared.divisions import division_of
from shared.papers import Form, Rendered, Value, fill, write_docx
from shared.papers.rendered import PDF
from shared.vault import Content


@dataclass(frozen=True)
class Filled:
    """A paper as it lies in the vault."""

    kept: KeptPaper
    content: Content

    @property
    def form(self) -> Form:
        """What kind of paper it is."""
        return FORMS[self.kept.form]

    @property
    def values(self) -> dict[str, Value | None]:
        """What is written in it."""
        return values_of(self.form, self.content["values"])

    @property
    def name(self) -> str:
        """By which it is found among others in a folder: its title, and its number or day."""
        return f"{self.form.zh}-{self.kept.number or self.kept.dated.isoformat()}"

    def pdf(self) -> Rendered:
        """The bytes that were printed when it was filled in, and that the digest names."""
        return Rendered(f"{self.name}.pdf", PDF, b64decode(self.content["pdf"]))

    def docx(self) -> Rendered:
        """The same to be edited."""
        made = write_docx(fill(self.form, self.values, dated=self.kept.dated))
        return replace(made, name=f"{self.name}.docx")

    def part(self) -> FilePart:
        """As a part of the dispute's file."""
        return FilePart(self.form.id, self.values)


async def filled_papers(
    office: Office, scope: str, mediation_id: str, *, signed: str | None
) -> list[Filled]:
    """The papers that stand, in the order in which they were filled in; `signed` is a digest."""
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
    return [Filled(each, by_digest[each.digest]) for each in kept if each.digest in by_digest]

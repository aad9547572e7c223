"""Filling in a paper: its values and printed bytes go to the vault, its digest names both."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.mediation.api.office import Office
from services.mediation.api.paper_values import values_of, written_of
from services.mediation.api.signing import FORM_OF
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_application
from services.mediation.domain.mediation_refusals import AgreementIsSigned
from services.mediation.papers import FORMS, STATED_NUMBER, FilePart
from services.mediation.store import mediation_paper, paper_number
from services.mediation.store.committee_board import name_of
from services.mediation.store.mediation_paper import KeptPaper
from services.mediation.store.vault_files import EntryKind, contents, file_of
from shared import vault
from shared.contracts.mediation import MediationApplied
from shared.divisions import division_of
from shared.papers import Form, Kind, Rendered, Value, fill, write_docx
from shared.papers.rendered import PDF
from shared.refusals import invalid
from shared.vault import Content

NUMBERED = frozenset({
    "mediation-agreement", "oral-agreement-registration", "mediation-termination",
})  # fmt: skip
SEVERAL = frozenset({"mediation-session-record", "mediation-follow-up"})
"""Of which a dispute may have more than one that counts."""


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

    def pdf(self) -> Rendered:
        """The bytes that were printed when it was filled in, and that the digest names."""
        return Rendered(f"{self.form.id}.pdf", PDF, b64decode(self.content["pdf"]))

    def docx(self) -> Rendered:
        """The same to be edited."""
        return write_docx(fill(self.form, self.values, dated=self.kept.dated))

    def part(self) -> FilePart:
        """As a part of the dispute's file."""
        return FilePart(self.form.id, self.values)


async def fill_in(
    office: Office,
    scope: str,
    mediation: MediationFile,
    *,
    form: Form,
    written: dict[str, Any],
    on: date,
) -> KeptPaper:
    """Print it and keep it; PaperLacks and PaperMisfilled name what stands against it.

    An agreement that is signed is not written anew: AgreementIsSigned.
    """
    applied = require_application(mediation)
    if mediation.agreement.succeeded and form.id in FORM_OF.values():
        raise AgreementIsSigned
    file = await file_of(office.pool, office.vault, scope, applied.mediation_id)
    values = values_of(form, written)
    await _complete(office, applied, form, values, on)
    paper = fill(form, values, dated=on)
    printed = await office.printer.run(lambda press: press.print_pdf(paper))
    entry = file.entry(
        EntryKind.PAPER,
        {
            "form": form.id,
            "dated": on.isoformat(),
            "values": written_of(values),
            "pdf": b64encode(printed.content).decode(),
        },
    )
    number = values.get("number")
    kept = KeptPaper(
        form=form.id,
        digest=entry.digest,
        number=number if isinstance(number, str) else None,
        dated=on,
    )
    statements = vault.keep(division_of(applied.mediation_id), [], [entry])
    await mediation_paper.keep(office.pool, scope, applied.mediation_id, kept, also=statements)
    return kept


async def _complete(
    office: Office,
    applied: MediationApplied,
    form: Form,
    values: dict[str, Value | None],
    on: date,
) -> None:
    """What the office knows itself: whose seal it is, the day, and the number where one is due."""
    for element in form.elements:
        if values.get(element.id) is not None:
            continue
        if element.kind is Kind.SEAL:
            values[element.id] = (
                f"{await name_of(office.pool, applied.committee_id)}人民调解委员会"
            )
        elif element.id == "dated":
            values[element.id] = on
    number = values.get("number")
    if isinstance(number, str) and form.id in NUMBERED and not re.search(STATED_NUMBER, number):
        raise invalid("values.number", "This is no number of a paper")
    if form.id in NUMBERED and number is None:
        # only a paper that lacks nothing else takes a number
        fill(form, {**values, "number": "〔0〕"}, dated=on)
        values["number"] = await paper_number.take(
            office.pool,
            committee_id=applied.committee_id,
            year=on.year,
            paper_id=f"{form.id}/{applied.mediation_id}",
        )


async def filled_papers(
    office: Office, scope: str, mediation_id: str, *, signed: str | None
) -> list[Filled]:
    """The papers that count, in the order in which they were filled in; `signed` is a digest."""
    kept = await mediation_paper.papers_of(office.pool, scope, mediation_id)
    found = await contents(
        office.pool,
        office.vault,
        scope,
        division=division_of(mediation_id),
        refs=[mediation_id],
        kind=EntryKind.PAPER,
    )
    by_digest = {digest: content for _, digest, content in found}
    standing = mediation_paper.standing(kept, repeated=SEVERAL, signed=signed)
    return [Filled(each, by_digest[each.digest]) for each in standing if each.digest in by_digest]

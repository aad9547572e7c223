"""Fills in and prints a paper: values and bytes go to the vault, the digest to the ledger."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.mediation.api.dispute_data import load_dispute_data
from services.mediation.api.office import Office
from services.mediation.api.prefilled_values import DisputeData, prefilled_values, signers
from services.mediation.domain.mediation_commands import FillInPaper
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_application
from services.mediation.domain.mediation_papers import refuse_a_signed_form
from services.mediation.papers import FORMS, STATED_NUMBER
from services.mediation.store import paper_number
from services.mediation.store.vault_files import EntryKind, file_of
from shared.contracts.mediation import MediationApplied
from shared.contracts.mediation_codes import PaperForm
from shared.handling import Private, Record
from shared.ledger import Statement
from shared.office.paper_values import values_of, written_of
from shared.papers import Form, Kind, Value, Values, fill
from shared.refusals import invalid
from shared.vault import Entry, PersonFile

NUMBERED = frozenset({
    PaperForm.AGREEMENT, PaperForm.ORAL_AGREEMENT, PaperForm.TERMINATION_NOTICE,
})  # fmt: skip
"""Forms whose papers have a number of their committee and year."""


@dataclass(frozen=True)
class Printed:
    """A printed paper: the command to record it, and its entry for the vault."""

    command: FillInPaper
    entry: Entry
    numbering: Sequence[Statement]
    """Statements that reserve a number written in by hand."""
    unprinted: tuple[str, ...]
    """Characters without a glyph, which are printed as codes."""
    file: PersonFile

    def unprinted_in_private(self) -> Private | None:
        """The characters as part of the answer; they are those of a rare name."""
        return Private(self.file, {"unprinted": self.unprinted}) if self.unprinted else None


async def print_paper(
    office: Office,
    scope: str,
    record: Record[MediationFile],
    *,
    name: PaperForm,
    written: dict[str, Any],
    on: date,
) -> Printed:
    """Fill in and print a paper; raises PaperLacks or PaperMisfilled.

    The same values give the same digest on the same day, so that a repetition is recognised.
    Raises AgreementIsSigned for papers about an end after the signing, and NumberIsTaken if a paper
    of another dispute has the number that was written in.
    """
    mediation = record.state
    applied = require_application(mediation)
    refuse_a_signed_form(name, mediation)
    file = await file_of(office.vault, scope, applied.mediation_id)
    form = FORMS[name]
    known = await load_dispute_data(office, scope, mediation, record.history, today=on)
    values = _together(form, known, values_of(form, written))
    typed = values.get("number")
    await _complete(office, known, form, values, on)
    paper = fill(form, values, dated=on)
    number = str(values["number"]) if name in NUMBERED else None
    numbering = await _own(office, applied, number) if number == typed else ()
    printed = await office.printer.run(lambda press: press.print_pdf(paper))
    content = {
        "form": form.id,
        "dated": on.isoformat(),
        "values": written_of(values),
        "pdf": b64encode(printed.content).decode(),
    }
    entry = file.entry(EntryKind.PAPER, content)
    command = FillInPaper(form=name, digest=entry.digest, dated=on, number=number)
    return Printed(command, entry, numbering, printed.by_code, file)


async def _own(
    office: Office, applied: MediationApplied, number: str | None
) -> Sequence[Statement]:
    """Statements that reserve a number written in by hand; a generated one is reserved already."""
    if number is None:
        return ()
    return await paper_number.stated(
        office.pool,
        committee_id=applied.committee_id,
        mediation_id=applied.mediation_id,
        number=number,
        field="values.number",
    )


def _together(form: Form, known: DisputeData, given: Values) -> dict[str, Value | None]:
    """Given values override prefilled ones; the signers follow from the merged parties."""
    said = {name: value for name, value in given.items() if value is not None}
    values: dict[str, Value | None] = {**prefilled_values(form, known), **said}
    return {**signers(form, values), **values}


async def _complete(
    office: Office,
    known: DisputeData,
    form: Form,
    values: dict[str, Value | None],
    on: date,
) -> None:
    """Add seal, day and copies, and a number if the form has one."""
    for element in form.elements:
        if element.kind is Kind.SEAL:
            values[element.id] = _seal(known.committee, element.id, values)
        elif element.id == "dated" and values.get("dated") is None:
            values["dated"] = on
    _count_copies(form, values)
    number = values.get("number")
    if isinstance(number, str) and form.id in NUMBERED and not STATED_NUMBER.fits(number):
        raise invalid("values.number", STATED_NUMBER.rule)
    if form.id in NUMBERED and number is None:
        # take a number only for a paper that is complete otherwise
        fill(form, {**values, "number": "〔0〕"}, dated=on)
        values["number"] = await paper_number.take(
            office.pool,
            committee_id=known.applied.committee_id,
            year=_year(values, on),
            paper_id=paper_number.paper_id(form.id, known.applied.mediation_id),
        )


def _year(values: Values, on: date) -> int:
    """The year of the paper's day unless that is in the future: December's, printed in January."""
    dated = values.get("dated")
    return min(dated, on).year if isinstance(dated, date) else on.year


def _seal(own: str, name: str, values: Values) -> str:
    """The committee's own seal; any other is refused."""
    said = values.get(name)
    if said is not None and said != own:
        raise invalid(f"values.{name}", f"The seal is that of the committee: {own}")
    return own


def _count_copies(form: Form, values: dict[str, Value | None]) -> None:
    """One copy per party and one for the committee [M29], as the default and the minimum."""
    parties, said = values.get("parties"), values.get("copies")
    if "copies" not in {element.id for element in form.elements} or not isinstance(parties, list):
        return
    needed = len(parties) + 1
    if said is None:
        values["copies"] = needed
    elif isinstance(said, int) and 0 < said < needed:
        raise invalid("values.copies", f"Each party has one and one is kept: {needed} at least")

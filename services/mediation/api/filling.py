"""Filling in a paper: its values and printed bytes go to the vault, its digest to the ledger."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.mediation.api.known import known_of
from services.mediation.api.known_values import Known, known_values, signers
from services.mediation.api.office import Office
from services.mediation.api.paper_values import values_of, written_of
from services.mediation.domain.mediation_commands import FillInPaper
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_application
from services.mediation.domain.mediation_papers import refuse_a_signed_form
from services.mediation.papers import FORMS, STATED_NUMBER
from services.mediation.store import paper_number
from services.mediation.store.vault_files import EntryKind, file_of
from shared.contracts.mediation import MediationApplied
from shared.contracts.mediation_codes import PaperForm
from shared.handling import Record
from shared.ledger import Statement
from shared.papers import Form, Kind, Value, Values, fill
from shared.refusals import invalid
from shared.vault import Entry

NUMBERED = frozenset({
    PaperForm.AGREEMENT, PaperForm.ORAL_AGREEMENT, PaperForm.TERMINATION_NOTICE,
})  # fmt: skip
"""Whose papers have a number of their committee and year."""


@dataclass(frozen=True)
class Printed:
    """A paper as it came from the press: the command to record it, and its entry for the vault."""

    command: FillInPaper
    entry: Entry
    numbering: Sequence[Statement]
    """What keeps a number that was written in by hand the dispute's own."""
    unprinted: tuple[str, ...]
    """The characters that no face can print: each stands by its code."""


async def print_paper(
    office: Office,
    scope: str,
    record: Record[MediationFile],
    *,
    name: PaperForm,
    written: dict[str, Any],
    on: date,
) -> Printed:
    """Print it; PaperLacks and PaperMisfilled name what stands against it.

    The same values give the same digest on the same day, so what is filled in again is known. An
    agreement that is signed is not written anew: AgreementIsSigned. NumberIsTaken where a paper
    of another dispute bears the number that was written in.
    """
    mediation = record.state
    applied = require_application(mediation)
    refuse_a_signed_form(name, mediation)
    file = await file_of(office.vault, scope, applied.mediation_id)
    form = FORMS[name]
    known = await known_of(office, scope, mediation, record.history, today=on)
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
    return Printed(command, entry, numbering, printed.by_code)


async def _own(
    office: Office, applied: MediationApplied, number: str | None
) -> Sequence[Statement]:
    """What keeps a number that was written in by hand; one that was given is kept already."""
    if number is None:
        return ()
    return await paper_number.stated(
        office.pool,
        committee_id=applied.committee_id,
        mediation_id=applied.mediation_id,
        number=number,
        field="values.number",
    )


def _together(form: Form, known: Known, given: Values) -> dict[str, Value | None]:
    """What was given goes before what is known; who signs follows from the parties of both."""
    said = {name: value for name, value in given.items() if value is not None}
    values: dict[str, Value | None] = {**known_values(form, known), **said}
    return {**signers(form, values), **values}


async def _complete(
    office: Office,
    known: Known,
    form: Form,
    values: dict[str, Value | None],
    on: date,
) -> None:
    """What the office knows itself: whose seal it is, the day, and the number where one is due."""
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
        # only a paper that lacks nothing else takes a number
        fill(form, {**values, "number": "〔0〕"}, dated=on)
        values["number"] = await paper_number.take(
            office.pool,
            committee_id=known.applied.committee_id,
            year=_year(values, on),
            paper_id=paper_number.paper_id(form.id, known.applied.mediation_id),
        )


def _year(values: Values, on: date) -> int:
    """That of the day which the paper bears, if that has come: December's, printed in January."""
    dated = values.get("dated")
    return min(dated, on).year if isinstance(dated, date) else on.year


def _seal(own: str, name: str, values: Values) -> str:
    """The committee's own; no paper bears another one's."""
    said = values.get(name)
    if said is not None and said != own:
        raise invalid(f"values.{name}", f"The seal is that of the committee: {own}")
    return own


def _count_copies(form: Form, values: dict[str, Value | None]) -> None:
    """One for each party and one that is kept [M29]: so many where nothing is said, and no fewer."""
    parties, said = values.get("parties"), values.get("copies")
    if "copies" not in {element.id for element in form.elements} or not isinstance(parties, list):
        return
    needed = len(parties) + 1
    if said is None:
        values["copies"] = needed
    elif isinstance(said, int) and 0 < said < needed:
        raise invalid("values.copies", f"Each party has one and one is kept: {needed} at least")

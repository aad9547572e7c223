"""Prints an opinion or a notice: its values and bytes go to the vault, its digest to the ledger."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import ValidationInfo, field_validator

from services.intake.api.case_context import CaseContext
from services.intake.domain.case import CaseFile
from services.intake.papers import FORMS, NUMBER_MARK
from services.intake.papers.wordings import wordings
from services.intake.store import document_number
from services.intake.store.person_files import EntryKind, file_of_case
from shared.contracts.case_handling_codes import DocumentKind
from shared.contracts.intake import (
    CaseAccepted,
    CaseDeclined,
    CaseEvent,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReopened,
)
from shared.handling import Members, Private
from shared.http import Body
from shared.office.paper_values import Written, values_of, written_of
from shared.papers import Form, PaperLacks, PaperMisfilled, TooLongToPrint, Value, Values, fill
from shared.refusals import Refusal, invalid
from shared.vault import Entry, PersonErased, PersonFile

_NOT_NUMBERED = "〔0〕"
"""Stands for the number while a paper is checked; a number is taken for a complete one only."""
_RESTS_ON: Mapping[DocumentKind, type[CaseEvent]] = {
    DocumentKind.OPINION: CaseReopened,
    DocumentKind.RECEIPT: CaseFiled,
    DocumentKind.FORWARDED: CaseForwarded,
    DocumentKind.ACCEPTED: CaseAccepted,
    DocumentKind.DECLINED: CaseDeclined,
    DocumentKind.NO_FURTHER_ACCEPTANCE: CaseDeclined,
    DocumentKind.LINKED: CaseLinked,
}
"""The fact that a document states; a later fact has a document with a number of its own."""


class NoFormOfDocument(Refusal):
    """This document has no form yet: issue it without `values` and make it out elsewhere."""

    status = 422
    title = "The document is not printed here"


PRINT_REFUSALS = (NoFormOfDocument, PaperLacks, PaperMisfilled, TooLongToPrint, PersonErased)
"""The refusals of a command that prints a paper."""


class Printing(Body):
    """What of the paper is written by the office; the paper is printed where `values` is given.

    What the record has is filled in where it is left out. `mark` is how the unit numbers its
    documents, such as 青云镇信; the name on the seal with 信 where it is left out.
    """

    values: Written | None = None
    mark: Annotated[str, NUMBER_MARK] | None = None

    @field_validator("mark")
    @classmethod
    def _of_a_paper(cls, mark: str | None, info: ValidationInfo) -> str | None:
        if mark is not None and info.data.get("values") is None:
            raise ValueError("Only a paper that is printed has a number: give values")
        return mark


@dataclass(frozen=True)
class PrintedDocument:
    """A printed paper: its number, its entry for the vault, the characters that no face has."""

    number: str
    entry: Entry
    unprinted: tuple[str, ...]
    file: PersonFile

    def unprinted_in_private(self) -> Private | None:
        """The characters as part of the answer; they are those of a rare name."""
        return Private(self.file, {"unprinted": self.unprinted}) if self.unprinted else None


def issued_members(printed: PrintedDocument | None) -> Members:
    """What the answer has of the paper."""
    return {
        "document_number": printed.number if printed else None,
        "paper_digest": printed.entry.digest if printed else None,
        "unprinted": (),
    }


async def print_document(
    context: CaseContext,
    case: CaseFile,
    document: DocumentKind,
    body: Printing,
    *,
    on: date,
    fixed: Mapping[str, Value] | None = None,
) -> PrintedDocument | None:
    """The printed paper; None where the body has no values.

    `fixed` are values that are stated elsewhere. Raises PaperLacks with every element that is
    missing, PaperMisfilled, and NoFormOfDocument.
    """
    if body.values is None:
        return None
    if document not in FORMS:
        raise NoFormOfDocument(document=document.value)
    form, office = FORMS[document], context.office
    file = await file_of_case(
        office.vault, context.actor.scope, division=context.division, case_id=context.stream_id
    )
    known = wordings(document, case, petitioner=await _name(context, case, file), on=on)
    values = {**known, **_given(form, body, fixed or {}), **(fixed or {})}
    number = await _numbered(context, case, document, body.mark, values, on=on)
    values["number"] = number
    paper = fill(form, values, dated=on)
    printed = await office.printer.run(lambda press: press.print_pdf(paper))
    content = {
        "document": document.value,
        "dated": on.isoformat(),
        "values": written_of(values),
        "pdf": b64encode(printed.content).decode(),
    }
    entry = file.entry(EntryKind.PAPER, content)
    return PrintedDocument(number, entry, printed.by_code, file)


def _given(form: Form, body: Printing, fixed: Mapping[str, Value]) -> dict[str, Value]:
    """The values that the office writes; a number, and what is stated elsewhere, are refused."""
    given = values_of(form, body.values or {})
    for name in ("number", *fixed):
        if given.get(name) is not None:
            raise invalid(f"values.{name}", "Leave it out: it is taken from the record")
    return {name: value for name, value in given.items() if value is not None}


async def _numbered(
    context: CaseContext,
    case: CaseFile,
    document: DocumentKind,
    mark: str | None,
    values: Values,
    *,
    on: date,
) -> str:
    fill(FORMS[document], {**values, "number": _NOT_NUMBERED}, dated=on)
    mark = mark or f"{values['seal']}信"
    if not NUMBER_MARK.fits(mark):
        raise invalid("mark", NUMBER_MARK.rule)
    mark_of_fact = case.marks.get(_RESTS_ON[document].kind)
    since = (mark_of_fact and mark_of_fact.event_id) or ""
    return await document_number.take(
        context.office.pool,
        division=context.division,
        mark=mark,
        year=on.year,
        document_id=f"{document.value}/{context.stream_id}/{since}/{mark}",
    )


async def _name(context: CaseContext, case: CaseFile, file: PersonFile) -> str | None:
    """The petitioner's name, where the registration has one."""
    found = await context.office.vault.contents(
        context.actor.scope,
        division=context.division,
        refs=[file.person_ref],
        kinds=[EntryKind.FILING],
        digest=case.registration.content_digest if case.registration else None,
    )
    person = found[0].content.get("person") if found else None
    name = person.get("name") if person else None
    return name if isinstance(name, str) else None

"""The route for the forms of papers, from which a screen can build its fields."""

from collections.abc import Collection, Sequence
from typing import Annotated

from fastapi import Response

from shared.http import Body, Router, answered
from shared.identity import Actor, Role, requires
from shared.papers import Element, Form, Kind


class FormColumn(Body):
    """A column of rows."""

    id: str
    zh: str
    en: str
    required: bool


class FormElement(Body):
    """Something that is written in a paper, under `values`.

    By `kind`: a text; a whole number (count); a day as 2026-03-05 (date); rows by `columns`;
    signers as {role, name} (signatures); the name of whose seal it is (seal); a number of a paper.
    """

    id: str
    zh: str
    en: str
    kind: Kind
    required: bool
    source: str
    """What asks for it."""
    columns: list[FormColumn]


class FormShown(Body):
    """A form and its elements, in the order of the paper."""

    id: str
    version: int
    zh: str
    en: str
    source: str
    numbered: bool
    """Whether its papers take a number of their issuer and year."""
    elements: list[FormElement]


class FormList(Body):
    """The forms of the service, in their order."""

    items: list[FormShown]


def paper_forms(
    forms: Sequence[Form], *, numbered: Collection[str], readers: Collection[Role]
) -> Router:
    """The router with the route; `numbered` are the forms whose papers take a number."""
    router = Router(tags=["papers"])
    shown = {"items": [_form(form, numbered=form.id in numbered) for form in forms]}

    @router.get("/paper-forms", response_model=FormList)
    async def paper_forms(actor: Annotated[Actor, requires(*readers)]) -> Response:
        """文书格式: what each paper consists of, what it may not lack, and by which source."""
        return answered(shown)

    return router


def _form(form: Form, *, numbered: bool) -> dict[str, object]:
    return {
        "id": form.id,
        "version": form.version,
        "zh": form.zh,
        "en": form.en,
        "source": form.source,
        "numbered": numbered,
        "elements": [_element(element) for element in form.elements],
    }


def _element(element: Element) -> dict[str, object]:
    return {
        "id": element.id,
        "zh": element.zh,
        "en": element.en,
        "kind": element.kind,
        "required": element.required,
        "source": element.source,
        "columns": [
            {"id": each.id, "zh": each.zh, "en": each.en, "required": each.required}
            for each in element.columns
        ],
    }

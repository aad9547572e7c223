"""The routes that explain the words: code lists with their labels, and schemas of events."""

from fastapi import Response
from pydantic import BaseModel

from services.intake.domain.case_file import CaseState
from shared.contracts.catalogue import UnknownEvent, event_class, json_schema
from shared.contracts.document import code_lists
from shared.contracts.event import Code
from shared.http import Router, answered, refused_with
from shared.identity import Authenticated
from shared.refusals import Refusal

router = Router(tags=["language"])


class SchemaUnknown(Refusal):
    """No event of this name and version is published."""

    status = 404
    title = "No such event"


class CodeLabel(BaseModel):
    """What travels, and what people read."""

    code: str
    label: str


@router.get("/codes", response_model=dict[str, list[CodeLabel]])
async def codes(_: Authenticated) -> Response:
    """Every closed code list, by its name."""
    lists: list[type[Code]] = [*code_lists(), CaseState]
    return answered(
        {
            each.__name__: [{"code": code.value, "label": code.label} for code in each]
            for each in lists
        }
    )


@router.get(
    "/contracts/{kind}/{version}",
    response_model=dict[str, object],
    responses=refused_with(SchemaUnknown),
)
async def contract(kind: str, version: int, _: Authenticated) -> Response:
    """The JSON Schema to which an event's `dataschema` refers."""
    try:
        found = event_class(kind, version)
    except UnknownEvent:
        raise SchemaUnknown from None
    if version != found.schema_version:
        raise SchemaUnknown
    return answered(json_schema(found))

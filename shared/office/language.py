"""Routes for code lists with their labels, and for the JSON schemas of events."""

from fastapi import Response
from pydantic import BaseModel

from shared.contracts.catalogue import UnknownEvent, event_class, json_schema
from shared.contracts.document import code_lists
from shared.contracts.event import Code, Event
from shared.http import Router, answered, refused_with
from shared.identity import Authenticated
from shared.refusals import Refusal


class SchemaUnknown(Refusal):
    """No event of this name and version is published."""

    status = 404
    title = "No such event"


class CodeLabel(BaseModel):
    """A code and its label."""

    code: str
    label: str


def language(*own: type[Code]) -> Router:
    """The routes; `own` are the service's code lists that no contract has, such as states."""
    router = Router(tags=["language"])

    @router.get("/codes", response_model=dict[str, list[CodeLabel]])
    async def codes(_: Authenticated) -> Response:
        """Every closed code list, by its name."""
        return answered({each.__name__: _labels(each) for each in [*code_lists(), *own]})

    @router.get(
        "/contracts/{kind}/{version}",
        response_model=dict[str, object],
        responses=refused_with(SchemaUnknown),
    )
    async def contract(kind: str, version: int, _: Authenticated) -> Response:
        """The JSON Schema to which an event's `dataschema` refers."""
        return answered(json_schema(_class_of(kind, version)))

    return router


def _labels(codes: type[Code]) -> list[dict[str, str]]:
    return [{"code": code.value, "label": code.label} for code in codes]


def _class_of(kind: str, version: int) -> type[Event]:
    try:
        found = event_class(kind, version)
    except UnknownEvent:
        raise SchemaUnknown from None
    if version != found.schema_version:
        raise SchemaUnknown
    return found

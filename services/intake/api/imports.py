"""The bulk import of older registers: many rows in, one result per row out."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import Response
from pydantic import BaseModel, ValidationError

from services.intake.api.importing import BroughtIn, Import
from services.intake.api.office import SERVICE, TheOffice
from services.intake.api.register_rows import ImportBody, RegisterRow
from shared.http import MIB, Position, Router, answered
from shared.http.validation import invalid_part
from shared.identity import Actor, Role, requires
from shared.refusals import InvalidInput, Refusal

router = Router(tags=["import"])

_BODY_SIZE = 8 * MIB
_ROWS_AT_ONCE = 50
"""After so many rows other requests have their turn."""


class RowProblem(BaseModel):
    """Why a row was rejected, without a word of its content."""

    type: str
    title: str
    detail: str
    field: str | None


class RowResult(BaseModel):
    """What became of a row."""

    row: int | None
    outcome: Literal["filed", "extended", "known", "rejected"]
    case_id: str | None
    events: int
    problem: RowProblem | None


class ImportAnswer(BaseModel):
    """How many rows of each kind, and each row's own result in the order of the request."""

    filed: int
    extended: int
    known: int
    rejected: int
    results: list[RowResult]


@router.post("/cases/import", response_model=ImportAnswer, max_body_size=_BODY_SIZE)
async def import_cases(
    body: ImportBody, actor: Annotated[Actor, requires(Role.BACKFILL)], office: TheOffice
) -> Response:
    """A row is one case: all that it states, or nothing of it; the same row again is known."""
    bringing = Import(office=office, actor=actor, source=body.source)
    rows: dict[int, RegisterRow] = {}
    for place, given in enumerate(body.rows):
        try:
            rows[place] = RegisterRow.model_validate(given)
        except ValidationError as fault:
            bringing.outcomes[place] = invalid_part(fault)
        if place % _ROWS_AT_ONCE == _ROWS_AT_ONCE - 1:
            await asyncio.sleep(0)
    await bringing.bring_in(rows)
    results = [_result(given, bringing.outcomes[place]) for place, given in enumerate(body.rows)]
    positions = [Position(SERVICE, *reached) for reached in bringing.positions.items()]
    return answered(_counted(results) | {"results": results}, *positions)


def _counted(results: list[dict[str, Any]]) -> dict[str, Any]:
    outcomes = [result["outcome"] for result in results]
    return {name: outcomes.count(name) for name in ("filed", "extended", "known", "rejected")}


def _result(given: dict[str, Any], outcome: BroughtIn | Refusal) -> dict[str, Any]:
    row = given.get("row")
    number = row if type(row) is int else None
    if isinstance(outcome, Refusal):
        case_id = outcome.shown.get("case_id")
        return _result_json(number, "rejected", case_id, 0, _problem(outcome))
    name = "filed" if outcome.begun else "extended" if outcome.events else "known"
    return _result_json(number, name, outcome.case_id, outcome.events, None)


def _result_json(
    row: int | None, outcome: str, case_id: object, events: int, problem: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "row": row,
        "outcome": outcome,
        "case_id": case_id,
        "events": events,
        "problem": problem,
    }


def _problem(refusal: Refusal) -> dict[str, Any]:
    field, detail = refusal.shown.get("field"), refusal.detail
    if isinstance(refusal, InvalidInput):
        field, detail = refusal.errors[0].field, refusal.errors[0].message
    return {
        "type": refusal.type,
        "title": refusal.title,
        "detail": detail,
        "field": field,
    }

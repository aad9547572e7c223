"""The routes by which the registry of a county is read."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Response

from services.intake.api.office import TheOffice
from services.intake.api.queries import Reader
from services.intake.api.reading import hidden_complaints
from services.intake.api.registry_context import county_wide, wait_for_registry
from services.intake.domain.registry import Place, Unheld, Why
from services.intake.store.post_board import POSTS, PostLine
from services.intake.store.unheld_cases import UnheldCase, unheld_cases
from services.intake.store.unit_board import UNITS, UnitLine
from shared.board import Asked
from shared.divisions import TOWNSHIP
from shared.http import AtLeast, Body, PageOf, Paging, Router, answered, page
from shared.identity import Actor
from shared.times import china_day, to_wire

router = Router(tags=["units and posts"])


@router.get("/units", response_model=PageOf[UnitLine])
async def units(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(UNITS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The units of the county; a township sees its own unless it asks for another `division`."""
    await wait_for_registry(office, actor, at_least)
    scope = county_wide(actor).scope
    return answered(await UNITS.page(office.pool, scope, _own_first(asked, actor), paging))


@router.get("/posts", response_model=PageOf[PostLine])
async def posts(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(POSTS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The posts of the county; a township sees its own unless it asks for another `division`."""
    await wait_for_registry(office, actor, at_least)
    scope = county_wide(actor).scope
    return answered(await POSTS.page(office.pool, scope, _own_first(asked, actor), paging))


class UnheldLine(Body):
    """An open case that nobody holds, and which unit or post says so since when."""

    division: str
    case_id: str
    number: str
    state: str
    due_at: datetime | None
    unit_division: str | None
    """Another one where the matter is on its way there."""
    unit: str | None
    post: str | None
    why: Why
    since: date
    said_by: str
    """The id of the unit or post."""


@router.get("/units/unheld", response_model=PageOf[UnheldLine])
async def unheld(actor: Reader, office: TheOffice, paging: Paging, at_least: AtLeast) -> Response:
    """Open cases under a unit that ended without a successor, or of a post that nobody holds.

    The petition office of the division has them until they are handed over.
    """
    await wait_for_registry(office, actor, at_least)
    registry = await office.registry(actor.scope)
    today = china_day(office.now())
    units, posts = registry.unheld_units(today), registry.unheld_posts(today)
    lines = await unheld_cases(
        office.pool,
        actor.scope,
        units=units,
        posts=posts,
        hidden=await hidden_complaints(office, actor),
        paging=paging,
    )
    shown = page(lines, paging, key=lambda line: (line.division, line.case_id))
    shown["items"] = [_line(each, units, posts) for each in shown["items"]]
    return answered(shown)


def _line(
    case: UnheldCase, units: Mapping[Place, Unheld], posts: Mapping[Place, Unheld]
) -> dict[str, object]:
    """The unit comes first: whoever hands its matters over names posts as well."""
    of_unit = units.get((case.unit_division or "", case.unit or ""))
    found = of_unit or posts[case.division, case.post or ""]
    return asdict(case) | {
        "why": found.why,
        "since": found.since.isoformat(),
        "said_by": found.by,
        "due_at": case.due_at and to_wire(case.due_at),
    }


def _own_first(asked: Asked, actor: Actor) -> Asked:
    """What is asked; of a township's own division where it names none."""
    if len(actor.scope) < TOWNSHIP or "division" in asked.values:
        return asked
    values: Mapping[str, object] = {**asked.values, "division": actor.scope}
    return replace(asked, values=values)

"""The routes by which the registry of a county is read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Response

from services.intake.api.office import TheOffice
from services.intake.api.queries import Reader
from services.intake.api.registry_context import county_wide, wait_for_registry
from services.intake.store.post_board import POSTS, PostLine
from services.intake.store.unit_board import UNITS, UnitLine
from shared.board import Asked
from shared.divisions import TOWNSHIP
from shared.http import AtLeast, PageOf, Paging, Router, answered
from shared.identity import Actor

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


def _own_first(asked: Asked, actor: Actor) -> Asked:
    """What is asked; of a township's own division where it names none."""
    if len(actor.scope) < TOWNSHIP or "division" in asked.values:
        return asked
    values: Mapping[str, object] = {**asked.values, "division": actor.scope}
    return replace(asked, values=values)

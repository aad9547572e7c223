"""Who sees a warning or a watched matter: the desk and leaders, and whom it concerns.

A unit's handlers see what is about their unit, grid workers what is in the villages of the grids that
they serve. A safety warning is shown to the unit or the worker's post that raised it and to leaders
alone. The unit complained of in a matter sees nothing of a warning about it, and of a matter with an
accusation in it leaders alone do.
"""

from collections.abc import Collection, Mapping

from services.grid.api.office import Office
from services.grid.api.report_access import grids_today, kept_from
from services.grid.api.roles import LEADERS
from services.grid.store import warning_board, watch_board
from services.grid.store.known_matters import KnownMatter, matters_about, records_of_matter
from shared.board import Asked, Restriction
from shared.divisions import TOWNSHIP, division_of, village_of
from shared.http.paging import PageRequest
from shared.identity import Actor, Role
from shared.refusals import Refusal

_ONE = PageRequest(1, None)


class NoSuchMatter(Refusal):
    """Grid knows no such matter in the township, or none that concerns this post."""

    status = 422
    title = "There is no such matter here"


def raisers(actor: Actor) -> list[str]:
    """The references under which a warning that they raised names them; a worker's unit is not one."""
    posts = [f"{actor.scope}/post/{name}" for name in actor.names]
    if actor.unit is None or actor.role is Role.GRID_WORKER:
        return posts
    return [*posts, f"{actor.scope}/unit/{actor.unit}"]


def reported_by(actor: Actor) -> str:
    """Whose safety warnings are one and the same: a unit's, or a worker's."""
    if actor.role is Role.GRID_WORKER:
        return f"{actor.scope}/post/{actor.ref}"
    return f"{actor.scope}/unit/{actor.unit}"


async def warnings_seen(office: Office, actor: Actor, asked: Asked) -> Asked:
    """What is asked of the list of warnings, but for those that do not concern them."""
    seen = _not_complained_of(office, actor, asked, warning_board.NOT_ABOUT_OWN_UNIT)
    if actor.role not in LEADERS:
        named = {"raisers": raisers(actor)}
        seen = warning_board.NO_SAFETY_OF_OTHERS.on(seen, named)
        seen = warning_board.NO_SEALED_MATTER.on(seen, {})
    if actor.role in {Role.HANDLER, Role.GRID_WORKER}:
        own = await _own(office, actor)
        seen = warning_board.OWN_ONLY.on(seen, {**own, "raisers": raisers(actor)})
    return seen


def watches_seen(office: Office, actor: Actor, asked: Asked) -> Asked:
    """The same of the list of watched matters."""
    seen = _not_complained_of(office, actor, asked, watch_board.NOT_ABOUT_OWN_UNIT)
    if actor.role not in LEADERS:
        seen = watch_board.NO_SAFETY_OF_OTHERS.on(seen, {"raisers": raisers(actor)})
        seen = watch_board.NO_SEALED_MATTER.on(seen, {})
    if actor.role is Role.HANDLER:
        seen = watch_board.OWN_ONLY.on(seen, {"units": units_of_township(actor)})
    return seen


async def sees_warning(office: Office, actor: Actor, warning_id: str) -> bool:
    """Whether the list shows them this one."""
    seen = await warnings_seen(office, actor, Asked("newest", {"warning_id": warning_id}))
    return bool(await warning_board.WARNINGS.lines(office.pool, actor.scope, seen, _ONE))


async def sees_watch(office: Office, actor: Actor, watch_id: str) -> bool:
    """Whether the list shows them this one."""
    seen = watches_seen(office, actor, Asked("newest", {"watch_id": watch_id}))
    return bool(await watch_board.WATCHES.lines(office.pool, actor.scope, seen, _ONE))


async def known_matter(office: Office, actor: Actor, division: str, matter_id: str) -> KnownMatter:
    """The matter of which a post may warn; for a worker one in the villages of their grids.

    Raises NoSuchMatter, also where the own unit is complained of in it.
    """
    if division_of(matter_id) != division:
        raise NoSuchMatter(field="matter_id")
    found = await records_of_matter(office.pool, division, matter_id, **_kept(office, actor))
    if actor.role is Role.GRID_WORKER:
        villages = await _villages(office, actor, division)
        found = [each for each in found if each.village_code in villages]
    if not found:
        raise NoSuchMatter(field="matter_id")
    return found[0]


async def matters_hidden(
    office: Office, actor: Actor, division: str, matters: Collection[str]
) -> frozenset[str]:
    """Those of these matters in which the own unit is complained of."""
    return await matters_about(office.pool, division, matters, **_kept(office, actor))


def _not_complained_of(
    office: Office, actor: Actor, asked: Asked, restriction: Restriction
) -> Asked:
    kept = _kept(office, actor)
    return restriction.on(asked, kept) if any(kept.values()) else asked


def _kept(office: Office, actor: Actor) -> dict[str, list[str]]:
    return dict(kept_from(office, actor).named())


async def _own(office: Office, actor: Actor) -> Mapping[str, object]:
    if actor.role is Role.HANDLER:
        return {"units": units_of_township(actor), "villages": []}
    return {"units": [], "villages": await _villages(office, actor, actor.scope)}


def units_of_township(actor: Actor) -> list[str]:
    """The code of a unit is its division's: a county's unit of the same code is another one."""
    return [actor.unit] if actor.unit and len(actor.scope) == TOWNSHIP else []


async def _villages(office: Office, actor: Actor, division: str) -> list[str]:
    return sorted({village_of(each) for each in await grids_today(office, actor, division)})

"""The figures of accusations: for the discipline lane alone, and counted nowhere else."""

from datetime import date
from typing import Annotated

from fastapi import Query, Response

from services.intake.api.accusations import Reader, refuse_unless_of_lane
from services.intake.api.office import SERVICE, TheOffice
from services.intake.domain.accusation.refusals import AccusationNotFound
from services.intake.store.accusation_board import counts
from shared.divisions import ScopeCode
from shared.http import AtLeast, Body, Position, Router, answered, refused_with
from shared.office import wait_to_show
from shared.office.occurrence_time import Day
from shared.refusals import invalid

router = Router(tags=["discipline lane"])

_NAMES = {
    "accusations_registered": ("registered", "登记件数", "accusations registered"),
    "accusations_transferred": ("transferred", "转送件数", "accusations first transferred"),
    "accusations_ended": ("ended", "办结件数", "accusations closed"),
}
"""By id what is counted, and its name in Chinese and English."""


class FigureName(Body):
    """A name in both languages."""

    zh: str
    en: str


class AccusationFigure(Body):
    """A plain count; one accusation is one."""

    id: str
    name: FigureName
    value: str
    unit: str


class AccusationFigures(Body):
    """What was done in these days, both inclusive, as far as the county's ledger was read."""

    division: str
    first: date
    last: date
    as_of: dict[str, int]
    figures: list[AccusationFigure]


@router.get(
    "/divisions/{division}/accusations/figures",
    response_model=AccusationFigures,
    responses=refused_with(AccusationNotFound),
)
async def figures(
    *,
    division: ScopeCode,
    actor: Reader,
    office: TheOffice,
    first: Annotated[Day, Query(alias="from")],
    last: Annotated[Day, Query(alias="to")],
    at_least: AtLeast,
) -> Response:
    """How many accusations were registered, first transferred and closed; to the lane alone."""
    if last < first:
        raise invalid("to", "The period ends before it begins")
    await wait_to_show(office, actor, at_least)
    await refuse_unless_of_lane(office, actor)
    counted = await counts(office.pool, division, first=first, last=last)
    position = Position(SERVICE, division, counted["head"] or 0)
    content = {
        "division": division,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "as_of": {f"{SERVICE}/{division}": counted["head"] or 0},
        "figures": [
            {
                "id": name,
                "name": {"zh": zh, "en": en},
                "value": str(counted[column]),
                "unit": "件",
            }
            for name, (column, zh, en) in _NAMES.items()
        ],
    }
    return answered(content, position)

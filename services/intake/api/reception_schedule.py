"""Which leader's post received petitioners in which period of the policy: by post and day."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import Path, Response
from pydantic import BaseModel

from services.intake.api.office import TheOffice
from services.intake.api.queries import Reader
from services.intake.domain.reception_policy import RECEPTIONS, owed, periods_of
from services.intake.store.reception_board import held_between
from shared.divisions import ScopeCode
from shared.http import AtLeast, Router, answered
from shared.office import wait_to_show

router = Router(tags=["receptions"])
Month = Annotated[str, Path(pattern=r"^(19[5-9][0-9]|20[0-9]{2}|21[0-8][0-9])-(0[1-9]|1[0-2])$")]


class OwedLine(BaseModel):
    """A period in which a leader's post receives, and how often it did."""

    leader_post: str
    first: date
    last: date
    held: int
    missed: bool
    """Whether the days to record it have passed and none is on record."""


class ReceptionSchedule(BaseModel):
    """The periods that begin in the month, by post and day."""

    month: str
    rhythm: str
    policy_version: str
    owed: list[OwedLine]


@router.get("/townships/{division}/receptions/schedule/{month}", response_model=ReceptionSchedule)
async def reception_schedule(
    division: ScopeCode, month: Month, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The periods that begin in the month, for each post of the leadership that was there."""
    await wait_to_show(office, actor, at_least)
    registry = await office.registry(division)
    rhythm = RECEPTIONS.rhythm(division)
    days = [day for period in periods_of(month, rhythm) for day in period]
    held = await held_between(office.pool, division, min(days), max(days))
    lines = owed(
        registry.leaders(division), held, division=division, month=month, now=office.now()
    )
    shown = {
        "month": month,
        "rhythm": rhythm,
        "policy_version": RECEPTIONS.version,
        "owed": [asdict(each) for each in lines],
    }
    return answered(shown)

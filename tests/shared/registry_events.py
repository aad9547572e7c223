"""Events of a county's registry, one after another, for services that follow it."""

from typing import Any, ClassVar

from shared.contracts.event import Event
from shared.contracts.unit_codes import HandOverReason, PostFact, UnitEnd, UnitFact, UnitType
from shared.contracts.units import (
    PostCorrected,
    PostEnded,
    PostHandedOver,
    PostRegistered,
    UnitCorrected,
    UnitEnded,
    UnitRegistered,
)
from shared.divisions import new_id
from shared.times import china_day
from tests.stats.made_up_ledger import COUNTY, TOWNSHIP, MadeUpLedger, noon

BEGIN = "2025-01-01"


class RegistryLedger(MadeUpLedger):
    """The county's ledger of intake, as far as it tells of units and posts."""

    source: ClassVar[str] = "/intake"

    def __init__(self) -> None:
        super().__init__(division=COUNTY)

    def unit(self, code: str, division: str = TOWNSHIP, **stated: Any) -> str:
        unit_id = new_id(COUNTY)
        self._record(
            UnitRegistered(
                unit_id=unit_id,
                code=code,
                division=division,
                valid_from=china_day(noon(BEGIN)),
                **{"unit_type": UnitType.OTHER, "title": "供水站", **stated},
            ),
            unit_id,
        )
        return unit_id

    def put_below(self, unit_id: str, parent: str | None) -> None:
        changed = (UnitFact.PARENT,)
        self._record(UnitCorrected(unit_id=unit_id, changed=changed, parent=parent), unit_id)

    def retitle(self, unit_id: str) -> None:
        changed = (UnitFact.TITLE,)
        self._record(UnitCorrected(unit_id=unit_id, changed=changed, title="水站"), unit_id)

    def end_unit(self, unit_id: str, successor: str | None) -> None:
        ended = UnitEnded(
            unit_id=unit_id,
            on=china_day(noon("2025-02-01")),
            why=UnitEnd.MERGED if successor else UnitEnd.ABOLISHED,
            successor=successor,
        )
        self._record(ended, unit_id)

    def post(self, code: str, unit: str, *in_charge_of: str, division: str = TOWNSHIP) -> str:
        post_id = new_id(COUNTY)
        self._record(
            PostRegistered(
                post_id=post_id,
                code=code,
                division=division,
                unit=unit,
                leads=False,
                valid_from=china_day(noon(BEGIN)),
                portfolio_units=in_charge_of or None,
            ),
            post_id,
        )
        return post_id

    def charge(self, post_id: str, *units: str) -> None:
        changed = (PostFact.PORTFOLIO_UNITS,)
        self._record(
            PostCorrected(post_id=post_id, changed=changed, portfolio_units=units), post_id
        )

    def hand_over(self, post_id: str, to: str, on: str) -> None:
        reason = next(iter(HandOverReason))
        day = china_day(noon(on))
        self._record(PostHandedOver(post_id=post_id, to=to, on=day, reason=reason), post_id)

    def end_post(self, post_id: str, on: str) -> None:
        self._record(PostEnded(post_id=post_id, on=china_day(noon(on))), post_id)

    def _record(self, event: Event, about: str) -> None:
        self.record(event, about, BEGIN)

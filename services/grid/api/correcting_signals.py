"""The route by which what was stated of a signal is corrected."""

from typing import Self

from fastapi import Response
from pydantic import model_validator

from services.grid.api.place_codes import PlaceElsewhere, require_in
from services.grid.api.signal_context import ByTheDesk, documented
from services.grid.domain.signal import Signal, SignalCommand
from services.grid.domain.signal.correcting import CorrectSignal
from services.grid.store import complained_units
from shared.contracts.case_codes import Category
from shared.contracts.report_codes import ReportTopic, matter_category_of
from shared.contracts.signal_codes import SignalField
from shared.contracts.words import UnitRef
from shared.divisions import GridCode, VillageCode, village_of
from shared.handling import Prepared, Record
from shared.http import Router
from shared.office import ReportedLater

router = Router(prefix="/signals/{signal_id}", tags=["signals"])


class CorrectSignalBody(ReportedLater):
    """What is otherwise; null for what is not known, left out for what stays as it is."""

    category: Category | None = None
    topic: ReportTopic | None = None
    village_code: VillageCode | None = None
    grid_code: GridCode | None = None
    complained_unit: UnitRef | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if not self.facts():
            raise ValueError("Something is corrected")
        if self.facts().get(SignalField.CATEGORY, "") is None:
            raise ValueError("A signal has a category")
        if self.topic and self.category not in {None, matter_category_of(self.topic)}:
            raise ValueError("The topic is of another category")
        if self.grid_code and self.village_code not in {None, village_of(self.grid_code)}:
            raise ValueError("The grid lies in another village")
        return self

    def facts(self) -> dict[SignalField, str | None]:
        """By their names; the category follows from the topic, and the village from the grid."""
        given: dict[SignalField, str | None] = {
            name: getattr(self, name.field)
            for name in SignalField
            if name.field in self.model_fields_set
        }
        if self.topic:
            given[SignalField.CATEGORY] = matter_category_of(self.topic)
        if self.grid_code:
            given[SignalField.VILLAGE_CODE] = village_of(self.grid_code)
        return given


@router.post("/correct", **documented(PlaceElsewhere))
async def correct(body: CorrectSignalBody, context: ByTheDesk) -> Response:
    """更正: category, topic, place, or the unit complained of, from which it is hidden at once.

    Where that unit has the order, the desk has it from now on.
    """
    for code, field in ((body.village_code, "village_code"), (body.grid_code, "grid_code")):
        if code is not None:
            require_in(context.division, code, field=field)
    facts = body.facts()
    kept = [complained_units.keep(context.stream_id, body.complained_unit)]
    names_unit = SignalField.COMPLAINED_UNIT in facts

    async def prepare(_: Record[Signal]) -> Prepared[SignalCommand, Signal]:
        return Prepared(
            command=CorrectSignal(facts=facts),
            at=context.moment(body),
            writes_about=lambda events: kept if events and names_unit else (),
        )

    return await context.handle(prepare)

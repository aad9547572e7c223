"""The route by which whom a report is about, its place and its topic are corrected."""

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from fastapi import Response
from pydantic import model_validator

from services.grid.api.place_codes import PlaceElsewhere, require_in
from services.grid.api.report_context import (
    ByTheDesk,
    RemarkBody,
    ReportContext,
    Step,
    carry_out,
    documented,
)
from services.grid.api.reporting import GridNotValid
from services.grid.domain.named_ids import grid_id
from services.grid.domain.report.correcting import CorrectReport
from services.grid.store import complained_units
from shared.contracts.report_codes import (
    ReportCorrectionReason,
    ReportField,
    ReportStep,
    ReportTopic,
    category_of,
    matter_category_of,
)
from shared.contracts.words import UnitRef
from shared.divisions import GridCode, ScopeCode, county_of
from shared.http import Router
from shared.ledger import NewEvent, Statement
from shared.refusals import invalid
from shared.times import china_day

router = Router(prefix="/reports/{report_id}", tags=["reports"])


class CorrectReportBody(RemarkBody):
    """What is otherwise; null for what is not so, left out for what stays as it is."""

    why: ReportCorrectionReason
    about_unit: UnitRef | None = None
    about_division: ScopeCode | None = None
    about_a_worker: Literal[True] | None = None
    grid_code: GridCode | None = None
    topic: ReportTopic | None = None
    """Its categories follow from it."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if not self.facts():
            raise ValueError("Something is corrected")
        for name in (ReportField.GRID_CODE, ReportField.TOPIC):
            if self.facts().get(name, "") is None:
                raise ValueError("A report has a grid and a topic")
        if self.about_division is not None and self.about_unit is None:
            raise ValueError("A division is that of a unit: name about_unit too")
        return self

    def facts(self) -> dict[ReportField, str | bool | None]:
        """By their names; a unit that is stated anew has the division that is stated with it."""
        given: dict[ReportField, str | bool | None] = {
            name: getattr(self, name.field)
            for name in ReportField
            if name.field in self.model_fields_set
        }
        if ReportField.ABOUT_UNIT in given:
            given[ReportField.ABOUT_DIVISION] = self.about_division
        if self.topic is not None:
            given[ReportField.CATEGORY] = category_of(self.topic)
            given[ReportField.MATTER_CATEGORY] = matter_category_of(self.topic)
        return given


@router.post("/correct", **documented(PlaceElsewhere, GridNotValid))
async def correct(body: CorrectReportBody, context: ByTheDesk) -> Response:
    """更正: place or topic; or the unit, or that a worker, is what the report is about.

    From that unit and from workers it is kept at once; where the unit has the report, the desk has it
    from now on. Lists and figures follow place and topic at once.
    """
    about = body.about_division
    if about is not None and county_of(about) != county_of(context.division):
        raise invalid("about_division", "The unit is one of the own county")

    grid_code = body.grid_code
    if grid_code is not None:
        require_in(context.division, grid_code, field="grid_code")

    async def look_up() -> Mapping[str, int]:
        if grid_code is not None:
            await _require_valid_grid(context, grid_code)
        return {}

    def command(step: Step) -> CorrectReport:
        return CorrectReport(
            facts=body.facts(),
            why=body.why,
            words_digest=step.words_digest,
            term=step.term(ReportStep.DISPATCH),
        )

    kept = [complained_units.keep(context.stream_id, body.about_unit)]
    names_unit = ReportField.ABOUT_UNIT in body.facts()

    def along(_: Sequence[NewEvent]) -> Sequence[Statement]:
        return kept if names_unit else ()

    return await carry_out(context, body, command, look_up=look_up, along=along)


async def _require_valid_grid(context: ReportContext, grid_code: str) -> None:
    """Raise GridNotValid unless the grid was drawn on the day on which the report was submitted."""
    office = context.office
    report = await office.reports.read(context.division, context.stream_id)
    at = report.state.submitted_at
    grid = await office.grids.read(context.division, grid_id(grid_code))
    if at is not None and not grid.state.is_valid_on(china_day(at)):
        raise GridNotValid(field="grid_code")

"""The route by which it is corrected whom a report is about."""

from typing import Literal, Self

from fastapi import Response
from pydantic import model_validator

from services.grid.api.report_context import (
    ByTheDesk,
    RemarkBody,
    Step,
    carry_out,
    documented,
)
from services.grid.domain.report.correcting import CorrectReport
from shared.contracts.report_codes import ReportCorrectionReason, ReportField, ReportStep
from shared.contracts.words import UnitRef
from shared.divisions import ScopeCode, county_of
from shared.http import Router
from shared.refusals import invalid

router = Router(prefix="/reports/{report_id}", tags=["reports"])


class CorrectReportBody(RemarkBody):
    """What is otherwise; null for what is not so, left out for what stays as it is."""

    why: ReportCorrectionReason
    about_unit: UnitRef | None = None
    about_division: ScopeCode | None = None
    about_a_worker: Literal[True] | None = None

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if not self.facts():
            raise ValueError("Something is corrected")
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
        return given


@router.post("/correct", **documented())
async def correct(body: CorrectReportBody, context: ByTheDesk) -> Response:
    """更正: the unit, or that a worker, is what the report is about: from both it is kept at once.

    Where that unit has the report, the desk has it from now on.
    """
    about = body.about_division
    if about is not None and county_of(about) != county_of(context.division):
        raise invalid("about_division", "The unit is one of the own county")

    def command(step: Step) -> CorrectReport:
        return CorrectReport(
            facts=body.facts(),
            why=body.why,
            words_digest=step.words_digest,
            term=step.term(ReportStep.DISPATCH),
        )

    return await carry_out(context, body, command)

"""The route by which a unit that called back records what the petitioner said of the handling."""

from collections.abc import Mapping
from functools import partial
from typing import Self

from fastapi import Response
from pydantic import model_validator

from services.intake.api.case_bodies import Act
from services.intake.api.case_context import DEPARTED, AtTheDesk, CaseContext, documented
from services.intake.domain.case import CaseCommand, CaseFile, rating
from services.intake.domain.case.served_opinion import CaseNotAnswered
from services.intake.domain.registry import PETITION_OFFICE
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade, RatingWay
from shared.handling import Prepared, Record
from shared.http import Body, Router

router = Router(prefix="/cases/{case_id}", tags=["ratings"])


class Grades(Body):
    """What the petitioner says of each; of a subject that is left out nothing was said."""

    responsible_unit: RatingGrade | None = None
    petition_office: RatingGrade | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.grades():
            raise ValueError("Rate the responsible unit, the petition office or both")
        return self

    def grades(self) -> Mapping[RatedSubject, RatingGrade]:
        """By subject."""
        stated = {
            RatedSubject.PETITION_OFFICE: self.petition_office,
            RatedSubject.RESPONSIBLE_UNIT: self.responsible_unit,
        }
        return {about: grade for about, grade in stated.items() if grade is not None}


class RatingBody(Grades, Act):
    """What was said when the unit called back."""


@router.post(
    "/record-rating",
    **documented(CaseNotAnswered, rating.CaseRatedAlready, rating.RatedByItself, *DEPARTED),
)
async def record_rating(body: RatingBody, context: AtTheDesk) -> Response:
    """回访评价: recorded by another unit than the one that is rated; silence is recorded as nothing.

    "Dissatisfied" has the answer looked at again by another post.
    """
    return await context.handle(partial(_prepare, context, body))


async def _prepare(
    context: CaseContext, body: RatingBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    command = rating.RateCase(
        grades=body.grades(),
        called_by=context.actor.unit,
        way=RatingWay.CALL_BACK,
        own=await _own(context, record.state),
        names=frozenset(context.actor.names_in(context.division)),
    )
    return Prepared(command=command, at=context.moment(body))


async def _own(context: CaseContext, case: CaseFile) -> frozenset[RatedSubject]:
    """As what the unit that calls back is rated; a unit of the county with that code is another one."""
    unit = context.actor.unit
    if unit is None or context.actor.scope != context.division:
        return frozenset()
    registry = await context.office.registry(context.division)
    offices = {*registry.petition_offices(context.division), (context.division, PETITION_OFFICE)}
    rated = {
        RatedSubject.PETITION_OFFICE: (context.division, unit) in offices,
        RatedSubject.RESPONSIBLE_UNIT: unit == case.unit,
    }
    return frozenset(about for about, is_own in rated.items() if is_own)

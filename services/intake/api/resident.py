"""The routes of petitioners, who have no token: number and query code open their own case."""

from fastapi import Request, Response

from services.intake.api.office import TheOffice
from services.intake.api.resident_access import NumberAndCode, NumberOrCodeWrong, own_matter
from services.intake.api.resident_limits import TooManyAttempts
from services.intake.api.resident_shown import ResidentCase, resident_case
from shared.http import Router, answered, refused_with

router = Router(prefix="/resident/case", tags=["residents"], open_to_all=True)
_REFUSALS = refused_with(NumberOrCodeWrong, TooManyAttempts)


@router.post("", response_model=ResidentCase, responses=_REFUSALS)
async def case(body: NumberAndCode, request: Request, office: TheOffice) -> Response:
    """查询: who holds the case, how it came there, what comes next, and which rights are open."""
    own = await own_matter(office, request, body)
    return answered((await resident_case(office, own)).model_dump(mode="json"))

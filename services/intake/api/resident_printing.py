"""The state of a case as a paper, for its petitioner."""

from typing import Any

from fastapi import Request, Response

from services.intake.api.office import TheOffice
from services.intake.api.resident_access import NumberAndCode, NumberOrCodeWrong, own_matter
from services.intake.api.resident_limits import TooManyAttempts
from services.intake.api.resident_places import Bilingual
from services.intake.api.resident_shown import ResidentCase, RightShown, resident_case
from services.intake.papers.status_paper import StatusFacts, status_paper
from shared.http import Router, refused_with
from shared.office.paper_files import paper_file
from shared.times import china_day

router = Router(prefix="/resident/case", tags=["residents"], open_to_all=True)
_PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}}, "description": "The paper"}
}


@router.post(
    "/print",
    response_class=Response,
    responses={**refused_with(NumberOrCodeWrong, TooManyAttempts), **_PDF},
)
async def print_case(body: NumberAndCode, request: Request, office: TheOffice) -> Response:
    """打印: what `POST /resident/case` shows, as a PDF."""
    shown = await resident_case(office, await own_matter(office, request, body))
    paper = status_paper(_facts(shown), dated=china_day(office.now()))
    return paper_file(await office.printer.run(lambda press: press.print_pdf(paper)))


def _facts(shown: ResidentCase) -> StatusFacts:
    return StatusFacts(
        number=shown.number,
        received_on=shown.received_on,
        state=_both(shown.state),
        held_by=shown.held_by.zh if shown.held_by else None,
        hops=[_both(each) for each in shown.hops],
        results=[_both(each) for each in shown.results],
        next=_both(shown.next) if shown.next else None,
        until=shown.next.until if shown.next else None,
        rights=[_right(each) for each in shown.rights],
    )


def _both(said: Bilingual) -> str:
    return f"{said.zh} {said.en}"


def _right(right: RightShown) -> str:
    return f"{right.right.label}：{_both(right)}"

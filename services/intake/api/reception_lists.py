"""The routes by which receptions are read: their list, and one with its visits and history."""

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.intake.api.cases_in_records import cases_hidden, naming
from services.intake.api.office import SERVICE, TheOffice
from services.intake.api.queries import Reader
from services.intake.api.reception_bodies import ReceptionAnswer
from services.intake.api.summaries import reception_summary
from services.intake.domain.receptions import ReceptionFile, refusals
from services.intake.store.reception_board import RECEPTION_BOARD, ReceptionLine
from shared.board import Asked
from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.reception_codes import VisitCase
from shared.contracts.receptions import ReceptionVisitReceived
from shared.divisions import Identifier, new_id
from shared.http import AtLeast, PageOf, Paging, Router, answered, refused_with
from shared.office import wait_to_show
from shared.office.actions import Action, Probes, actions_of
from shared.office.history import HistoryItem, with_history

router = Router(tags=["receptions"])


class Visit(BaseModel):
    """A batch of visitors; without its case for those from whom the case is kept."""

    visit_id: str
    headcount: int
    category: Category
    solved_on_site: bool
    acknowledged: bool
    case_id: str | None
    case_is: VisitCase | None


class ReceptionWithHistory(ReceptionAnswer):
    """A reception with its visits, what may be done with it now, and its history."""

    visits: list[Visit]
    actions: list[Action]
    history: list[HistoryItem]


@router.get("/receptions", response_model=PageOf[ReceptionLine])
async def receptions(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(RECEPTION_BOARD.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The receptions of the scope, the latest day first; never in an order of leaders."""
    await wait_to_show(office, actor, at_least)
    return answered(await RECEPTION_BOARD.page(office.pool, actor.scope, asked, paging))


_VOIDED = {"reason": VoidReason.BY_MISTAKE.value}
_PROBES: Probes[ReceptionFile] = Probes(
    tried={
        "hold": lambda _: [{}],
        "receive-visit": lambda _: [{"headcount": 1, "category": Category.LAND.value}],
        "void-visit": lambda ask: [
            _VOIDED | {"visit_id": each} for each in (*ask.state.visits, new_id(ask.division))
        ],
        "void": lambda _: [_VOIDED],
    }
)


@router.get(
    "/receptions/{reception_id}",
    response_model=ReceptionWithHistory,
    responses=refused_with(refusals.ReceptionNotFound),
)
async def one_reception(
    reception_id: Identifier,
    actor: Reader,
    office: TheOffice,
    at_least: AtLeast,
    request: Request,
) -> Response:
    """One reception; a case that is kept from who asks is named neither by a visit nor an event."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, reception_id)
    record = office.receptions.fold(history)
    if record.state.known is None:
        raise refusals.ReceptionNotFound
    visits = record.state.visits.values()
    hidden = await cases_hidden(office, actor, [each.case_id for each in visits])
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/receptions/{reception_id}",
        stream_id=reception_id,
        probes=_PROBES,
    )
    shown = [_shown(each, hidden) for each in visits]
    content = reception_summary(record.state) | {"visits": shown, "actions": actions}
    return with_history(SERVICE, content, record, history, without=naming(history, hidden))


def _shown(visit: ReceptionVisitReceived, hidden: Collection[str]) -> dict[str, object]:
    shown = visit.model_dump(mode="json", exclude={"reception_id", "on"})
    is_kept = visit.case_id in hidden
    return shown | {"case_id": None, "case_is": None} if is_kept else shown

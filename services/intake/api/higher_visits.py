"""The routes of visits to higher levels that are reported back: a count and a day, in no order of places."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response

from services.intake.api.office import SERVICE, HigherVisits, Office, TheOffice
from services.intake.api.queries import Reader
from services.intake.api.receptions import KEEPING, Keeper
from services.intake.api.summaries import higher_visit_summary
from services.intake.domain.higher_visit import (
    FewerPeopleThanBatches,
    HigherVisit,
    HigherVisitCommand,
    HigherVisitNotFound,
    ReportHigherVisit,
    VoidHigherVisit,
)
from services.intake.store.higher_visit_board import HIGHER_VISITS, HigherVisitLine
from shared.board import Asked
from shared.contracts.higher_visit_codes import VisitedLevel
from shared.contracts.mediation_codes import VoidReason
from shared.contracts.words import Headcount
from shared.divisions import Identifier, ScopeCode, new_id
from shared.handling import Prepared, Record
from shared.http import (
    AtLeast,
    Body,
    Idempotency,
    PageOf,
    Paging,
    Router,
    YesOrNo,
    answered,
    refused_with,
)
from shared.identity.refusals import PostMissing
from shared.office import (
    CommandContext,
    Dated,
    ReportedLater,
    begin,
    command_context,
    command_documents,
    wait_to_show,
)
from shared.office.actions import Action, Probes, actions_of
from shared.office.history import HistoryItem, with_history
from shared.times import china_day

router = Router(tags=["receptions"])


class HigherVisitAnswer(Body):
    """A report of visits after a command."""

    higher_visit_id: str
    visited: VisitedLevel
    on_day: date
    batches: int
    person_times: int
    past_next_office: bool
    voided: bool
    version: int


class HigherVisitBody(ReportedLater):
    """How many visited an office of which level on `happened_on`, today unless it is stated."""

    visited: VisitedLevel
    batches: Headcount = 1
    person_times: Headcount
    past_next_office: YesOrNo = False
    """Whether they went past the level above the competent one, as it was reported."""


class VoidHigherVisitBody(Dated):
    """Why the report counts as none."""

    reason: VoidReason


class HigherVisitWithHistory(HigherVisitAnswer):
    """A report of visits, what may be done with it now, and its history."""

    actions: list[Action]
    history: list[HistoryItem]


def _higher_visits(office: Office) -> HigherVisits:
    return office.higher_visits


TheContext = Annotated[
    CommandContext[Office, HigherVisitCommand, HigherVisit],
    command_context("higher_visit_id", _higher_visits, *KEEPING, needs_post=True),
]
_documented = command_documents(
    HigherVisitAnswer, first=(HigherVisitNotFound,), own=(PostMissing,)
)
_documented_new = command_documents(HigherVisitAnswer, own=(PostMissing, FewerPeopleThanBatches))
_PROBES: Probes[HigherVisit] = Probes(
    tried={"void": lambda _: [{"reason": VoidReason.BY_MISTAKE.value}]}
)


@router.get("/higher-visits", response_model=PageOf[HigherVisitLine])
async def higher_visits(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(HIGHER_VISITS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """What was reported of visits to higher levels, the latest day first; no target, no ranking."""
    await wait_to_show(office, actor, at_least)
    return answered(await HIGHER_VISITS.page(office.pool, actor.scope, asked, paging))


@router.post("/townships/{division}/higher-visits", status_code=201, **_documented_new())
async def report_higher_visit(
    division: ScopeCode, body: HigherVisitBody, actor: Keeper, key: Idempotency, office: TheOffice
) -> Response:
    """An office of a higher level reported visits of a day: how many, of nobody."""
    stream_id = new_id(division)

    async def prepare(_: Record[HigherVisit]) -> Prepared[HigherVisitCommand, HigherVisit]:
        at = body.moment(actor, now=office.now())
        command = ReportHigherVisit(
            higher_visit_id=stream_id,
            visited=body.visited,
            on=china_day(at),
            batches=body.batches,
            person_times=body.person_times,
            past_next_office=body.past_next_office,
        )
        return Prepared(command=command, at=at)

    return await begin(
        office.higher_visits,
        prepare,
        service=SERVICE,
        stream_id=stream_id,
        actor=actor,
        key=key,
        address="/higher-visits/{higher_visit_id}",
    )


@router.post("/higher-visits/{higher_visit_id}/void", **_documented())
async def void_higher_visit(body: VoidHigherVisitBody, context: TheContext) -> Response:
    """A report that was none counts as none; it stays on record."""
    return await context.handle_command(VoidHigherVisit(reason=body.reason), body)


@router.get(
    "/higher-visits/{higher_visit_id}",
    response_model=HigherVisitWithHistory,
    responses=refused_with(HigherVisitNotFound),
)
async def one_higher_visit(
    higher_visit_id: Identifier,
    actor: Reader,
    office: TheOffice,
    at_least: AtLeast,
    request: Request,
) -> Response:
    """One report of visits, and its history."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, higher_visit_id)
    record = office.higher_visits.fold(history)
    if record.state.reported is None:
        raise HigherVisitNotFound
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/higher-visits/{higher_visit_id}",
        stream_id=higher_visit_id,
        probes=_PROBES,
    )
    content = higher_visit_summary(record.state) | {"actions": actions}
    return with_history(SERVICE, content, record, history)

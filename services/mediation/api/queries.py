"""The routes by which disputes are looked at: lists, and one with its history."""

from typing import Annotated

from fastapi import Depends, Request, Response

from services.mediation.api.command_answers import MediationAnswer, summary
from services.mediation.api.context import READING
from services.mediation.api.dispute_access import require_visible
from services.mediation.api.mediation_probes import mediation_actions
from services.mediation.api.office import SERVICE, Office, TheOffice
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import MediationNotFound
from services.mediation.store.kept_from import NOT_KEPT, asking
from services.mediation.store.mediation_board import MEDIATIONS, MediationLine
from shared.board import Asked
from shared.divisions import Identifier
from shared.handling import Record
from shared.http import AtLeast, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.office.actions import Action
from shared.office.history import HistoryItem, with_history
from shared.office.sentences import CodesAsTitles, HistoryInSentences, in_sentences

Reader = Annotated[Actor, requires(*READING)]

router = Router(prefix="/mediations", tags=["mediations"])


class MediationWithHistory(MediationAnswer):
    """The state of a dispute, with what may be done with it now, and its history."""

    actions: list[Action]
    history: list[HistoryItem]


@router.get("", response_model=PageOf[MediationLine])
async def board(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(MEDIATIONS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Disputes within the token's scope, township by township, the newest first.

    Those that complain of the token's own unit are left out.
    """
    await wait_to_show(office, actor, at_least)
    seen = NOT_KEPT.on(asked, asking(actor, office.own_names(actor)))
    return answered(await MEDIATIONS.page(office.pool, actor.scope, seen, paging))


@router.get(
    "/{mediation_id}",
    response_model=MediationWithHistory,
    responses=refused_with(MediationNotFound),
)
async def one_mediation(
    request: Request, mediation_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One dispute and its history; another township's is as if there were none."""
    await wait_to_show(office, actor, at_least)
    record = await _visible(office, actor, mediation_id)
    actions = await mediation_actions(request, office, actor, record, mediation_id)
    shown = {**summary(record.state), "actions": actions}
    return with_history(SERVICE, shown, record, record.history)


@router.get(
    "/{mediation_id}/history",
    response_model=HistoryInSentences,
    responses=refused_with(MediationNotFound),
)
async def history_of_mediation(
    mediation_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The history of a dispute, a sentence for each event, in Chinese and English."""
    await wait_to_show(office, actor, at_least)
    record = await _visible(office, actor, mediation_id)
    return in_sentences(SERVICE, record.history, CodesAsTitles())


async def _visible(office: Office, actor: Actor, mediation_id: str) -> Record[MediationFile]:
    """The dispute; raises MediationNotFound where it is not for this reader."""
    record = office.mediations.fold(await office.ledger.stream(actor.scope, mediation_id))
    await require_visible(office, actor, record.state)
    return record

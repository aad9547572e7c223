"""The routes of the discipline lane: what it does with an accusation, its list, and one of it.

To everybody else each of them says that there is none.
"""

from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from services.intake.api.case_bodies import Act
from services.intake.api.office import SERVICE, Accusations, Office, TheOffice
from services.intake.api.summaries import accusation_summary
from services.intake.api.whoever_asks import participant
from services.intake.domain.accusation import (
    AccusationCommand,
    AccusationFile,
    AcknowledgeAccusation,
    CloseAccusation,
    NoteOutcome,
    TransferAccusation,
)
from services.intake.domain.accusation.refusals import (
    AccusationNotFound,
    AccusationWasClosed,
    AcknowledgedOtherwise,
    NotTransferredYet,
    OutcomeNotedOtherwise,
)
from services.intake.domain.discipline_lane import is_of_lane
from services.intake.domain.reporting_policy import TooLongAgo
from services.intake.store.accusation_board import (
    ACCUSATIONS,
    AccusationLine,
    accusation_id_of,
)
from services.intake.store.case_number import CaseReference, check_id_or_number
from services.intake.store.person_files import EntryKind
from shared.board import Asked
from shared.contracts.accusation_codes import AccusationOutcome, CompetentBody
from shared.contracts.case_codes import ServiceMethod
from shared.divisions import division_of
from shared.handling import HappenedBeforeItBegan, Record
from shared.http import AtLeast, Body, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.identity.refusals import PostMissing
from shared.office import CommandContext, command_context, command_documents, wait_to_show
from shared.office.actions import Action, Probes, actions_of
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.times import china_day
from shared.vault import PersonErased
from shared.vault.bodies import OrganisationShown

router = Router(prefix="/accusations", tags=["discipline lane"])
_LANE = (Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER, Role.BACKFILL)
_READING = (Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER)
Reader = Annotated[Actor, requires(*_LANE, Role.COUNTY_LEADER, Role.AUDITOR)]


class AccusationAnswer(Body):
    """The state of an accusation after a command."""

    accusation_id: str
    number: str
    state: str
    received_on: date
    acknowledged: bool
    """Whether whoever accuses was told of the receipt."""
    transferred_to: CompetentBody | None
    outcome: AccusationOutcome | None
    """What the body told of its procedure to which it was transferred last."""
    version: int


class AccusationWithHistory(AccusationAnswer):
    """The state of an accusation, what may be done with it now, and its history."""

    actions: list[Action]
    history: list[HistoryItem]


class AccusationText(Body):
    """Who accuses and what was written, as far as it was stated."""

    accusation_id: str
    name: str | None
    phone: str | None
    id_number: str | None
    address: str | None
    narrative: str | None
    cause: OrganisationShown | None
    particulars: dict[str, Any]
    """What else was stated, by the names of a filing; of a case, its id and number."""


class AcknowledgeBody(Act):
    """How whoever accuses was told of the receipt."""

    method: ServiceMethod


class TransferBody(Act):
    """To which body, by who is in charge of the cadre."""

    to: CompetentBody


class OutcomeBody(Act):
    """What the competent body told of its procedure."""

    outcome: AccusationOutcome


class CloseAccusationBody(Act):
    """Nothing is left to do in the lane."""


async def refuse_unless_of_lane(office: Office, actor: Actor) -> None:
    """Raise AccusationNotFound for whoever is not of the discipline lane."""
    if not await _is_of_lane(office, actor):
        raise AccusationNotFound


async def _is_of_lane(office: Office, actor: Actor) -> bool:
    registry = await office.registry(actor.scope)
    return is_of_lane(participant(actor), registry, on=china_day(office.now()))


class AccusationContext(CommandContext[Office, AccusationCommand, AccusationFile]):
    """A command to one accusation, by a post of the discipline lane."""

    async def admit(self, record: Record[AccusationFile]) -> None:
        """Raise AccusationNotFound."""
        await refuse_unless_of_lane(self.office, self.actor)
        record.state.required  # noqa: B018  raises where there is none


def _accusations(office: Office) -> Accusations:
    return office.accusations


async def _find(office: Office, scope: str, reference: str) -> str:
    """The id that an id or a printed number names; AccusationNotFound for none in scope."""
    accusation_id = await accusation_id_of(office.pool, scope, reference)
    if accusation_id is None:
        raise AccusationNotFound
    return accusation_id


InTheLane = Annotated[
    AccusationContext,
    command_context(
        "accusation_id",
        _accusations,
        *_LANE,
        context=AccusationContext,
        check=check_id_or_number,
        find=_find,
        needs_post=True,
    ),
]
_PROBES: Probes[AccusationFile] = Probes(
    tried={
        "acknowledge": lambda _: [{"method": each.value} for each in ServiceMethod],
        "transfer": lambda _: [{"to": each.value} for each in CompetentBody],
        "note-outcome": lambda _: [{"outcome": each.value} for each in AccusationOutcome],
        "close": lambda _: [{}],
    }
)
_documented = command_documents(
    AccusationAnswer,
    first=(AccusationNotFound,),
    own=(PostMissing, TooLongAgo, HappenedBeforeItBegan),
)


@router.get("", response_model=PageOf[AccusationLine])
async def accusations(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(ACCUSATIONS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The accusations of the county, those received first first; empty outside the discipline lane."""
    await wait_to_show(office, actor, at_least)
    if not await _is_of_lane(office, actor):
        return answered({"items": [], "next": None})
    return answered(await ACCUSATIONS.page(office.pool, actor.scope, asked, paging))


@router.get(
    "/{accusation_id}",
    response_model=AccusationWithHistory,
    responses=refused_with(AccusationNotFound),
)
async def one_accusation(
    accusation_id: CaseReference,
    actor: Reader,
    office: TheOffice,
    at_least: AtLeast,
    request: Request,
) -> Response:
    """One accusation by its id or number, and its history, for the discipline lane."""
    await wait_to_show(office, actor, at_least)
    await refuse_unless_of_lane(office, actor)
    found = await _find(office, actor.scope, accusation_id)
    history = await office.accusations.ledger.stream(actor.scope, found)
    record = office.accusations.fold(history)
    if record.state.registered is None:
        raise AccusationNotFound
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/accusations/{accusation_id}",
        stream_id=found,
        probes=_PROBES,
    )
    content = accusation_summary(record.state) | {"actions": actions}
    return with_history(SERVICE, content, record, history)


@router.get(
    "/{accusation_id}/text",
    response_model=AccusationText,
    responses=refused_with(AccusationNotFound, PersonErased),
)
async def text(
    accusation_id: CaseReference,
    actor: Annotated[Actor, requires(*_READING, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """检举控告内容: who accuses and what was written, for the lane; the opening is recorded."""
    await wait_to_show(office, actor, at_least)
    await refuse_unless_of_lane(office, actor)
    found = await _find(office, actor.scope, accusation_id)
    registered = (await office.accusations.read(actor.scope, found)).state.required
    if (
        registered.person_ref is None
        or await office.vault.file(actor.scope, registered.person_ref) is None
    ):
        raise PersonErased
    kept = await office.vault.contents(
        actor.scope,
        division=division_of(found),
        refs=[registered.person_ref],
        kinds=[EntryKind.FILING],
    )
    await note_shown(office, actor, [found], route="GET /accusations/{accusation_id}/text")
    content = kept[0].content if kept else {}
    stated = content.get("person") or {}
    fields = ("name", "phone", "id_number", "address")
    return answered(
        {
            "accusation_id": found,
            **{name: stated.get(name) for name in fields},
            "narrative": content.get("narrative"),
            "cause": content.get("cause"),
            "particulars": content.get("particulars") or {},
        }
    )


@router.post(
    "/{accusation_id}/acknowledge", **_documented(AcknowledgedOtherwise, AccusationWasClosed)
)
async def acknowledge(body: AcknowledgeBody, context: InTheLane) -> Response:
    """告知: whoever accuses was told that it was received, and what comes next."""
    return await context.handle_command(AcknowledgeAccusation(method=body.method), body)


@router.post("/{accusation_id}/transfer", **_documented(AccusationWasClosed))
async def transfer(body: TransferBody, context: InTheLane) -> Response:
    """转送: to the body that is competent [R22]; once more where that one was not."""
    return await context.handle_command(TransferAccusation(to=body.to), body)


@router.post(
    "/{accusation_id}/note-outcome",
    **_documented(NotTransferredYet, OutcomeNotedOtherwise, AccusationWasClosed),
)
async def note_outcome(body: OutcomeBody, context: InTheLane) -> Response:
    """反馈: what the competent body told of its procedure [R30]; never of anybody's guilt."""
    return await context.handle_command(NoteOutcome(outcome=body.outcome), body)


@router.post("/{accusation_id}/close", **_documented(NotTransferredYet))
async def close(body: CloseAccusationBody, context: InTheLane) -> Response:
    """办结: nothing is left to do in the lane, once it was transferred."""
    return await context.handle_command(CloseAccusation(), body)

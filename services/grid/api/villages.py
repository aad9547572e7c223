"""The routes by which a village comes onto the register, is corrected, and ends."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.grid.api.command_answers import VillageAnswer
from services.grid.api.office import SERVICE, Office, TheOffice, Villages
from services.grid.api.place_codes import PlaceElsewhere, PlaceName, require_in
from services.grid.api.roles import KEEPING
from services.grid.domain.named_ids import village_id
from services.grid.domain.validity import (
    EndsBeforeItBegan,
    NothingIsCorrected,
    SuccessorMissing,
    SuccessorNotFound,
)
from services.grid.domain.village import (
    CorrectVillage,
    DissolveVillage,
    RegisterVillage,
    Village,
    VillageCommand,
    VillageDissolvedOtherwise,
    VillageNamedOtherwise,
    VillageNotFound,
    VillageRegisteredOtherwise,
)
from services.grid.store.grids_of_village import (
    grid_before,
    grid_beyond,
    require_none_before,
    require_none_beyond,
)
from services.grid.store.place_name import CorrectedName, called, keep_name
from shared.contracts.grid_codes import EndedHow, VillageKind
from shared.divisions import TownshipCode, VillageCode, in_scope
from shared.handling import Prepared, Record
from shared.http import EachOnce, Idempotency, Router
from shared.identity import Actor, requires
from shared.office import CommandContext, Dated, begin, command_context, command_documents
from shared.office.occurrence_time import Day
from shared.refusals import Refusal

_documented = command_documents(VillageAnswer)
Successors = Annotated[frozenset[VillageCode], Field(max_length=50, fail_fast=True), EachOnce]


def _villages(office: Office) -> Villages:
    return office.villages


VillageContext = Annotated[
    CommandContext[Office, VillageCommand, Village],
    command_context("village_id", _villages, *KEEPING),
]

router = Router(tags=["villages"])


class VillageHasGrids(Refusal):
    """A grid of the village goes on after that day: it ends first, with its successors."""

    title = "The village has grids"


class VillageHasEarlierGrids(Refusal):
    """A grid of the village is valid before that day: correct the grid first."""

    title = "A grid of the village is valid earlier"


class RegisterVillageBody(Dated):
    """The code, what it stands for, and the name that people know it by."""

    village_code: VillageCode
    name: PlaceName
    kind: VillageKind = VillageKind.NOT_STATED
    valid_from: Day


class CorrectVillageBody(Dated):
    """What is right; what is left out stays as it is."""

    name: PlaceName | None = None
    kind: VillageKind | None = None
    valid_from: Day | None = None


class DissolveVillageBody(Dated):
    """The last day, and what takes the village's place."""

    last_day: Day
    how: EndedHow
    successors: Successors = frozenset()


@router.post(
    "/townships/{division}/villages",
    status_code=201,
    **_documented(VillageRegisteredOtherwise, VillageNamedOtherwise, PlaceElsewhere),
)
async def register_village(
    division: TownshipCode,
    body: RegisterVillageBody,
    actor: Annotated[Actor, requires(*KEEPING)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """登记: a village or a community is on the register from a day on, once under each code."""
    require_in(division, body.village_code, field="village_code")
    command = RegisterVillage(
        village_code=body.village_code, kind=body.kind, valid_from=body.valid_from
    )

    async def prepare(record: Record[Village]) -> Prepared[VillageCommand, Village]:
        await require_name(office, record.state, body.village_code, body.name)
        return Prepared(
            command=command,
            at=body.moment(actor, now=office.now()),
            side_writes=[keep_name(body.village_code, body.name)],
        )

    return await begin(
        office.villages,
        prepare,
        service=SERVICE,
        stream_id=village_id(body.village_code),
        actor=actor,
        key=key,
        address="/villages/{village_id}",
        begins=False,
    )


async def require_name(office: Office, village: Village, code: str, name: str) -> None:
    """Raise VillageNamedOtherwise where the village is on the register under another name."""
    if village.registered is not None and await called(office.pool, code) != name:
        raise VillageNamedOtherwise(village_id=village.registered.village_id, field="name")


@router.post(
    "/villages/{village_id}/correct",
    **_documented(VillageNotFound, NothingIsCorrected, VillageHasEarlierGrids, EndsBeforeItBegan),
)
async def correct_village(body: CorrectVillageBody, context: VillageContext) -> Response:
    """更正: the register had the name, the kind or the first day wrong; all that was stays on record."""
    office = context.office

    async def prepare(record: Record[Village]) -> Prepared[VillageCommand, Village]:
        registered = record.state.registered
        if registered is None:
            raise VillageNotFound
        code, first_day = registered.village_code, body.valid_from
        name = await corrected_name(office, code, body.name)
        if (body.name, body.kind, first_day) == (None, None, None):
            raise NothingIsCorrected
        earlier = first_day and await grid_before(office.pool, code, first_day)
        if earlier:
            raise VillageHasEarlierGrids(field="valid_from", grid_code=earlier)
        return Prepared(
            command=CorrectVillage(
                kind=body.kind, valid_from=first_day, title_digest=name.digest if name else None
            ),
            at=context.moment(body),
            side_writes=[
                *([name.keep()] if name else []),
                *([require_none_before(code, first_day)] if first_day else []),
            ],
        )

    return await context.handle(prepare)


async def corrected_name(office: Office, code: str, name: str | None) -> CorrectedName | None:
    """The other name of a place; None where it is called so already, or none is stated."""
    if name is None or await called(office.pool, code) == name:
        return None
    return CorrectedName.of(code, name)


@router.post(
    "/villages/{village_id}/dissolve",
    **_documented(
        VillageNotFound,
        VillageDissolvedOtherwise,
        VillageHasGrids,
        EndsBeforeItBegan,
        SuccessorMissing,
        SuccessorNotFound,
    ),
)
async def dissolve_village(body: DissolveVillageBody, context: VillageContext) -> Response:
    """合并、撤销: the village ends, and what takes its place is named."""
    office = context.office

    async def prepare(record: Record[Village]) -> Prepared[VillageCommand, Village]:
        registered = record.state.registered
        if registered is None:
            raise VillageNotFound
        left = await grid_beyond(office.pool, registered.village_code, body.last_day)
        if left is not None:
            raise VillageHasGrids(grid_code=left)
        return Prepared(
            command=DissolveVillage(
                last_day=body.last_day, how=body.how, successors=body.successors
            ),
            at=context.moment(body),
            side_writes=[require_none_beyond(registered.village_code, body.last_day)],
            looked_up=await _registered(office, context, body.successors),
        )

    return await context.handle(prepare)


async def _registered(
    office: Office,
    context: CommandContext[Office, VillageCommand, Village],
    codes: frozenset[str],
) -> dict[str, int]:
    """Versions of the villages of the own township; raises SuccessorNotFound where there is none."""
    found: dict[str, int] = {}
    for code in sorted(codes):
        if in_scope(context.division, code) and village_id(code) != context.stream_id:
            known = await office.villages.read(context.division, village_id(code))
            if known.state.registered is None:
                raise SuccessorNotFound(field="successors")
            found[village_id(code)] = known.version
    return found

"""The routes by which a unit is registered, corrected and ended."""

from typing import Annotated

from fastapi import Response

from services.intake.api.office import Office, TheOffice, Units
from services.intake.api.registry_context import (
    REFUSED,
    REGISTRARS,
    RegistryContext,
    UnitAnswer,
    own_division,
    refuse_future,
    register,
)
from services.intake.domain.units import (
    CorrectUnit,
    EndUnit,
    RegisterUnit,
    UnitCommand,
    UnitFile,
    refusals,
)
from services.intake.store import open_matters
from services.intake.store.registry_locks import Given, unit_ends
from services.intake.store.registry_rows import mark_of, registry_of, unit_at, unit_by_id
from shared.contracts.unit_codes import UnitEnd, UnitFact, UnitType
from shared.contracts.units import UnitTitle
from shared.contracts.words import UnitRef
from shared.divisions import Identifier, ScopeCode, county_of, new_id
from shared.handling import Prepared, Record
from shared.http import Idempotency, Router, YesOrNo
from shared.identity import Actor, requires
from shared.office import command_context, command_documents
from shared.office.occurrence_time import Dated, Day
from shared.times import china_day

router = Router(tags=["units and posts"])
_documented = command_documents(UnitAnswer, first=(refusals.UnitNotFound,), own=REFUSED)
_documented_new = command_documents(UnitAnswer, own=REFUSED)


def _units(office: Office) -> Units:
    return office.units


UnitContext = Annotated[
    RegistryContext[UnitCommand, UnitFile],
    command_context("unit_id", _units, *REGISTRARS, context=RegistryContext, needs_post=True),
]


class NewUnitBody(Dated):
    """A unit: its code in the division, its type and public title, and since when it is there."""

    code: UnitRef
    unit_type: UnitType
    title: UnitTitle
    valid_from: Day
    parent: UnitRef | None = None
    """The code of the unit above it in the same division."""


class CorrectUnitBody(Dated):
    """The facts that are otherwise; `parent` null where there is no unit above it."""

    unit_type: UnitType | None = None
    title: UnitTitle | None = None
    valid_from: Day | None = None
    parent: UnitRef | None = None

    def values(self) -> dict[UnitFact, object]:
        """What the body states; only `parent` may be stated as null."""
        stated = {fact: getattr(self, fact.field) for fact in UnitFact}
        return {
            fact: value
            for fact, value in stated.items()
            if fact.field in self.model_fields_set
            and (value is not None or fact is UnitFact.PARENT)
        }


class EndUnitBody(Dated):
    """Since which day it is no more, why, and which unit has its matters."""

    on: Day
    why: UnitEnd
    successor: Identifier | None = None
    """The id of a unit of the county."""
    leaves_open: YesOrNo = False
    """Whether it ends without a successor although matters are open."""


@router.post(
    "/divisions/{division}/units",
    status_code=201,
    **_documented_new(refusals.UnitCodeTaken, refusals.ParentNotRegistered),
)
async def register_unit(
    division: ScopeCode,
    body: NewUnitBody,
    actor: Annotated[Actor, requires(*REGISTRARS, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """A unit of a township or of the county comes into the registry."""
    command = RegisterUnit(
        unit_id=new_id(county_of(division)),
        code=body.code,
        division=division,
        unit_type=body.unit_type,
        title=body.title,
        valid_from=body.valid_from,
        parent=body.parent,
    )

    async def prepare(_: Record[UnitFile]) -> Prepared[UnitCommand, UnitFile]:
        refuse_future(body.valid_from, field="valid_from", office=office)
        return Prepared(
            command=command,
            at=body.moment(actor, now=office.now()),
            looked_up=await _parent(office, division, body.parent, of=body.code),
        )

    return await register(
        office,
        office.units,
        prepare,
        stream_id=command.unit_id,
        actor=actor,
        key=key,
        address="/units/{unit_id}",
    )


async def _parent(office: Office, division: str, parent: str | None, *, of: str) -> dict[str, int]:
    """The unit above with its version; refuses one that is not there, or that lies below."""
    looked_up: dict[str, int] = {}
    above = parent
    while above is not None:
        if above == of:
            raise refusals.UnitAboveItself(field="parent")
        unit = await unit_at(office.pool, county_of(division), division=division, code=above)
        if unit is None or (above == parent and unit.ended_on is not None):
            raise refusals.ParentNotRegistered(field="parent")
        if unit.unit_id in looked_up:
            break
        looked_up[unit.unit_id] = unit.version
        above = unit.parent
    return looked_up


@router.post(
    "/units/{unit_id}/correct",
    **_documented(
        refusals.NothingCorrected,
        refusals.UnitHasEnded,
        refusals.ParentNotRegistered,
        refusals.UnitAboveItself,
    ),
)
async def correct_unit(body: CorrectUnitBody, context: UnitContext) -> Response:
    """更正: facts of the registration are otherwise; the code stays."""

    async def prepare(record: Record[UnitFile]) -> Prepared[UnitCommand, UnitFile]:
        division, registered = own_division(record.state, context.actor), record.state.registered
        if body.valid_from is not None:
            refuse_future(body.valid_from, field="valid_from", office=context.office)
        code = registered.code if registered else ""
        return Prepared(
            command=CorrectUnit(values=body.values()),
            at=context.moment(body),
            looked_up=await _parent(context.office, division, body.parent, of=code),
        )

    return await context.handle(prepare)


@router.post(
    "/units/{unit_id}/end",
    **_documented(
        refusals.UnitHasEnded,
        refusals.EndsBeforeItBegan,
        refusals.MergedUnitNeedsItsSuccessor,
        refusals.SuccessorNotRegistered,
        refusals.MattersAreOpen,
    ),
)
async def end_unit(body: EndUnitBody, context: UnitContext) -> Response:
    """合并, 撤销: the unit is no more; its matters pass to its successor in this one act [R24].

    Without a successor the petition office has them. While some are open that is refused, unless
    `leaves_open` says that it is meant; they are then on the board of unheld matters.
    """

    async def prepare(record: Record[UnitFile]) -> Prepared[UnitCommand, UnitFile]:
        own_division(record.state, context.actor)
        refuse_future(body.on, field="on", office=context.office)
        looked_up = await _successor(context, body.successor)
        given = await _given_to(context, record.state)
        return Prepared(
            command=EndUnit(
                on=body.on,
                why=body.why,
                successor=body.successor,
                leaves_open=body.leaves_open,
                open_matters=given.open,
            ),
            at=context.moment(body),
            side_writes=[unit_ends(context.stream_id, given)],
            looked_up=looked_up,
        )

    return await context.handle(prepare)


async def _successor(context: UnitContext, unit_id: str | None) -> dict[str, int]:
    """The successor with its version; refuses one that is not there any more."""
    if unit_id is None:
        return {}
    unit = await unit_by_id(context.office.pool, context.county, unit_id)
    if unit is None or unit.ended_on is not None:
        raise refusals.SuccessorNotRegistered(field="successor")
    return {unit_id: unit.version}


async def _given_to(context: UnitContext, unit: UnitFile) -> Given:
    """The unit and those whose matters it has as their successor, with what is open there."""
    if unit.registered is None:
        raise refusals.UnitNotFound
    pool, county = context.office.pool, context.county
    mark = await mark_of(pool, county)
    registry = await registry_of(pool, county)
    own = unit.registered.division, unit.registered.code
    places = registry.given_to(own, china_day(context.office.now()))
    return Given(mark, places, await open_matters.of_units(pool, county, places))

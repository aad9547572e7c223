"""What the routes of commands to units and posts share: who may send them, to which ledger.

Units and posts of a township are in the ledger of its county, so that the whole county is one
registry. A township's own petition office and leaders record its units and posts there; those of
other townships they only read.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Generic, TypeVar

from fastapi import Response

from services.intake.api.office import SERVICE, Office
from services.intake.domain.posts import PostFile
from services.intake.domain.posts.refusals import PostCodeTaken, PostNotFound
from services.intake.domain.units import UnitFile
from services.intake.domain.units.refusals import UnitCodeTaken, UnitNotFound
from shared.divisions import county_of, in_scope
from shared.handling import AnswerWith, Handling, Prepare, Prepared, Record
from shared.http import Body, IdempotencyKey, Position
from shared.identity import Actor, Role
from shared.identity.refusals import PostMissing
from shared.ledger.errors import RowTaken
from shared.office import CommandContext, NotYetHappened, begin, wait_to_show
from shared.refusals import Refusal
from shared.times import china_day, may_be_today

C = TypeVar("C")
S = TypeVar("S", UnitFile, PostFile)

REGISTRARS = (Role.CLERK, Role.TOWNSHIP_LEADER, Role.BACKFILL)
"""Roles that keep the registry of their division."""

_TAKEN = {"unit_board": UnitCodeTaken, "post_board": PostCodeTaken}


class OnlyThePetitionOfficeRegisters(Refusal):
    """Units and posts are registered by the petition office of the division, or by its leaders."""

    status = 403
    title = "The petition office keeps the registry"


REFUSED = (PostMissing, OnlyThePetitionOfficeRegisters)
"""What every command to a unit or post documents."""


def county_wide(actor: Actor) -> Actor:
    """The actor for the registry of the county: townships read it, and write their own into it.

    In the county's ledger a township's post goes by its subject: the code would be another's.
    """
    county = county_of(actor.scope)
    if actor.scope == county:
        return actor
    return replace(actor, scope=county, unit=None, post=None)


async def refuse_unless_registrar(office: Office, actor: Actor) -> None:
    """Raise OnlyThePetitionOfficeRegisters for a clerk of another unit."""
    if actor.role is not Role.CLERK:
        return
    registry = await office.registry(actor.scope)
    if actor.unit != registry.petition_office(actor.scope, china_day(office.now())):
        raise OnlyThePetitionOfficeRegisters


@contextmanager
def code_still_free() -> Iterator[None]:
    """Raise UnitCodeTaken or PostCodeTaken where the division has that code already."""
    try:
        yield
    except RowTaken as fault:
        if fault.table not in _TAKEN:
            raise
        raise _TAKEN[fault.table](field="code") from None


class RegistryContext(CommandContext[Office, C, S], Generic[C, S]):
    """A command to one unit or post of the actor's own division."""

    @property
    def county(self) -> str:
        """The county whose registry it is."""
        return county_of(self.actor.scope)

    async def handle(
        self, prepare: Prepare[S, C], *, answer: AnswerWith[S] | None = None
    ) -> Response:
        """Handle the command that `prepare` makes; there is no record of another division."""

        async def prepare_if_own(record: Record[S]) -> Prepared[C, S] | None:
            own_division(record.state, self.actor)
            return await prepare(record)

        await refuse_unless_registrar(self.office, self.actor)
        wide = replace(self, actor=county_wide(self.actor))
        answered = await CommandContext.handle(wide, prepare_if_own, answer=answer)
        self.office.registries.forget(self.county)
        return answered


def own_division(state: UnitFile | PostFile, actor: Actor) -> str:
    """The division of the unit or post; a refusal for one that the actor does not keep."""
    registered = state.registered
    if registered is None or not in_scope(actor.scope, registered.division):
        raise UnitNotFound if isinstance(state, UnitFile) else PostNotFound
    return registered.division


async def register(
    office: Office,
    handling: Handling[C, S],
    prepare: Prepare[S, C],
    *,
    stream_id: str,
    actor: Actor,
    key: IdempotencyKey | None,
    address: str,
) -> Response:
    """Begin a unit or post in the county's ledger."""
    await refuse_unless_registrar(office, actor)
    with code_still_free():
        answered = await begin(
            handling,
            prepare,
            service=SERVICE,
            stream_id=stream_id,
            actor=county_wide(actor),
            key=key,
            address=address,
        )
    office.registries.forget(stream_id)
    return answered


def refuse_future(day: date, *, field: str, office: Office) -> None:
    """A fact of the registry is recorded when it has happened: raises NotYetHappened."""
    if not may_be_today(day, now=office.now()):
        raise NotYetHappened(field=field)


async def wait_for_registry(office: Office, actor: Actor, positions: Sequence[Position]) -> None:
    """Wait until the county's ledger reaches the positions that a query names."""
    await wait_to_show(office, county_wide(actor), positions)


class UnitAnswer(Body):
    """A unit after a command."""

    unit_id: str
    division: str
    code: str
    unit_type: str
    title: str
    ended_on: date | None
    successor: str | None
    version: int


class PostAnswer(Body):
    """A post after a command."""

    post_id: str
    division: str
    code: str
    unit: str
    holder: str | None
    ended_on: date | None
    version: int

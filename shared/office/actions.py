"""What a caller may do with a record now: each of its command routes, tried without its end.

The routes below a record's address are its commands. Each is carried out as for the request itself:
the gate of role and post, whom its context admits, what it prepares, what the rule decides. It stops
where something would be written. So what is shown cannot differ from what the command answers, and
a new route appears by itself.

Where the body decides, *open* means that a well-formed one can be accepted: the bodies that are
tried are declared with the service, and of several the refusal is told that is of fewest of them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson
from fastapi import Request
from pydantic import BaseModel, ValidationError

from shared.decider import Mark
from shared.handling import CommandRequest, Handled, Handling, Record
from shared.http.routing import Route, dependencies_of
from shared.identity import Actor
from shared.identity.gate import TokenGate
from shared.ledger import Author
from shared.office.command_context import CommandContext, maker_of
from shared.office.office import LedgerOffice
from shared.refusals import Refusal

S = TypeVar("S")
Tried = Mapping[str, object] | object
"""A body, or a command where what a body names would be looked up."""


class WhyNot(BaseModel):
    """The refusal that the command would be answered with."""

    slug: str
    says: str


class Action(BaseModel):
    """A command to the record, and whether it is open to who asks, now."""

    command: str
    method: str
    href: str
    open: bool
    why_not: WhyNot | None


class RecordedAlready(Refusal):
    """The record says so already; the command would change nothing."""

    title = "The record says so already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Generic[S]):
    """Who asks, of which record, when: what bodies to try are made of."""

    state: S
    actor: Actor
    division: str
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Probes(Generic[S]):
    """What is tried of each command, by its name."""

    tried: Mapping[str, Callable[[Asking[S]], Sequence[Tried]]]
    of_the_body: frozenset[type[Refusal]] = frozenset()
    """Refusals that say of a tried body alone that it names what is not there. The command that
    follows it is decided instead."""


@dataclass(frozen=True, slots=True)
class CommandRoute:
    """A route that takes a command to one record."""

    route: Route
    name: str
    context: type[CommandContext[Any, Any, Any]]
    handling_of: Callable[[Any], Handling[Any, Any]]
    context_parameter: str
    body_parameter: str
    body: type[BaseModel]


class _Accepted(Exception):
    """The command would be recorded."""


@dataclass(frozen=True)
class _Rehearsal(Handling[Any, Any]):
    """Handles nothing: it stops where the append would begin."""

    record: Record[Any] = field(kw_only=True)

    async def handle(self, request: CommandRequest[Any, Any]) -> Handled[Any]:
        prepared = await request.prepare(self.record)
        if prepared is None:
            raise RecordedAlready
        self.rehearse(prepared.command, prepared.at, request.author)
        raise _Accepted

    def rehearse(self, command: Any, at: datetime, author: Author) -> None:
        """Raise what the rule refuses, or RecordedAlready."""
        if not self.decide(command, Mark(at, actor_ref=author.actor_ref), self.record):
            raise RecordedAlready


def command_routes(routes: Sequence[object], address: str) -> Iterator[CommandRoute]:
    """The commands below an address such as `/things/{thing_id}`, in the order of the routes."""
    for route in routes:
        if not isinstance(route, Route) or not route.path.startswith(f"{address}/"):
            continue
        found = [
            (each.name, maker)
            for each in dependencies_of(route)
            if (maker := maker_of(each.call)) is not None
        ]
        bodies = route.dependant.body_params
        if "POST" not in (route.methods or ()) or not found or not bodies:
            continue
        [(name, maker)], [body] = found, bodies
        yield CommandRoute(
            route=route,
            name=route.path.removeprefix(f"{address}/"),
            context=maker.context,
            handling_of=maker.handling_of,
            context_parameter=name or "context",
            body_parameter=body.name,
            body=_model_of(body.field_info.annotation),
        )


def _model_of(annotation: Any) -> type[BaseModel]:
    if not isinstance(annotation, type) or not issubclass(annotation, BaseModel):
        raise TypeError("the body of a command is a model")
    return annotation


async def actions_of(
    request: Request,
    office: LedgerOffice,
    actor: Actor,
    record: Record[Any],
    *,
    address: str,
    stream_id: str,
    probes: Probes[Any],
) -> list[dict[str, object]]:
    """The commands to a record that was just read, for whoever asks."""
    trial = _Trial(office, actor, record, stream_id, probes)
    routes = _routes_of(request, address)
    href = address[: address.index("{")] + stream_id
    return [await trial.action(each, f"{href}/{each.name}") for each in routes]


def _routes_of(request: Request, address: str) -> tuple[CommandRoute, ...]:
    known: dict[str, tuple[CommandRoute, ...]] | None
    known = getattr(request.app.state, "command_routes", None)
    if known is None:
        known = request.app.state.command_routes = {}
    if address not in known:
        known[address] = tuple(command_routes(request.app.routes, address))
    return known[address]


class _Trial:
    """The commands to one record, tried for one caller."""

    def __init__(
        self,
        office: LedgerOffice,
        actor: Actor,
        record: Record[Any],
        stream_id: str,
        probes: Probes[Any],
    ) -> None:
        self._office, self._actor, self._record = office, actor, record
        self._stream_id, self._probes = stream_id, probes
        self._admitted: dict[type[CommandContext[Any, Any, Any]], Refusal | None] = {}
        self._now = office.now()

    async def action(self, route: CommandRoute, href: str) -> dict[str, object]:
        refusal = await self._refusal(route)
        why_not = None if refusal is None else {"slug": refusal.slug, "says": refusal.detail}
        return {
            "command": route.name,
            "method": "POST",
            "href": href,
            "open": refusal is None,
            "why_not": why_not,
        }

    async def _refusal(self, route: CommandRoute) -> Refusal | None:
        try:
            for gate in route.route.gates:
                if isinstance(gate, TokenGate):
                    gate.admit(self._actor)
        except Refusal as refusal:
            return refusal
        context = self._context(route)
        if route.context not in self._admitted:
            self._admitted[route.context] = await self._not_admitted(context)
        return self._admitted[route.context] or await self._tried(route, context)

    def _context(self, route: CommandRoute) -> CommandContext[Any, Any, Any]:
        handling = route.handling_of(self._office)
        return route.context(
            office=self._office,
            handling=_Rehearsal(
                ledger=handling.ledger,
                decider=handling.decider,
                answer=handling.answer,
                record=self._record,
            ),
            actor=self._actor,
            stream_id=self._stream_id,
            key=None,
            expected_version=None,
            now=self._now,
        )

    async def _not_admitted(self, context: CommandContext[Any, Any, Any]) -> Refusal | None:
        try:
            await context.admit(self._record)
        except Refusal as refusal:
            return refusal
        return None

    async def _tried(
        self, route: CommandRoute, context: CommandContext[Any, Any, Any]
    ) -> Refusal | None:
        """None where one of the bodies is accepted."""
        refusals: list[Refusal] = []
        for each in self._bodies(route, context):
            is_command = not isinstance(each, Mapping)
            if is_command and refusals and type(refusals[-1]) not in self._probes.of_the_body:
                break
            try:
                await self._try(route, context, each)
            except _Accepted:
                return None
            except Refusal as refusal:
                refusals.append(refusal)
        return _telling([each for each in refusals if type(each) not in self._probes.of_the_body])

    def _bodies(
        self, route: CommandRoute, context: CommandContext[Any, Any, Any]
    ) -> Sequence[Tried]:
        made = self._probes.tried.get(route.name)
        if made is None:
            return ()
        return made(
            Asking(
                state=self._record.state,
                actor=self._actor,
                division=context.division,
                now=self._now,
            )
        )

    async def _try(
        self, route: CommandRoute, context: CommandContext[Any, Any, Any], tried: Tried
    ) -> None:
        if isinstance(tried, Mapping):
            body = _body_of(route, tried)
            named = {route.body_parameter: body, route.context_parameter: context}
            await route.route.endpoint(**named)
            return
        rehearsal = context.handling
        if not isinstance(rehearsal, _Rehearsal):
            raise TypeError("a command is tried by a rehearsal")
        rehearsal.rehearse(tried, self._now, self._actor.author(context.division))
        raise _Accepted


def _body_of(route: CommandRoute, tried: Mapping[str, object]) -> BaseModel:
    try:
        return route.body.model_validate_json(orjson.dumps(tried))
    except ValidationError as fault:
        raise AssertionError(f"{route.name} takes no body such as {sorted(tried)}") from fault


def _telling(refusals: Sequence[Refusal]) -> Refusal | None:
    """The refusal that the fewest bodies met, the first of several; None where nothing was tried."""
    met = Counter(type(each) for each in refusals)
    return min(refusals, key=lambda each: met[type(each)], default=None)

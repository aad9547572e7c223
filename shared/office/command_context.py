"""The context of a command's route: who sends it, to which record, under which conditions, when."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Header, Path, Request, Response
from pydantic import AfterValidator

from shared.divisions import check_id, division_of
from shared.drafts.storing import DraftName
from shared.drafts.with_command import draft_of, emptying
from shared.handling import AnswerWith, CommandRequest, Handling, Prepare, Record, ready
from shared.http import Idempotency, IdempotencyKey, Position, answered, correlation_id
from shared.identity import Actor, Role, requires
from shared.office.occurrence_time import Dated
from shared.office.office import LedgerOffice, office_of
from shared.refusals import invalid

O = TypeVar("O", bound=LedgerOffice)  # noqa: E741  the office
C = TypeVar("C")
S = TypeVar("S")
_ETAG = re.compile(r'"([0-9]{1,9})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandContext(Generic[O, C, S]):
    """A command to one record that has begun."""

    office: O
    handling: Handling[C, S]
    actor: Actor
    stream_id: str
    key: IdempotencyKey | None
    expected_version: int | None
    now: datetime
    draft: DraftName | None = None
    """The draft that the command was written in, if there is one: it is gone with the events."""

    @property
    def division(self) -> str:
        """The township in whose ledger the record is."""
        return division_of(self.stream_id)

    def moment(self, body: Dated) -> datetime:
        """When the fact happened that the body states."""
        return body.moment(self.actor, now=self.now)

    async def admit(self, record: Record[S]) -> None:
        """Refuse an actor whom this record does not concern; here everybody is admitted."""

    async def handle_command(self, command: C, body: Dated) -> Response:
        """Handle a command that is known without looking at the record."""
        return await self.handle(ready(command, at=self.moment(body)))

    async def handle(
        self, prepare: Prepare[S, C], *, answer: AnswerWith[S] | None = None
    ) -> Response:
        """Handle the command that `prepare` makes from the record, and answer.

        `answer` is that of the route, where it is not the record's usual one.
        """
        request = CommandRequest(
            stream_id=self.stream_id,
            author=self.actor.author(self.division, correlation_id()),
            prepare=emptying(self.actor, self.draft, prepare),
            admit=self.admit,
            expected_version=self.expected_version,
            key=self.key,
            answer=answer,
        )
        handled = await self.handling.handle(request)
        position = Position(self.office.service, self.division, handled.position)
        return answered(handled.answer, position)


async def _expected_version(
    if_match: Annotated[
        str | None, Header(description='The `ETag` of the record as it was read, such as `"3"`')
    ] = None,
) -> int | None:
    if if_match is None:
        return None
    matched = _ETAG.fullmatch(if_match)
    if matched is None:
        raise invalid("If-Match", "One version in quotation marks is taken")
    return int(matched[1])


Find = Callable[[O, str, str], Awaitable[str]]
"""The id of a record within a scope, by what the path says; raises the refusal for none."""


async def _the_id_itself(_: LedgerOffice, __: str, identifier: str) -> str:
    return identifier


def command_context(
    parameter: str,
    handling_of: Callable[[O], Handling[C, S]],
    *roles: Role,
    context: type[CommandContext[O, C, S]] = CommandContext,
    check: Callable[[str], str] = check_id,
    find: Find[O] = _the_id_itself,
    needs_post: bool = False,
) -> Any:
    """The dependency of a command's route that these roles may use.

    `parameter` is the name under which the route's path has the record's id, or what `check`
    takes besides and `find` gives the id of.
    """

    async def build(
        *,
        request: Request,
        named: Annotated[str, AfterValidator(check), Path(alias=parameter)],
        actor: Annotated[Actor, requires(*roles, needs_post=needs_post)],
        key: Idempotency,
        expected_version: Annotated[int | None, Depends(_expected_version)],
    ) -> CommandContext[O, C, S]:
        office: O = await office_of(request)
        stream_id = await find(office, actor.scope, named)
        return context(
            office=office,
            handling=handling_of(office),
            actor=actor,
            stream_id=stream_id,
            key=key,
            expected_version=expected_version,
            now=office.now(),
            draft=draft_of(request, key, stream_id),
        )

    _MADE[build] = ContextMaker(context, handling_of)
    return Depends(build)


@dataclass(frozen=True, slots=True)
class ContextMaker:
    """What a dependency of `command_context` makes, and of which handling."""

    context: type[CommandContext[Any, Any, Any]]
    handling_of: Callable[[Any], Handling[Any, Any]]


_MADE: dict[Any, ContextMaker] = {}


def maker_of(dependency: Any) -> ContextMaker | None:
    """What the dependency of a route makes; None where it is no `command_context`."""
    return _MADE.get(dependency)


def etag(version: int) -> str:
    """A version as the `ETag` header has it."""
    return f'"{version}"'

"""An errand: somebody comes with a command to one record that has begun."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Header, Path, Request, Response

from shared.divisions import Identifier, division_of
from shared.handling import Completed, Handling, Wish
from shared.http import Idempotency, IdempotencyKey, Position, answered, correlation_id
from shared.identity import Actor, Role, requires
from shared.ledger import Statement
from shared.office.moments import Dated
from shared.office.office import LedgerOffice
from shared.refusals import Refusal, invalid

O = TypeVar("O", bound=LedgerOffice)  # noqa: E741  the office
C = TypeVar("C")
_ETAG = re.compile(r'"([0-9]{1,9})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand(Generic[O, C]):
    """Who comes, to which record, under which conditions, and when."""

    office: O
    handling: Handling[C, Any]
    actor: Actor
    stream_id: str
    key: IdempotencyKey | None
    expected_version: int | None
    now: datetime

    @property
    def division(self) -> str:
        """The township in whose ledger the record is."""
        return division_of(self.stream_id)

    def moment(self, body: Dated) -> datetime:
        """When the fact happened that the body states."""
        return body.moment(self.actor, now=self.now)

    async def carry_out(
        self,
        command: C,
        body: Dated,
        *,
        completes: Completed = lambda _: None,
        refused: Refusal | None = None,
        beside: Sequence[Statement] = (),
    ) -> Response:
        """Handle the command and answer what became of it; the others are as in a wish."""
        wish = Wish(
            command=command,
            stream_id=self.stream_id,
            at=self.moment(body),
            completes=completes,
            refused=refused,
            author=self.actor.author(correlation_id()),
            expected_version=self.expected_version,
            key=self.key,
        )
        handled = await self.handling.handle(wish, beside=beside)
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


def errand_to(
    parameter: str, handling_of: Callable[[O, Actor], Handling[C, Any]], *roles: Role
) -> Any:
    """The dependency of a command's route that these roles may use.

    `parameter` is the name under which the route's path has the record's id.
    """

    async def come(
        *,
        request: Request,
        stream_id: Annotated[Identifier, Path(alias=parameter)],
        actor: Annotated[Actor, requires(*roles)],
        key: Idempotency,
        expected_version: Annotated[int | None, Depends(_expected_version)],
    ) -> Errand[O, C]:
        office: O = request.app.state.office
        return Errand(
            office=office,
            handling=handling_of(office, actor),
            actor=actor,
            stream_id=stream_id,
            key=key,
            expected_version=expected_version,
            now=office.now(),
        )

    return Depends(come)


def etag(version: int) -> str:
    """How a version is written in a header."""
    return f'"{version}"'

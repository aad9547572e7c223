"""An errand: somebody comes with a command to one case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Response

from services.intake.api.case_bodies import Dated
from services.intake.api.moments import moment_of
from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.domain.case_commands import CaseCommand
from shared.divisions import Identifier, division_of
from shared.handling import Wish
from shared.http import Idempotency, IdempotencyKey, Position, answered, correlation_id
from shared.identity import Actor, Role, requires
from shared.ledger import Statement
from shared.refusals import invalid

_ETAG = re.compile(r'"([0-9]{1,9})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Who comes, to which case, under which conditions, and when."""

    office: Office
    actor: Actor
    case_id: str
    key: IdempotencyKey | None
    expected_version: int | None
    now: datetime

    @property
    def division(self) -> str:
        """The township in whose ledger the case is."""
        return division_of(self.case_id)

    def moment(self, body: Dated) -> datetime:
        """When the fact happened that the body states."""
        return moment_of(self.actor, body.occurred_at, now=self.now)

    async def carry_out(
        self, command: CaseCommand, body: Dated, *, beside: Sequence[Statement] = ()
    ) -> Response:
        """Handle the command and answer what became of it."""
        wish = Wish(
            command=command,
            stream_id=self.case_id,
            at=self.moment(body),
            author=self.actor.author(correlation_id()),
            expected_version=self.expected_version,
            key=self.key,
        )
        handled = await self.office.cases.handle(wish, beside=beside)
        return answered(handled.answer, Position(SERVICE, self.division, handled.position))


async def _expected_version(
    if_match: Annotated[
        str | None, Header(description='The `ETag` of the case as it was read, such as `"3"`')
    ] = None,
) -> int | None:
    if if_match is None:
        return None
    matched = _ETAG.fullmatch(if_match)
    if matched is None:
        raise invalid("If-Match", "One version in quotation marks is taken")
    return int(matched[1])


def errand(*roles: Role) -> Any:
    """The dependency of a command's route that these roles may use."""

    async def come(
        case_id: Identifier,
        actor: Annotated[Actor, requires(*roles)],
        key: Idempotency,
        expected_version: Annotated[int | None, Depends(_expected_version)],
        office: TheOffice,
    ) -> Errand:
        return Errand(
            office=office,
            actor=actor,
            case_id=case_id,
            key=key,
            expected_version=expected_version,
            now=office.now(),
        )

    return Depends(come)


def etag(version: int) -> str:
    """How a version is written in a header."""
    return f'"{version}"'

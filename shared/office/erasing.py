"""The route by which a person is erased; which files name the person, each service says itself."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Response
from pydantic import field_validator

from shared.contracts.vault_codes import ErasingRole, ErasureReason
from shared.divisions import Identifier, division_of, new_id
from shared.handling import (
    ATTEMPTS,
    CommandRequest,
    Handled,
    Handling,
    IdempotencyKeyReused,
    Prepared,
    Record,
    StreamMovedOn,
)
from shared.http import (
    Body,
    Idempotency,
    Position,
    Router,
    answered,
    correlation_id,
    refused_with,
)
from shared.identity import Actor, Role, requires
from shared.identity.refusals import PostMissing
from shared.ledger import Statement
from shared.ledger.errors import RowTaken
from shared.office.office import LedgerOffice, office_of
from shared.refusals import Refusal
from shared.vault import PersonErased
from shared.vault.erasure import (
    ERASED,
    ERASURE,
    ErasePerson,
    Erasure,
    PersonNotFound,
    erase,
    require_unnamed_since,
)

ERASERS = (Role.TOWNSHIP_LEADER,)

FilesThatName = Callable[[Any, Actor, str], Awaitable[Sequence[str]]]
"""The files that go with a person, by office, actor and reference: the person's own first.

Raises PersonNotFound or PersonErased, and refuses while the office still works with the person.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasing:
    """What a request to erase somebody says; not whether it succeeds."""

    person_ref: str
    scope: str
    reason: ErasureReason
    by_role: ErasingRole


FollowingErasure = Callable[[Any, Erasing], Awaitable[Sequence[Statement]]]
"""What is written with an erasure, such as rows by which other ledgers erase their copies."""


async def _nothing_follows(_office: LedgerOffice, _erasing: Erasing) -> Sequence[Statement]:
    return ()


class EraseBody(Body):
    """Why; who it was is told nowhere."""

    reason_code: ErasureReason

    @field_validator("reason_code")
    @classmethod
    def _of_a_person(cls, reason: ErasureReason) -> ErasureReason:
        if reason is ErasureReason.BACKUP_RESTORED:
            raise ValueError("Only the service itself erases again what a backup brought back")
        return reason


class ErasedAnswer(Body):
    """The erasure: one file of the person's own, and those with texts that named the person."""

    erasure_id: str
    reason_code: str
    files: int


def erasing(
    path: str,
    parameter: str,
    find: FilesThatName,
    *refused: type[Refusal],
    follows: FollowingErasure = _nothing_follows,
) -> Router:
    """The route; `parameter` is what `path` calls the person's reference."""
    router = Router(tags=["erasure"])

    @router.post(
        path,
        response_model=ErasedAnswer,
        responses=refused_with(
            PersonNotFound, PersonErased, *refused, IdempotencyKeyReused, PostMissing
        ),
    )
    async def erase_person(
        *,
        person_ref: Annotated[Identifier, Path(alias=parameter)],
        body: EraseBody,
        actor: Annotated[Actor, requires(*ERASERS, needs_post=True)],
        key: Idempotency,
        office: Annotated[LedgerOffice, Depends(office_of)],
    ) -> Response:
        """删除个人信息: the person's file and texts that name them are closed, and deleted within a day."""
        division = division_of(person_ref)
        erasure_id = new_id(division)
        asked = Erasing(
            person_ref=person_ref,
            scope=actor.scope,
            reason=body.reason_code,
            by_role=ErasingRole.of(actor.role.value),
        )

        async def prepare(_: Record[Erasure]) -> Prepared[ErasePerson, Erasure]:
            # what the ledger says is read first: the append refuses whoever was named since then
            heads = await office.ledger.heads(actor.scope, [division])
            files = await find(office, actor, person_ref)
            since = require_unnamed_since(division, person_ref, read_to=heads[division])
            return Prepared(
                command=_command(erasure_id, asked, files=len(files)),
                at=office.now(),
                side_writes=[since, erase(division, files), *await follows(office, asked)],
            )

        request = CommandRequest(
            stream_id=erasure_id,
            author=actor.author(division, correlation_id()),
            prepare=prepare,
            begins=True,
            key=key,
        )
        handled = await _handled(office, request)
        return answered(handled.answer, Position(office.service, division, handled.position))

    return router


def _command(erasure_id: str, asked: Erasing, *, files: int) -> ErasePerson:
    return ErasePerson(
        erasure_id=erasure_id, reason=asked.reason, by_role=asked.by_role, files=files
    )


def _summary(erasure: Erasure) -> dict[str, object]:
    return {} if erasure is None else erasure.model_dump(mode="json", exclude={"by_role"})


async def _handled(
    office: LedgerOffice, request: CommandRequest[ErasePerson, Erasure]
) -> Handled[Erasure]:
    """Handle the command; look again where somebody else erased one of the files meanwhile."""
    erasures = Handling(ledger=office.ledger, decider=ERASURE, answer=_summary)
    for _ in range(ATTEMPTS):
        try:
            return await erasures.handle(request)
        except RowTaken as taken:
            if taken.table != ERASED:
                raise
    raise StreamMovedOn

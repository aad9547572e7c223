"""What the routes of commands to a case share: who may send them, what they document, the post."""

from collections.abc import Collection
from typing import Annotated, Any, ClassVar

from fastapi import Response
from pydantic import TypeAdapter, ValidationError

from services.intake.api.case_bodies import CaseAnswer, IssuedAnswer
from services.intake.api.named_units import looking_up_names
from services.intake.api.office import Cases, Office
from services.intake.api.whoever_asks import participant
from services.intake.domain.case import CaseCommand, CaseFile, CaseNotFound, ended
from services.intake.domain.case.order import OutOfOrder
from services.intake.domain.case_rights import (
    Access,
    CaseNotInYourHands,
    RecusedFromCase,
    refuse_unless_acting,
)
from services.intake.domain.reporting_policy import TooLongAgo
from services.intake.store.case_number import case_id_of, check_id_or_number
from shared.contracts.words import PostRef
from shared.handling import AnswerWith, HappenedBeforeItBegan, Prepare, Record
from shared.identity import Actor, Role
from shared.identity.refusals import PostMissing
from shared.office import CommandContext, command_context, command_documents
from shared.refusals import invalid
from shared.times import china_day


def _cases(office: Office) -> Cases:
    return office.cases


async def find_case(office: Office, scope: str, reference: str) -> str:
    """The id of the case that an id or a printed number names; CaseNotFound for none in scope."""
    case_id = await case_id_of(office.pool, scope, reference)
    if case_id is None:
        raise CaseNotFound
    return case_id


class CaseContext(CommandContext[Office, CaseCommand, CaseFile]):
    """A command to one case, by somebody who may act on it."""

    needs: ClassVar[Access] = Access.ACT

    async def admit(self, record: Record[CaseFile]) -> None:
        """Raise CaseNotFound, RecusedFromCase or CaseNotInYourHands."""
        refuse_unless_acting(
            record.state,
            participant(self.actor),
            await self.office.registry(self.division),
            on=china_day(self.now),
            needs=self.needs,
        )

    async def handle(
        self,
        prepare: Prepare[CaseFile, CaseCommand],
        *,
        answer: AnswerWith[CaseFile] | None = None,
    ) -> Response:
        """Handle the command that `prepare` makes; what it names is looked up in the registry."""
        return await super().handle(looking_up_names(self, prepare), answer=answer)

    def own_name(self, known: Collection[str | None] = (), *, field: str = "handler") -> str:
        """The post that asks, under the name by which the record knows it already."""
        return post_of(self.actor, self.division, known=known, field=field)


class FindingContext(CaseContext):
    """A command by which facts are found: units that handle the case along may send it too."""

    needs: ClassVar[Access] = Access.FIND_FACTS


_DECIDING = (Role.HANDLER, Role.TOWNSHIP_LEADER, Role.BACKFILL)


def _context(*roles: Role, context: type[CaseContext] = CaseContext) -> Any:
    return command_context(
        "case_id",
        _cases,
        *roles,
        context=context,
        check=check_id_or_number,
        find=find_case,
        needs_post=True,
    )


AtTheDesk = Annotated[CaseContext, _context(Role.CLERK, *_DECIDING)]
ByTheHandler = Annotated[CaseContext, _context(*_DECIDING)]
AddingFacts = Annotated[CaseContext, _context(Role.CLERK, *_DECIDING, context=FindingContext)]
ByCoHandlers = Annotated[CaseContext, _context(*_DECIDING, context=FindingContext)]

DEPARTED = (
    ended.CaseWasWithdrawn,
    ended.CaseWasDiverted,
    ended.CaseWasLinked,
    ended.CaseWasDeclined,
    ended.CaseWasVoided,
)
"""The refusals of a command to a case that was not handled to its end."""

ENDED = (*DEPARTED, ended.CaseWasResolved, ended.CaseWasClosed)
"""The refusals of a command to a case that has ended."""

_OWN = (
    PostMissing,
    CaseNotInYourHands,
    RecusedFromCase,
    TooLongAgo,
    HappenedBeforeItBegan,
    OutOfOrder,
    ended.MatterIsElsewhere,
    ended.CaseWasReturned,
)
documented = command_documents(CaseAnswer, first=(CaseNotFound,), own=_OWN)
documented_issue = command_documents(IssuedAnswer, first=(CaseNotFound,), own=_OWN)

_POST_REF = TypeAdapter[str](PostRef)


def post_of(
    actor: Actor, division: str, *, known: Collection[str | None] = (), field: str = "handler"
) -> str:
    """The post that asks, under the name by which the record knows it already.

    `known` are the names on record: before tokens had posts, subjects were. A post of the county
    is named by its subject in a township's record, where the code of its post would be another's.
    An issuer may name its subjects in ways that no event can carry.
    """
    for name in actor.names_in(division):
        if name in known:
            return name
    try:
        return _POST_REF.validate_python(actor.names_in(division)[0])
    except ValidationError:
        raise invalid(field, "Name the post") from None

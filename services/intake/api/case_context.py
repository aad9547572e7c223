"""What the routes of commands to a case share: who may send them, what they document, the post."""

from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from services.intake.api.case_bodies import CaseAnswer, IssuedAnswer
from services.intake.api.office import Cases, Office
from services.intake.domain.case import CaseCommand, CaseFile, CaseNotFound, ended
from services.intake.domain.case.order import OutOfOrder
from services.intake.domain.reporting_policy import TooLongAgo
from services.intake.store.case_number import case_id_of, check_id_or_number
from shared.contracts.words import PostRef
from shared.handling import HappenedBeforeItBegan
from shared.identity import Actor, Role
from shared.office import CommandContext, command_context, command_documents
from shared.refusals import invalid


def _cases(office: Office) -> Cases:
    return office.cases


async def find_case(office: Office, scope: str, reference: str) -> str:
    """The id of the case that an id or a printed number names; CaseNotFound for none in scope."""
    case_id = await case_id_of(office.pool, scope, reference)
    if case_id is None:
        raise CaseNotFound
    return case_id


CaseContext = CommandContext[Office, CaseCommand, CaseFile]
_DECIDING = (Role.HANDLER, Role.TOWNSHIP_LEADER, Role.BACKFILL)


def _context(*roles: Role) -> Any:
    return command_context("case_id", _cases, *roles, check=check_id_or_number, find=find_case)


AtTheDesk = Annotated[CaseContext, _context(Role.CLERK, *_DECIDING)]
ByTheHandler = Annotated[CaseContext, _context(*_DECIDING)]

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

_OWN = (TooLongAgo, HappenedBeforeItBegan, OutOfOrder)
documented = command_documents(CaseAnswer, first=(CaseNotFound,), own=_OWN)
documented_issue = command_documents(IssuedAnswer, first=(CaseNotFound,), own=_OWN)

_POST_REF = TypeAdapter[str](PostRef)


def post_of(actor: Actor, *, field: str = "handler") -> str:
    """The post that asks; an issuer may name its subjects in ways that no event can carry."""
    try:
        return _POST_REF.validate_python(actor.ref)
    except ValidationError:
        raise invalid(field, "Name the post") from None

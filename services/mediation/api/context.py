"""The context of commands to a dispute, by role, and what each of their routes documents."""

from typing import Annotated, Any

from fastapi import Response

from services.mediation.api.command_answers import MediationAnswer
from services.mediation.api.dispute_access import refuse_hidden
from services.mediation.api.office import Mediations, Office
from services.mediation.api.stepped_back import SteppedBack, refuse_who_stepped_back
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import MediationNotFound
from shared.divisions import division_of, in_scope, new_id
from shared.handling import (
    AnswerWith,
    HappenedBeforeItBegan,
    Prepare,
    Prepared,
    Record,
)
from shared.identity import Role
from shared.office import CommandContext, command_context, command_documents
from shared.refusals import invalid


class MediationContext(CommandContext[Office, MediationCommand, MediationFile]):
    """A command to one dispute; a mediator who has stepped back from it is refused."""

    async def admit(self, record: Record[MediationFile]) -> None:
        """Raise MediationNotFound for the unit that the dispute complains of."""
        await refuse_hidden(self.office, self.actor, self.stream_id)

    async def handle(
        self,
        prepare: Prepare[MediationFile, MediationCommand],
        *,
        answer: AnswerWith[MediationFile] | None = None,
    ) -> Response:
        """Handle the command that `prepare` makes from the record; raises SteppedBack."""

        async def prepare_if_admitted(
            record: Record[MediationFile],
        ) -> Prepared[MediationCommand, MediationFile] | None:
            await refuse_who_stepped_back(self.office, self.actor, record.state)
            return await prepare(record)

        return await super().handle(prepare_if_admitted, answer=answer)


def _context(*roles: Role) -> Any:
    return command_context("mediation_id", _mediations, *roles, context=MediationContext)


def _mediations(office: Office) -> Mediations:
    return office.mediations


DESK = (Role.CLERK, Role.MEDIATOR, Role.TOWNSHIP_LEADER, Role.BACKFILL)
"""Roles that may register a dispute and arrange its mediation."""
MEDIATING = (Role.MEDIATOR, Role.TOWNSHIP_LEADER, Role.BACKFILL)
"""Roles that may record the result of a mediation."""
READING = (*DESK, Role.COUNTY_LEADER, Role.AUDITOR)
NAMING = (Role.CLERK, Role.MEDIATOR, Role.TOWNSHIP_LEADER)
"""Roles that may see people's names, because they have to speak with them."""

WhoPrints = Annotated[MediationContext, _context(*NAMING)]
AtTheDesk = Annotated[MediationContext, _context(*DESK)]
ByTheMediator = Annotated[MediationContext, _context(*MEDIATING)]

PREFIX = "/mediations/{mediation_id}"


documented = command_documents(
    MediationAnswer, first=(MediationNotFound,), own=(SteppedBack, HappenedBeforeItBegan)
)


def own_id(context: MediationContext, stated: str | None, *, field: str) -> str:
    """The stated id, which is of the record's own township, or a new one.

    Nothing is said here of a record out of scope: to the caller there is none.
    """
    if stated is None:
        return new_id(context.division)
    seen = in_scope(context.actor.scope, context.division)
    if seen and division_of(stated) != context.division:
        raise invalid(field, "The id is of another township")
    return stated

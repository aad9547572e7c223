"""The context of commands to a report: by which role, with which term and which words."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Response

from services.grid.api.command_answers import ReportAnswer
from services.grid.api.office import Office, Reports
from services.grid.api.report_access import (
    RecusedFromMatter,
    is_of_unit,
    refuse_recused,
    require_visible,
    serves_grid_of,
)
from services.grid.api.roles import KEEPING
from services.grid.domain.report import Report, ReportCommand, ReportNotFound
from services.grid.domain.report.report_file import (
    ReportHasGoneOn,
    ReportIsOver,
    ReportNotReady,
    submitted,
)
from services.grid.domain.report.terms import Term
from services.grid.store.vault_files import EntryKind, file_of
from shared.contracts.report_codes import LadderLevel, ReportStep
from shared.handling import HappenedBeforeItBegan, Prepared, Record
from shared.identity import Actor, Role
from shared.identity.refusals import PostMissing
from shared.ledger import NewEvent, Statement
from shared.office import CommandContext, ReportedLater, command_context, command_documents
from shared.refusals import Refusal
from shared.vault import PersonErased, keep
from shared.vault.bodies import Narrative


class ReportContext(CommandContext[Office, ReportCommand, Report]):
    """A command to one report, by somebody from whom it is not kept."""

    async def admit(self, record: Record[Report]) -> None:
        """Raise ReportNotFound or RecusedFromMatter."""
        await require_visible(self.office, self.actor, record.state)
        await refuse_recused(self.office, self.actor, record.state)


REPORTING = (Role.GRID_WORKER, *KEEPING)
"""Roles that may tell of a matter, solve it on the spot, or ask for a higher level."""
HANDLING = (Role.HANDLER, *KEEPING)
"""Roles that may say what a unit's handling came to."""
ESCALATING = (Role.HANDLER, *REPORTING)


class ReportOfAnotherUnit(Refusal):
    """What is dispatched to a unit is handled or given back by that unit, or by the desk for it."""

    status = 403
    title = "The report is another unit's"


class ReportOfAnotherGrid(Refusal):
    """A worker acts on reports of the grids that they serve today."""

    status = 403
    title = "The report is of another grid"


def _context(*roles: Role) -> Any:
    return command_context("report_id", _reports, *roles, context=ReportContext, needs_post=True)


def _reports(office: Office) -> Reports:
    return office.reports


ByTheDesk = Annotated[ReportContext, _context(*KEEPING)]
ByReporters = Annotated[ReportContext, _context(*REPORTING)]
ByHandlers = Annotated[ReportContext, _context(*HANDLING)]
ByAnybody = Annotated[ReportContext, _context(*ESCALATING)]

documented = command_documents(
    ReportAnswer,
    first=(ReportNotFound,),
    own=(
        PostMissing,
        RecusedFromMatter,
        ReportNotReady,
        ReportHasGoneOn,
        ReportIsOver,
        PersonErased,
        HappenedBeforeItBegan,
    ),
)


class RemarkBody(ReportedLater):
    """A command to a report, with words that go to the vault."""

    words: Narrative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a command is made of: the record, the moment, and the words' digest."""

    report: Report
    at: datetime
    words_digest: str | None
    context: ReportContext

    def term(self, step: ReportStep) -> Term | None:
        """When the step is due that begins now."""
        known = submitted(self.report)
        return term_of(
            self.context.office, self.context.actor, step, known.urgency, self.context.now
        )

    def level_term(self, level: LadderLevel) -> Term | None:
        """Until when that level has the report."""
        return level_term_of(self.context.office, self.context.actor, level, self.context.now)


def term_of(
    office: Office, actor: Actor, step: ReportStep, urgency: Any, at: datetime
) -> Term | None:
    """A term of the office, from the recording on; none for what a backfill states, since the step after it may be known.

    A due row would otherwise record as missed what is only brought in a moment later.
    """
    return None if actor.role is Role.BACKFILL else office.terms.term(step, urgency, at)


def level_term_of(office: Office, actor: Actor, level: LadderLevel, at: datetime) -> Term | None:
    """The same for a level."""
    return None if actor.role is Role.BACKFILL else office.terms.level_term(level, at)


async def carry_out(
    context: ReportContext,
    body: ReportedLater,
    make: Callable[[Step], ReportCommand],
    *,
    look_up: Callable[[], Awaitable[Mapping[str, int]]] | None = None,
    along: Callable[[Sequence[NewEvent]], Sequence[Statement]] = lambda _: (),
) -> Response:
    """Handle the command that is made of the record, and keep the body's words.

    `look_up` reads other records of the ledger, refuses what they do not allow, and gives their
    versions; `along` gives what else is written with the events.
    """

    async def prepare(record: Record[Report]) -> Prepared[ReportCommand, Report]:
        submitted(record.state)
        at = context.moment(body)
        await require_own(context.office, context.actor, record.state)
        words = body.words if isinstance(body, RemarkBody) else None
        digest, kept = await _remark(context, words)
        step = Step(report=record.state, at=at, words_digest=digest, context=context)
        # words are kept with the event that names them, and never without one
        return Prepared(
            command=make(step),
            at=at,
            writes_about=lambda events: [*kept, *along(events)] if events else (),
            looked_up=await look_up() if look_up else {},
        )

    return await context.handle(prepare)


async def require_own(office: Office, actor: Actor, report: Report) -> None:
    """Raise ReportOfAnotherUnit or ReportOfAnotherGrid."""
    if actor.role is Role.HANDLER and not is_of_unit(actor, report):
        raise ReportOfAnotherUnit
    if actor.role is Role.GRID_WORKER and not await serves_grid_of(office, actor, report):
        raise ReportOfAnotherGrid


async def _remark(
    context: ReportContext, words: str | None
) -> tuple[str | None, Sequence[Statement]]:
    """The digest of the words, and what keeps them in the report's file."""
    if words is None:
        return None, ()
    file = await file_of(context.office.vault, context.actor.scope, context.stream_id)
    entry = file.entry(EntryKind.REMARK, {"text": words})
    return entry.digest, keep(context.division, [], [entry])

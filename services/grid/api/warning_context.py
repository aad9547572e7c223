"""The context of commands to a warning or a watched matter: for which unit, and with which words."""

from collections.abc import Sequence
from typing import Annotated, Any

from services.grid.api.office import Office, Warnings, Watches
from services.grid.api.roles import KEEPING, LEADERS
from services.grid.api.warning_access import sees_warning, sees_watch
from services.grid.api.warning_answers import WarningAnswer, WatchAnswer
from services.grid.domain.early_warning import EarlyWarning, WarningCommand, WarningNotFound
from services.grid.domain.early_warning.warning_file import LeadersWarning, WarningIsOver
from services.grid.domain.matter_watch import (
    MatterWatch,
    WatchCommand,
    WatchIsOver,
    WatchNotFound,
)
from services.grid.store.case_holders import holders
from services.grid.store.vault_files import EntryKind
from shared.contracts.early_warnings import MatterWatched, WarningRaised
from shared.contracts.words import UnitRef
from shared.divisions import division_of
from shared.handling import HappenedBeforeItBegan, Record
from shared.identity import Actor, Role
from shared.ledger import Statement
from shared.office import CommandContext, ReportedLater, command_context, command_documents
from shared.refusals import Refusal, invalid
from shared.vault import PersonErased, PersonFile, keep
from shared.vault.bodies import Narrative

Kept = tuple[str | None, Sequence[Statement]]
"""The digest of the words, and what keeps them."""
ACTING = (Role.HANDLER, *KEEPING)
"""Roles that act on warnings and watched matters; a handler on those of their unit."""


class ActsOnOlderRecords(Refusal):
    """A backfill states what became of older records; what was recorded as it happened is not its own."""

    title = "A backfill acts on what was recorded afterwards alone"


class WarningContext(CommandContext[Office, WarningCommand, EarlyWarning]):
    """A command to one warning, by somebody whom it concerns."""

    async def admit(self, record: Record[EarlyWarning]) -> None:
        """Raise WarningNotFound, or ActsOnOlderRecords."""
        if not await sees_warning(self.office, self.actor, self.stream_id):
            raise WarningNotFound
        _require_older(self.actor, record.state.raised)

    @property
    def by_leader(self) -> bool:
        """Whether a leader sends it, who lowers and ends red ones."""
        return self.actor.role in LEADERS

    async def held_by(self) -> frozenset[str]:
        """The units that have the warning's case now; an older record says what was done in its time."""
        if self.actor.role is Role.BACKFILL:
            return frozenset()
        return await holders(self.office.pool, self.actor.scope, self.stream_id)


class WatchContext(CommandContext[Office, WatchCommand, MatterWatch]):
    """A command to one watched matter, by somebody whom it concerns."""

    async def admit(self, record: Record[MatterWatch]) -> None:
        """Raise WatchNotFound, or ActsOnOlderRecords."""
        if not await sees_watch(self.office, self.actor, self.stream_id):
            raise WatchNotFound
        _require_older(self.actor, record.state.watched)


def _require_older(actor: Actor, begun: WarningRaised | MatterWatched | None) -> None:
    if actor.role is Role.BACKFILL and begun is not None and not begun.recorded_afterwards:
        raise ActsOnOlderRecords


class ByUnitBody(ReportedLater):
    """A command of a unit: that of the token; a backfill, which is of none, states it."""

    by_unit: UnitRef | None = None

    def unit(self, actor: Actor) -> str:
        """The unit that acts; refuses a stated one where the token has it, and a missing one."""
        if actor.role is not Role.BACKFILL:
            if self.by_unit is not None or actor.unit is None:
                raise invalid("by_unit", "The unit is that of the token")
            return actor.unit
        if self.by_unit is None:
            raise invalid("by_unit", "A backfill states the unit")
        return self.by_unit


class WordsBody(ReportedLater):
    """A command with words, which go to the vault."""

    words: Narrative | None = None


def _warnings(office: Office) -> Warnings:
    return office.warnings


def _watches(office: Office) -> Watches:
    return office.watches


ByActing = Annotated[
    WarningContext,
    command_context("warning_id", _warnings, *ACTING, context=WarningContext, needs_post=True),
]
ByWatching = Annotated[
    WatchContext,
    command_context("watch_id", _watches, *ACTING, context=WatchContext, needs_post=True),
]
_OF_A_WARNING: dict[str, Any] = {"own": (WarningIsOver, PersonErased, HappenedBeforeItBegan)}
raising_documented = command_documents(WarningAnswer, **_OF_A_WARNING)
documented = command_documents(
    WarningAnswer,
    first=(WarningNotFound,),
    own=(
        WarningIsOver,
        ActsOnOlderRecords,
        LeadersWarning,
        PersonErased,
        HappenedBeforeItBegan,
    ),
)
watching_documented = command_documents(WatchAnswer)
of_a_watch = command_documents(
    WatchAnswer,
    first=(WatchNotFound,),
    own=(WatchIsOver, ActsOnOlderRecords, PersonErased, HappenedBeforeItBegan),
)


async def file_of_record(office: Office, record_id: str) -> tuple[PersonFile, list[PersonFile]]:
    """The record's file, begun where nobody has said anything yet; raises PersonErased.

    Gives besides what has to be kept of it: nothing of a file that is there.
    """
    known = await office.vault.file(division_of(record_id), record_id)
    if known is not None:
        return known, []
    begun = office.vault.begin(record_id)
    return begun, [begun]


async def remark(context: WarningContext | WatchContext, words: str | None) -> Kept:
    """The digest of the words, and what keeps them in the record's file."""
    if words is None:
        return None, ()
    file, begun = await file_of_record(context.office, context.stream_id)
    entry = file.entry(EntryKind.REMARK, {"text": words})
    return entry.digest, keep(context.division, begun, [entry])

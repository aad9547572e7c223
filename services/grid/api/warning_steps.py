"""The routes of a warning's life: acknowledged, given another level, disposed, found false."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from fastapi import Response

from services.grid.api.warning_context import (
    ByActing,
    ByUnitBody,
    WarningContext,
    WordsBody,
    documented,
    remark,
)
from services.grid.api.watch_entry import NothingToWatch, WatchedBody
from services.grid.api.watching_warned import require_watched, take_off_again, watch_warned
from services.grid.domain.early_warning import EARLY_WARNING, EarlyWarning, WarningCommand
from services.grid.domain.early_warning.acting import (
    AcknowledgeWarning,
    ChangeLevel,
    DisposeWarning,
    FindFalse,
    SafetyIsNotListed,
)
from services.grid.domain.early_warning.life_policy import LevelNotInPolicy
from services.grid.domain.early_warning.warning_file import raised
from services.grid.domain.matter_watch import ReviewOutsideTheWatch, WatchedOtherwise, WatchIsOver
from services.grid.domain.signal.receiving import UnitIsComplainedOf
from shared.contracts.early_warning_codes import (
    DisposedHow,
    FalseWarningReason,
    LevelChangeReason,
    WarningLevel,
    WarningSubject,
)
from shared.divisions import Identifier
from shared.handling import Prepared, Record, ready
from shared.http import Router
from shared.refusals import Refusal, invalid

router = Router(prefix="/warnings/{warning_id}", tags=["warnings"])
_Make = Callable[[str | None], WarningCommand]
"""Makes the command, with the digest of the words."""


class AcknowledgeBody(ByUnitBody):
    """Nothing more is to be said."""


class LevelBody(ByUnitBody):
    """Which level, and why."""

    to_level: WarningLevel
    why: LevelChangeReason


class DisposeBody(ByUnitBody, WordsBody):
    """What was done; where the matter is watched from now on, under which entry of the list."""

    how: DisposedHow
    watch_id: Identifier | None = None
    """An entry that is there."""
    watch: WatchedBody | None = None
    """The entry that is made along with it."""

    def require_its_watch(self) -> None:
        """Refuse a watched matter without its entry, and an entry of anything else."""
        named = sum(each is not None for each in (self.watch_id, self.watch))
        if self.how is DisposedHow.WATCHED and named != 1:
            raise invalid("watch", "how=watched needs an entry of the list: watch_id, or watch")
        if self.how is not DisposedHow.WATCHED and named:
            raise invalid("watch", "An entry of the list belongs to how=watched alone")


class FalseBody(ByUnitBody, WordsBody):
    """Why there was nothing to warn of."""

    reason: FalseWarningReason


@router.post("/acknowledge", **documented())
async def acknowledge(body: AcknowledgeBody, context: ByActing) -> Response:
    """签收: the unit has seen it and acts."""
    at = context.moment(body)
    command = AcknowledgeWarning(by_unit=body.unit(context.actor))
    return await context.handle(ready(command, at=at))


@router.post("/change-level", **documented(LevelNotInPolicy))
async def change_level(body: LevelBody, context: ByActing) -> Response:
    """调级: up by whoever acts on it; of a red one down by a leader, or by another unit than the late one."""
    at, unit = context.moment(body), body.unit(context.actor)
    if body.why is LevelChangeReason.RULE:
        raise invalid("why", "Only a rule gives that reason")
    held_by = await context.held_by()

    async def prepare(record: Record[EarlyWarning]) -> Prepared[WarningCommand, EarlyWarning]:
        life = context.office.warning_life
        if raised(record.state).subject_kind is WarningSubject.SAFETY:
            life.require_level(WarningSubject.SAFETY, body.to_level)
        command = ChangeLevel(
            to_level=body.to_level,
            why=body.why,
            dispose_by=life.dispose_by(body.to_level, at),
            by_unit=unit,
            by_leader=context.by_leader,
            held_by=held_by,
        )
        return Prepared(command=command, at=at)

    return await context.handle(prepare)


@router.post(
    "/dispose",
    **documented(
        NothingToWatch,
        SafetyIsNotListed,
        WatchIsOver,
        WatchedOtherwise,
        ReviewOutsideTheWatch,
        UnitIsComplainedOf,
    ),
)
async def dispose(body: DisposeBody, context: ByActing) -> Response:
    """处置: what was warned of is done with; with how=watched the matter is on the list from now on."""
    body.require_its_watch()
    at, unit = context.moment(body), body.unit(context.actor)
    held_by = await context.held_by()

    def disposing(words_digest: str | None) -> WarningCommand:
        return DisposeWarning(
            how=body.how,
            by_unit=unit,
            by_leader=context.by_leader,
            held_by=held_by,
            words_digest=words_digest,
        )

    listed = False
    if body.how is DisposedHow.WATCHED:
        listed = await _watched(context, body, at, disposing)
    try:
        return await context.handle(partial(_with_words, context, body.words, at, disposing))
    except Refusal:
        if listed:  # somebody else ended the warning meanwhile
            await take_off_again(context, at)
        raise


@router.post("/find-false", **documented())
async def find_false(body: FalseBody, context: ByActing) -> Response:
    """误报: there was nothing to warn of; also of a warning that has ended, as history shows it."""
    at, unit = context.moment(body), body.unit(context.actor)
    held_by = await context.held_by()

    def finding(words_digest: str | None) -> WarningCommand:
        return FindFalse(
            reason=body.reason,
            by_unit=unit,
            by_leader=context.by_leader,
            held_by=held_by,
            words_digest=words_digest,
        )

    return await context.handle(partial(_with_words, context, body.words, at, finding))


async def _watched(
    context: WarningContext, body: DisposeBody, at: datetime, disposing: _Make
) -> bool:
    """Put the matter on the list, or find it there; whether it was put there by this.

    Refuses first what the disposal is refused for.
    """
    record = await context.handling.read(context.actor.scope, context.stream_id)
    await context.admit(record)
    digest, _ = await remark(context, body.words)
    EARLY_WARNING.decide(disposing(digest), record.state)
    if body.watch is not None:
        return await watch_warned(context, body.watch, record.state, at)
    if body.watch_id is not None:
        await require_watched(context, body.watch_id, record.state)
    return False


async def _with_words(
    context: WarningContext,
    words: str | None,
    at: datetime,
    make: _Make,
    _: Record[EarlyWarning],
) -> Prepared[WarningCommand, EarlyWarning]:
    digest, kept = await remark(context, words)
    return Prepared(
        command=make(digest), at=at, writes_about=lambda events: kept if events else ()
    )

"""Puts the matter of a warning on the list of watched ones, as a part of the warning's disposal."""

from datetime import datetime

from services.grid.api.office import Office
from services.grid.api.warning_context import (
    WarningContext,
)
from services.grid.api.watch_entry import (
    NothingToWatch,
    WatchedBody,
    require_not_complained_of,
    watching,
)
from services.grid.domain.early_warning import EarlyWarning
from services.grid.domain.early_warning.warning_file import raised
from services.grid.domain.matter_watch import (
    FindWatchUnjustified,
    MatterWatch,
    WatchCommand,
    WatchedOtherwise,
    WatchIsOver,
    WatchState,
)
from services.grid.domain.named_ids import watch_id as watch_id_of
from shared.contracts.early_warning_codes import FalseWarningReason
from shared.divisions import division_of
from shared.handling import CommandRequest, Handled, Prepare, Prepared, Record, ready
from shared.http import correlation_id


async def watch_warned(
    context: WarningContext, body: WatchedBody, warning: EarlyWarning, at: datetime
) -> bool:
    """Put the warning's matter on the list, once; whether this did it, or the entry was there.

    Raises NothingToWatch for a warning about no matter, and of an open warning WatchIsOver or
    WatchedOtherwise where the entry that was there does not say the same.
    """
    office, known = context.office, raised(warning)
    matter_id = known.matter_id
    if matter_id is None:
        raise NothingToWatch(
            "The warning is about no single matter: put one on the list by"
            " POST /townships/{division}/watches, and name its watch_id here",
            field="watch",
        )
    await require_not_complained_of(office, context.division, matter_id, body.owner_unit)
    watch_id = watch_id_of(context.division, known.warning_id)

    async def prepare(record: Record[MatterWatch]) -> Prepared[WatchCommand, MatterWatch] | None:
        if record.version:
            if warning.is_open:
                await _require_same_entry(office, body, record.state)
            return None
        return watching(
            office,
            context.actor,
            body,
            at,
            watch_id=watch_id,
            matter_id=matter_id,
            warning_id=known.warning_id,
        )

    return bool((await _handle(context, watch_id, prepare)).events)


async def take_off_again(context: WarningContext, at: datetime) -> None:
    """Take the entry off that was put on the list for a disposal that was refused."""
    command: WatchCommand = FindWatchUnjustified(reason=FalseWarningReason.WRONG_RECORD)
    watch_id = watch_id_of(context.division, context.stream_id)
    await _handle(context, watch_id, ready(command, at=at))


async def _handle(
    context: WarningContext, watch_id: str, prepare: Prepare[MatterWatch, WatchCommand]
) -> Handled[MatterWatch]:
    author = context.actor.author(context.division, correlation_id())
    request = CommandRequest(stream_id=watch_id, author=author, prepare=prepare)
    return await context.office.watches.handle(request)


async def _require_same_entry(office: Office, body: WatchedBody, watch: MatterWatch) -> None:
    watched = watch.watched
    if watched is None or watch.state is not WatchState.WATCHED:
        raise WatchIsOver
    file = await office.vault.file(division_of(watched.watch_id), watched.watch_id)
    stated = {
        "owner_unit": body.owner_unit,
        "review_by": body.review_by,
        "expires_on": body.expires_on,
        "plan_digest": file and file.digest({"text": body.plan}),
    }
    if any(getattr(watched, field) != value for field, value in stated.items()):
        raise WatchedOtherwise


async def require_watched(context: WarningContext, watch_id: str, warning: EarlyWarning) -> None:
    """Raise NothingToWatch where the entry is not of the warning's matter, or WatchIsOver."""
    known = raised(warning)
    watch = (await context.office.watches.read(context.division, watch_id)).state
    own = known.matter_id
    if watch.watched is None or (own is not None and watch.watched.matter_id != own):
        raise NothingToWatch(field="watch_id")
    if watch.state is not WatchState.WATCHED and warning.is_open:
        raise WatchIsOver

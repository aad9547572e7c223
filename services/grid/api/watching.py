"""The routes by which matters are put on the list of watched ones (重点关注清单), reviewed and taken off."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import Response

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.roles import KEEPING
from services.grid.api.warned_about import require_matter
from services.grid.api.warning_access import (
    NoSuchMatter,
    known_matter,
    sees_warning,
)
from services.grid.api.warning_context import (
    ByWatching,
    WarningContext,
    WatchContext,
    WordsBody,
    of_a_watch,
    remark,
    watching_documented,
)
from services.grid.domain.early_warning import EarlyWarning
from services.grid.domain.early_warning.warning_file import raised
from services.grid.domain.matter_watch import (
    EndWatch,
    FindWatchUnjustified,
    MatterWatch,
    ReviewOutsideTheWatch,
    ReviewWatch,
    WatchCommand,
    WatchedOtherwise,
    WatchIsOver,
    WatchMatter,
    WatchState,
)
from services.grid.domain.named_ids import watch_id as watch_id_of
from services.grid.domain.signal.receiving import UnitIsComplainedOf
from services.grid.store.known_matters import is_complained_of
from services.grid.store.vault_files import EntryKind
from services.grid.store.warning_terms import watch_expiry
from shared.contracts.early_warning_codes import FalseWarningReason, WarningSubject, WatchEnd
from shared.contracts.words import UnitRef
from shared.divisions import Identifier, TownshipCode, division_of, new_id
from shared.handling import CommandRequest, Handled, Prepare, Prepared, Record, ready
from shared.http import Body, Idempotency, Router, correlation_id
from shared.identity import Actor, Role, requires
from shared.ledger import NewEvent, Statement
from shared.office import Dated, begin
from shared.office.occurrence_time import Day
from shared.refusals import Refusal, invalid
from shared.vault import keep
from shared.vault.bodies import Narrative

router = Router(tags=["warnings"])


class NothingToWatch(Refusal):
    """A watched matter is the warning's own; the warning is one that the caller sees."""

    status = 422
    title = "The matter is not the warning's"


class WatchedBody(Body):
    """Which unit watches the matter, by which plan, and until when."""

    owner_unit: UnitRef
    plan: Narrative
    review_by: Day
    expires_on: Day


class WatchBody(Dated, WatchedBody):
    """The same, with the matter."""

    matter_id: Identifier
    warning_id: Identifier | None = None
    """The warning from which it is put on the list."""


class ReviewBody(WordsBody):
    """When the plan is looked at next."""

    review_by: Day


class EndBody(WordsBody):
    """Why the matter is watched no more."""

    why: WatchEnd


class UnjustifiedBody(WordsBody):
    """Why the matter did not belong on the list."""

    reason: FalseWarningReason


@router.post(
    "/townships/{division}/watches",
    status_code=201,
    **watching_documented(NoSuchMatter, NothingToWatch, ReviewOutsideTheWatch, UnitIsComplainedOf),
)
async def watch_matter(
    division: TownshipCode,
    body: WatchBody,
    actor: Annotated[Actor, requires(*KEEPING, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """列入重点关注: a matter, never a person, is watched by a unit until a day."""
    at = body.moment(actor, now=office.now())
    await _require_matter(office, actor, division, body.matter_id)
    await _require_not_complained_of(office, division, body.matter_id, body.owner_unit)
    if body.warning_id is not None:
        await _require_its_warning(office, actor, body.warning_id, body.matter_id)
    watch_id = new_id(division)
    prepared = _watching(
        office,
        actor,
        body,
        at,
        watch_id=watch_id,
        matter_id=body.matter_id,
        warning_id=body.warning_id,
    )

    async def prepare(_: Record[MatterWatch]) -> Prepared[WatchCommand, MatterWatch]:
        return prepared

    return await begin(
        office.watches,
        prepare,
        service=SERVICE,
        stream_id=watch_id,
        actor=actor,
        key=key,
        address="/watches/{watch_id}",
    )


@router.post("/watches/{watch_id}/review", **of_a_watch(ReviewOutsideTheWatch))
async def review(body: ReviewBody, context: ByWatching) -> Response:
    """复核: the plan was looked at, and goes on."""
    at = context.moment(body)

    def reviewing(words_digest: str | None) -> WatchCommand:
        return ReviewWatch(review_by=body.review_by, words_digest=words_digest)

    return await context.handle(partial(_with_words, context, body.words, at, reviewing))


@router.post("/watches/{watch_id}/end", **of_a_watch())
async def end(body: EndBody, context: ByWatching) -> Response:
    """移出关注: the matter is watched no more; that the time is over is recorded by itself."""
    at = context.moment(body)
    if body.why is WatchEnd.EXPIRED and context.actor.role is not Role.BACKFILL:
        raise invalid("why", "That the time is over is recorded by itself")

    def ending(words_digest: str | None) -> WatchCommand:
        return EndWatch(why=body.why, words_digest=words_digest)

    return await context.handle(partial(_with_words, context, body.words, at, ending))


@router.post("/watches/{watch_id}/find-unjustified", **of_a_watch())
async def find_unjustified(body: UnjustifiedBody, context: ByWatching) -> Response:
    """更正: the matter did not belong on the list; also of an entry that has ended, as history shows it."""
    at = context.moment(body)

    def finding(words_digest: str | None) -> WatchCommand:
        return FindWatchUnjustified(reason=body.reason, words_digest=words_digest)

    return await context.handle(partial(_with_words, context, body.words, at, finding))


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
    await _require_not_complained_of(office, context.division, matter_id, body.owner_unit)
    watch_id = watch_id_of(context.division, known.warning_id)

    async def prepare(record: Record[MatterWatch]) -> Prepared[WatchCommand, MatterWatch] | None:
        if record.version:
            if warning.is_open:
                await _require_same_entry(office, body, record.state)
            return None
        return _watching(
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


async def _require_matter(office: Office, actor: Actor, division: str, matter_id: str) -> None:
    """A backfill states every matter of which grid has a record, and nothing else."""
    if actor.role is Role.BACKFILL:
        await require_matter(office, division, matter_id)
    else:
        await known_matter(office, actor, division, matter_id)


async def _require_its_warning(
    office: Office, actor: Actor, warning_id: str, matter_id: str
) -> None:
    division = division_of(matter_id)
    if division_of(warning_id) != division or not await sees_warning(office, actor, warning_id):
        raise NothingToWatch(field="warning_id")
    known = raised((await office.warnings.read(division, warning_id)).state)
    if known.subject_kind is WarningSubject.SAFETY:
        raise NothingToWatch("A safety warning puts nothing on the list", field="warning_id")
    if known.matter_id not in (None, matter_id):
        raise NothingToWatch(field="matter_id")


async def _require_not_complained_of(
    office: Office, division: str, matter_id: str, unit: str
) -> None:
    if await is_complained_of(office.pool, division, matter_id, unit):
        raise UnitIsComplainedOf(field="owner_unit")


def _watching(
    office: Office,
    actor: Actor,
    body: WatchedBody,
    at: datetime,
    *,
    watch_id: str,
    matter_id: str,
    warning_id: str | None,
) -> Prepared[WatchCommand, MatterWatch]:
    file = office.vault.begin(watch_id)
    plan = file.entry(EntryKind.PLAN, {"text": body.plan})
    command = WatchMatter(
        watch_id=watch_id,
        matter_id=matter_id,
        owner_unit=body.owner_unit,
        plan_digest=plan.digest,
        review_by=body.review_by,
        expires_on=body.expires_on,
        warning_id=warning_id,
        recorded_afterwards=True if actor.role is Role.BACKFILL else None,
    )
    kept = keep(division_of(watch_id), [file], [plan])
    expiry = watch_expiry(watch_id, body.expires_on, now=office.now())

    def about(events: Sequence[NewEvent]) -> Sequence[Statement]:
        return [*kept, expiry] if events else ()

    return Prepared(command=command, at=at, writes_about=about)


async def _with_words(
    context: WatchContext,
    words: str | None,
    at: datetime,
    make: Callable[[str | None], WatchCommand],
    _: Record[MatterWatch],
) -> Prepared[WatchCommand, MatterWatch]:
    digest, kept = await remark(context, words)
    return Prepared(
        command=make(digest), at=at, writes_about=lambda events: kept if events else ()
    )

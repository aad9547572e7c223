"""The routes by which matters are put on the list of watched ones (重点关注清单), reviewed and taken off."""

from collections.abc import Callable
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
    WatchContext,
    WordsBody,
    of_a_watch,
    remark,
    watching_documented,
)
from services.grid.api.watch_entry import (
    NothingToWatch,
    WatchedBody,
    require_not_complained_of,
    watching,
)
from services.grid.domain.early_warning.warning_file import raised
from services.grid.domain.matter_watch import (
    EndWatch,
    FindWatchUnjustified,
    MatterWatch,
    ReviewOutsideTheWatch,
    ReviewWatch,
    WatchCommand,
)
from services.grid.domain.signal.receiving import UnitIsComplainedOf
from shared.contracts.early_warning_codes import FalseWarningReason, WarningSubject, WatchEnd
from shared.divisions import Identifier, TownshipCode, division_of, new_id
from shared.handling import Prepared, Record
from shared.http import Idempotency, Router
from shared.identity import Actor, Role, requires
from shared.office import Dated, begin
from shared.office.occurrence_time import Day
from shared.refusals import invalid

router = Router(tags=["warnings"])


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
    await require_not_complained_of(office, division, body.matter_id, body.owner_unit)
    if body.warning_id is not None:
        await _require_its_warning(office, actor, body.warning_id, body.matter_id)
    watch_id = new_id(division)
    prepared = watching(
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

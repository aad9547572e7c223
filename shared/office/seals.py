"""Routes for seals and for proofs of inclusion and consistency."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import orjson
from fastapi import Query, Response
from pydantic import BaseModel

from shared.cloudevents import to_structured
from shared.contracts.ledger import LedgerSealed
from shared.divisions import Identifier, ScopeCode
from shared.http import AtLeast, Position, Router, answered, refused_with
from shared.identity import Authenticated
from shared.identity.refusals import PostMissing
from shared.ledger.read import StreamEvent
from shared.office.ledgers import LedgerReader
from shared.office.office import LedgerOffice, TheLedgerOffice
from shared.office.position_wait import wait_to_show
from shared.postgres import transaction
from shared.refusals import Refusal
from shared.sealing import ledgers
from shared.sealing.merkle import Range, Subtrees, consistency_ranges, inclusion_ranges
from shared.sealing.seal import as_seal, stream_of
from shared.times import to_wire

router = Router(tags=["seals"])


class EventUnknown(Refusal):
    """There is no such event, or none that this token may see."""

    status = 404
    title = "No such event"


class EventNotSealed(Refusal):
    """The event stands in its ledger, and no seal covers it yet; its day may not be over."""

    title = "The event is not sealed yet"


class SealUnknown(Refusal):
    """The ledger has no seal of that day, or none at all."""

    status = 404
    title = "No such seal"


class SealsReversed(Refusal):
    """The first of two seals has to be the earlier one."""

    status = 422
    title = "The seals are the wrong way round"


class PublishedSeal(BaseModel):
    """A seal and the event that published it."""

    position: str
    event_id: str
    recorded_at: datetime
    seal: LedgerSealed


class Seals(BaseModel):
    """All seals of a ledger."""

    items: list[PublishedSeal]


class Inclusion(BaseModel):
    """Shows that an event is under a seal, by an RFC 6962 inclusion path."""

    event: dict[str, Any]
    seal: PublishedSeal
    path: list[str]


class Consistency(BaseModel):
    """Shows that a later seal goes on from an earlier one, by an RFC 6962 consistency path."""

    first: PublishedSeal
    second: PublishedSeal
    path: list[str]


class SealKeyList(BaseModel):
    """Public keys, those that signed before included."""

    keys: list[dict[str, str]]


@router.get("/seal-keys", response_model=SealKeyList)
async def seal_keys(_: Authenticated, office: TheLedgerOffice) -> Response:
    """The public keys by which this service's seals are checked."""
    return answered({"keys": office.seal_keys.published() if office.seal_keys else []})


@router.get("/ledgers/{division}/seals", response_model=Seals)
async def seals(
    division: ScopeCode, actor: LedgerReader, office: TheLedgerOffice, at_least: AtLeast
) -> Response:
    """Every seal of a ledger, the oldest first."""
    await wait_to_show(office, actor, at_least)
    found = await _seals_of(office, actor.scope, division)
    return answered({"items": [_published(office, division, event) for event in found]})


@router.get(
    "/ledgers/{division}/events/{event_id}/inclusion",
    response_model=Inclusion,
    responses=refused_with(EventUnknown, EventNotSealed, PostMissing),
)
async def inclusion(
    division: ScopeCode, event_id: Identifier, actor: LedgerReader, office: TheLedgerOffice
) -> Response:
    """That an event is under the first seal after it; one that is withheld is unknown here, too."""
    event = await office.ledger.event(actor.scope, event_id)
    if event is None or event.division != division:
        raise EventUnknown
    if not await office.readable(actor, division, [event]):
        raise EventUnknown
    covered = await seal_over(office, actor.scope, division, event.sequence)
    if covered is None:
        raise EventNotSealed(position=str(Position(office.service, division, event.sequence)))
    published, path = covered
    return answered(
        {
            "event": to_structured(event),
            "seal": _published(office, division, published),
            "path": path,
        }
    )


async def seal_over(
    office: LedgerOffice, scope: str, division: str, sequence: int
) -> tuple[StreamEvent, list[str]] | None:
    """The first seal that covers the event at that place, and the path to it; None before."""
    for published in await _seals_of(office, scope, division):
        size = seal_of(published).head_sequence
        if size >= sequence:
            ranges = inclusion_ranges(sequence - 1, size)
            return published, await _path(office, scope, division, size, ranges)
    return None


@router.get(
    "/ledgers/{division}/consistency",
    response_model=Consistency,
    responses=refused_with(SealUnknown, SealsReversed),
)
async def consistency(
    *,
    division: ScopeCode,
    actor: LedgerReader,
    office: TheLedgerOffice,
    first: Annotated[
        date | None, Query(description="Day of a seal; the oldest if left out")
    ] = None,
    second: Annotated[
        date | None, Query(description="Day of a seal; the latest if left out")
    ] = None,
) -> Response:
    """That the history under the first seal is the beginning of that under the second."""
    found = await _seals_of(office, actor.scope, division)
    earlier, later = _of_day(found, first, place=0), _of_day(found, second, place=-1)
    sizes = seal_of(earlier).head_sequence, seal_of(later).head_sequence
    if sizes[0] > sizes[1]:
        raise SealsReversed
    path = await _path(office, actor.scope, division, sizes[1], consistency_ranges(*sizes))
    return answered(
        {
            "first": _published(office, division, earlier),
            "second": _published(office, division, later),
            "path": path,
        }
    )


async def _seals_of(office: LedgerOffice, scope: str, division: str) -> list[StreamEvent]:
    return await office.ledger.stream(scope, stream_of(office.service, division))


def _of_day(found: Sequence[StreamEvent], day: date | None, *, place: int) -> StreamEvent:
    wanted = [each for each in found if day is None or seal_of(each).day == day.isoformat()]
    if not wanted:
        raise SealUnknown
    return wanted[place]


def seal_of(event: StreamEvent) -> LedgerSealed:
    """The seal that the event published."""
    return as_seal(orjson.loads(event.data), event.schema_version)


def _published(office: LedgerOffice, division: str, event: StreamEvent) -> dict[str, Any]:
    return {
        "position": str(Position(office.service, division, event.sequence)),
        "event_id": event.event_id,
        "recorded_at": to_wire(event.recorded_at),
        "seal": seal_of(event).to_data(),
    }


async def _path(
    office: LedgerOffice, scope: str, division: str, size: int, ranges: Sequence[Range]
) -> list[str]:
    subtrees = Subtrees(ranges)
    async with transaction(office.pool, scope) as connection:
        async for leaf in ledgers.hashes(connection, division, size):
            subtrees.take(leaf)
    return [step.hex() for step in subtrees.path()]

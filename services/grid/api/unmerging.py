"""The route by which a merger of signals is undone in one act, however many they are."""

from collections.abc import Sequence
from typing import Any

from fastapi import Response

from services.grid.api.merging import (
    Desk,
    Duplicates,
    MergeAnswer,
    context_of,
    documented,
    each_answered,
    problem_of,
)
from services.grid.api.office import TheOffice
from services.grid.api.signal_access import own_units
from services.grid.api.signal_context import SignalContext
from services.grid.domain.signal import Signal, SignalCommand, SignalNotFound
from services.grid.domain.signal.linking import UnlinkSignal
from services.grid.store import unmerging
from services.grid.store.linked_signals import linked_to
from shared.bulk_handling import StreamCommands, StreamDone, handle_all
from shared.divisions import Identifier, division_of
from shared.due import put
from shared.http import Router, correlation_id
from shared.ledger import Statement
from shared.office import ReportedLater
from shared.refusals import Refusal

router = Router(prefix="/signals/{signal_id}", tags=["signals"])


class UnmergeBody(ReportedLater):
    """Which of the signals that are linked to this one have their own matter again; all unless stated."""

    duplicates: Duplicates | None = None


class UnmergeAnswer(MergeAnswer):
    """The same, and what is still linked."""

    left: int
    """How many are linked to the signal yet: those that were not named, or those that follow."""
    follows: bool
    """True where there are more signals than one append takes: the service takes the rest from the
    signal by itself, which `unmerging` of the signal shows until all are done."""


@router.post("/unmerge", response_model=UnmergeAnswer, **documented)
async def unmerge(
    signal_id: Identifier, body: UnmergeBody, actor: Desk, office: TheOffice
) -> Response:
    """撤销合并: the signals have their own matters again, all in one act."""
    context = await context_of(office, actor, signal_id, body)
    if body.duplicates is not None:
        lines, reached = await _named(context, body, sorted(body.duplicates))
        more = False
    else:
        lines, reached, more = await _all(context, body)
    left = len(await _linked(context))
    further = {"left": left, "follows": more and left > 0}
    return each_answered(context.division, lines, reached, further)


_Lines = list[dict[str, Any]]


async def _all(context: SignalContext, body: UnmergeBody) -> tuple[_Lines, int, bool]:
    """Take all signals from it, and put a row for those that one append does not take."""
    office, signal_id = context.office, context.stream_id
    heads = await office.ledger.heads(context.actor.scope, [context.division])
    linked = await _linked(context, limit=unmerging.MOST + 1)
    rest: list[Statement] = []
    if len(linked) > unmerging.MOST:
        row = unmerging.row_of(
            signal_id,
            up_to=heads[context.division],
            at=context.moment(body),
            now=context.now,
            own={"own_units": own_units(office, context.actor)},
            correlation_id=correlation_id(),
        )
        rest = [put([row])]
    lines, reached = await _append(context, body, linked[: unmerging.MOST], rest)
    return lines, reached, bool(rest and reached)


async def _named(
    context: SignalContext, body: UnmergeBody, signal_ids: Sequence[str]
) -> tuple[_Lines, int]:
    """Take these from it; one that the post does not see is refused as if there were none."""
    hidden = {each for each in signal_ids if not await _is_visible(context, each)}
    seen = [each for each in signal_ids if each not in hidden]
    lines, reached = await _append(context, body, seen, ())
    lines += [_line(each, SignalNotFound()) for each in hidden]
    return sorted(lines, key=lambda line: str(line["signal_id"])), reached


async def _is_visible(context: SignalContext, signal_id: str) -> bool:
    if division_of(signal_id) != context.division:
        return False
    record = await context.handling.read(context.actor.scope, signal_id)
    try:
        await context.admit(record)
    except SignalNotFound:
        return False
    return True


async def _append(
    context: SignalContext,
    body: UnmergeBody,
    signal_ids: Sequence[str],
    with_them: Sequence[Statement],
) -> tuple[_Lines, int]:
    """One append of all, and each signal's own line."""
    command, at = UnlinkSignal(from_id=context.stream_id), context.moment(body)
    groups: list[StreamCommands[SignalCommand]] = [
        StreamCommands(stream_id=each, commands=[(command, at)], begins=False)
        for each in signal_ids
    ]
    results, reached = await handle_all(
        context.handling,
        context.division,
        groups,
        context.actor.author(context.division, correlation_id()),
        side_writes=lambda _: with_them,
    )
    known = [each.known_at for each in results if isinstance(each, StreamDone)]
    lines = [_line(each, result) for each, result in zip(signal_ids, results, strict=True)]
    return lines, reached or max(known, default=0)


def _line(signal_id: str, result: StreamDone[Signal] | Refusal) -> dict[str, Any]:
    if isinstance(result, Refusal):
        return {"signal_id": signal_id, "outcome": "refused", "problem": problem_of(result)}
    outcome = "done" if result.events else "known"
    return {"signal_id": signal_id, "outcome": outcome, "problem": None}


async def _linked(context: SignalContext, *, limit: int | None = None) -> list[str]:
    """The signals that are linked to it, but for those that complain of the actor's unit."""
    actor = context.actor
    office = context.office
    return await linked_to(
        office.pool,
        actor.scope,
        context.stream_id,
        limit=limit,
        own_units=own_units(office, actor),
    )

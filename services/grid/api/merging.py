"""The routes by which several duplicates are merged into one signal, and that is undone in one act."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Response
from pydantic import BaseModel, Field

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.roles import KEEPING
from services.grid.api.signal_access import own_units, require_visible
from services.grid.api.signal_context import SignalContext
from services.grid.api.signal_linking import LinkBody, link_to
from services.grid.domain.signal import Signal, SignalCommand, SignalNotFound
from services.grid.domain.signal.linking import UnlinkSignal
from services.grid.store.linked_signals import linked_to
from shared.contracts.signal_codes import SignalLinkReason
from shared.divisions import Identifier
from shared.handling import CommandRequest, Prepared, Record
from shared.http import EachOnce, Position, Router, answered, correlation_id, refused_with
from shared.identity import Actor, requires
from shared.office import BackfillOnly, NotYetHappened, ReportedLater
from shared.refusals import InvalidInput, Refusal

MOST = 50
Duplicates = Annotated[
    frozenset[Identifier], Field(min_length=1, max_length=MOST, fail_fast=True), EachOnce
]
Desk = Annotated[Actor, requires(*KEEPING, needs_post=True)]
_PrepareOne = Callable[
    [SignalContext, Record[Signal]], Awaitable[Prepared[SignalCommand, Signal] | None]
]

router = Router(prefix="/signals/{signal_id}", tags=["signals"])


class NotLinkedToIt(Refusal):
    """The signal is not linked to this one."""

    title = "The signal is not linked to this one"


class MergeBody(ReportedLater):
    """Which signals tell of the same as this one."""

    duplicates: Duplicates
    why: SignalLinkReason = SignalLinkReason.DUPLICATE


class UnmergeBody(ReportedLater):
    """Which of the signals that are linked to this one have their own matter again; all unless stated."""

    duplicates: Duplicates | None = None


class LineProblem(BaseModel):
    """Why a signal stays as it was."""

    type: str
    title: str
    detail: str


class MergedLine(BaseModel):
    """What became of one of the signals."""

    signal_id: str
    outcome: Literal["done", "known", "refused"]
    """`known`: it was so before."""
    problem: LineProblem | None


class MergeAnswer(BaseModel):
    """How many of each, and each signal's own result."""

    done: int
    known: int
    refused: int
    results: list[MergedLine]


class UnmergeAnswer(MergeAnswer):
    """The same, and what was too much for one act."""

    left: int
    """How many more are linked to the signal: those that one act does not take, or that were not
    named."""


_documented: dict[str, Any] = {
    "responses": refused_with(SignalNotFound, BackfillOnly, NotYetHappened)
}


@router.post("/merge", response_model=MergeAnswer, **_documented)
async def merge(
    signal_id: Identifier, body: MergeBody, actor: Desk, office: TheOffice
) -> Response:
    """合并重复件: the duplicates count with this signal from now on; each is answered for itself."""
    context = await _context(office, actor, signal_id, body)
    link = LinkBody(
        occurred_at=body.occurred_at,
        happened_on=body.happened_on,
        to_signal_id=signal_id,
        why=body.why,
    )
    return await _each(context, sorted(body.duplicates), lambda one, _: link_to(one, link))


@router.post("/unmerge", response_model=UnmergeAnswer, **_documented)
async def unmerge(
    signal_id: Identifier, body: UnmergeBody, actor: Desk, office: TheOffice
) -> Response:
    """撤销合并: the signals have their own matters again; at most fifty in one act.

    The answer says how many are left, which the next act takes.
    """
    context = await _context(office, actor, signal_id, body)
    named = body.duplicates or (await _linked(context))[:MOST]
    return await _each(
        context,
        sorted(named),
        partial(_unlink, signal_id, body),
        further=lambda: _left(context),
    )


async def _left(context: SignalContext) -> dict[str, int]:
    return {"left": len(await _linked(context))}


async def _linked(context: SignalContext) -> list[str]:
    """The signals that are linked to it, but for those that complain of the actor's unit."""
    actor = context.actor
    return await linked_to(
        context.office.pool, actor.scope, context.stream_id, own_units=own_units(actor)
    )


async def _context(
    office: Office, actor: Actor, signal_id: str, body: ReportedLater
) -> SignalContext:
    """The context of the signal itself; raises SignalNotFound, and what is wrong with the time."""
    now = office.now()
    body.moment(actor, now=now)
    require_visible(actor, (await office.signals.read(actor.scope, signal_id)).state)
    return SignalContext(
        office=office,
        handling=office.signals,
        actor=actor,
        stream_id=signal_id,
        key=None,
        expected_version=None,
        now=now,
    )


async def _unlink(
    from_id: str, body: UnmergeBody, context: SignalContext, record: Record[Signal]
) -> Prepared[SignalCommand, Signal]:
    linked = record.state.linked
    if linked is not None and linked.to_id != from_id:
        raise NotLinkedToIt
    return Prepared(command=UnlinkSignal(), at=context.moment(body))


async def _each(
    context: SignalContext,
    signal_ids: Sequence[str],
    prepare: _PrepareOne,
    *,
    further: Callable[[], Awaitable[dict[str, int]]] | None = None,
) -> Response:
    results, reached = [], 0
    for signal_id in signal_ids:
        one = replace(context, stream_id=signal_id)
        line, position = await _one(one, prepare)
        results.append(line)
        reached = max(reached, position)
    outcomes = [line["outcome"] for line in results]
    counts = {name: outcomes.count(name) for name in ("done", "known", "refused")}
    positions = [Position(SERVICE, context.division, reached)] if reached else []
    more = await further() if further else {}
    return answered(counts | {"results": results} | more, *positions)


async def _one(context: SignalContext, prepare: _PrepareOne) -> tuple[dict[str, Any], int]:
    """The result of one signal, and the position that shows it."""
    line = {"signal_id": context.stream_id, "outcome": "refused", "problem": None}
    try:
        handled = await context.handling.handle(
            CommandRequest(
                stream_id=context.stream_id,
                author=context.actor.author(context.division, correlation_id()),
                prepare=partial(prepare, context),
                admit=context.admit,
            )
        )
    except Refusal as refusal:
        return line | {"problem": _problem(refusal)}, 0
    return line | {"outcome": "done" if handled.events else "known"}, handled.position


def _problem(refusal: Refusal) -> dict[str, str]:
    detail = refusal.errors[0].message if isinstance(refusal, InvalidInput) else refusal.detail
    return {"type": refusal.type, "title": refusal.title, "detail": detail}

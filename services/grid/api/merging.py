"""The route by which several duplicates are merged into one signal; `unmerging` undoes that in one act."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any, Literal

from fastapi import Response
from pydantic import BaseModel, Field

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.roles import KEEPING
from services.grid.api.signal_access import require_visible
from services.grid.api.signal_context import SignalContext
from services.grid.api.signal_linking import LinkBody, link_to
from services.grid.domain.signal import Signal, SignalCommand, SignalNotFound
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


class MergeBody(ReportedLater):
    """Which signals tell of the same as this one."""

    duplicates: Duplicates
    why: SignalLinkReason = SignalLinkReason.DUPLICATE


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


documented: dict[str, Any] = {
    "responses": refused_with(SignalNotFound, BackfillOnly, NotYetHappened)
}


@router.post("/merge", response_model=MergeAnswer, **documented)
async def merge(
    signal_id: Identifier, body: MergeBody, actor: Desk, office: TheOffice
) -> Response:
    """合并重复件: the duplicates count with this signal from now on; each is answered for itself."""
    context = await context_of(office, actor, signal_id, body)
    link = LinkBody(
        occurred_at=body.occurred_at,
        happened_on=body.happened_on,
        to_signal_id=signal_id,
        why=body.why,
    )
    return await _each(context, sorted(body.duplicates), lambda one, _: link_to(one, link))


async def context_of(
    office: Office, actor: Actor, signal_id: str, body: ReportedLater
) -> SignalContext:
    """The context of the signal itself; raises SignalNotFound, and what is wrong with the time."""
    now = office.now()
    body.moment(actor, now=now)
    require_visible(office, actor, (await office.signals.read(actor.scope, signal_id)).state)
    return SignalContext(
        office=office,
        handling=office.signals,
        actor=actor,
        stream_id=signal_id,
        key=None,
        expected_version=None,
        now=now,
    )


async def _each(
    context: SignalContext,
    signal_ids: Sequence[str],
    prepare: _PrepareOne,
) -> Response:
    results, reached = [], 0
    for signal_id in signal_ids:
        one = replace(context, stream_id=signal_id)
        line, position = await _one(one, prepare)
        results.append(line)
        reached = max(reached, position)
    return each_answered(context.division, results, reached)


def each_answered(
    division: str,
    results: Sequence[dict[str, Any]],
    reached: int,
    further: Mapping[str, object] = MappingProxyType({}),
) -> Response:
    """How many of each, and each line, with the position that shows them all."""
    outcomes = [line["outcome"] for line in results]
    counts = {name: outcomes.count(name) for name in ("done", "known", "refused")}
    positions = [Position(SERVICE, division, reached)] if reached else []
    return answered({**counts, "results": results, **further}, *positions)


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
        return line | {"problem": problem_of(refusal)}, 0
    return line | {"outcome": "done" if handled.events else "known"}, handled.position


def problem_of(refusal: Refusal) -> dict[str, str]:
    """A refusal, as a line of the answer shows it."""
    detail = refusal.errors[0].message if isinstance(refusal, InvalidInput) else refusal.detail
    return {"type": refusal.type, "title": refusal.title, "detail": detail}

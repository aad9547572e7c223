"""The routes by which a signal counts with another record, and by itself again."""

from collections.abc import Callable, Sequence
from typing import Self

from fastapi import Response
from pydantic import model_validator

from services.grid.api.signal_context import (
    ByTheDesk,
    Looked,
    NothingToLinkTo,
    SignalContext,
    TargetIsLinked,
    case_target,
    documented,
    report_target,
    signal_target,
)
from services.grid.domain.signal import Signal, SignalCommand
from services.grid.domain.signal.linking import (
    LinkSignal,
    OrderNamesThatCase,
    SignalHasLinked,
    SignalLinkedOtherwise,
    SignalLinkedToItself,
    UnlinkSignal,
)
from services.grid.store.linked_signals import linked_to, require_none_linked
from shared.contracts.signal_codes import (
    SignalLinkReason,
)
from shared.contracts.signals import SignalLinked
from shared.divisions import Identifier
from shared.handling import Prepared
from shared.http import Router
from shared.ledger import NewEvent, Statement
from shared.office import ReportedLater

router = Router(prefix="/signals/{signal_id}", tags=["signals"])


class LinkBody(ReportedLater):
    """With which record the signal counts, and why."""

    to_signal_id: Identifier | None = None
    to_report_id: Identifier | None = None
    to_case_id: Identifier | None = None
    why: SignalLinkReason

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        named = [self.to_signal_id, self.to_report_id, self.to_case_id]
        if sum(each is not None for each in named) != 1:
            raise ValueError("One of to_signal_id, to_report_id and to_case_id is given")
        return self


class UnlinkBody(ReportedLater):
    """Nothing more is to be said."""


@router.post(
    "/link",
    **documented(
        NothingToLinkTo,
        TargetIsLinked,
        SignalLinkedToItself,
        SignalLinkedOtherwise,
        SignalHasLinked,
    ),
)
async def link(body: LinkBody, context: ByTheDesk) -> Response:
    """关联: the signal counts with another signal, a report or a case, until that is undone."""
    return await context.handle(lambda _: link_to(context, body))


@router.post("/unlink", **documented(OrderNamesThatCase))
async def unlink(body: UnlinkBody, context: ByTheDesk) -> Response:
    """取消关联: the signal has its own matter again."""
    return await context.handle_command(UnlinkSignal(), body)


async def link_to(context: SignalContext, body: LinkBody) -> Prepared[SignalCommand, Signal]:
    """The command of a link, with the other record as it was looked up."""
    target, looked_up = await _target(context, body)
    command = LinkSignal(to=target, why=body.why, has_linked=await has_linked(context))
    looked_up.pop(context.stream_id, None)
    return Prepared(
        command=command,
        at=context.moment(body),
        looked_up=looked_up,
        writes_about=link_writes(context.stream_id, ()),
    )


async def _target(context: SignalContext, body: LinkBody) -> Looked:
    office, actor, division = context.office, context.actor, context.division
    if body.to_signal_id == context.stream_id:
        raise SignalLinkedToItself(field="to_signal_id")
    if body.to_signal_id is not None:
        return await signal_target(office, actor, division, body.to_signal_id)
    if body.to_report_id is not None:
        return await report_target(office, actor, division, body.to_report_id)
    return await case_target(office, actor, division, str(body.to_case_id), field="to_case_id")


async def has_linked(context: SignalContext) -> bool:
    """Whether another signal is linked to this one."""
    found = await linked_to(context.office.pool, context.division, context.stream_id, limit=1)
    return bool(found)


def link_writes(
    signal_id: str, kept: Sequence[Statement]
) -> Callable[[Sequence[NewEvent]], Sequence[Statement]]:
    """What is kept with the events; a link also requires that none was made to this signal meanwhile."""

    def about(events: Sequence[NewEvent]) -> Sequence[Statement]:
        links = any(each.kind == SignalLinked.kind for each in events)
        return [*(kept if events else ()), *([require_none_linked(signal_id)] if links else [])]

    return about

"""The routes by which signals come in: orders of 12345, the grid app, what elders pass on."""

from typing import Annotated

from fastapi import Response

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.place_codes import PlaceElsewhere
from services.grid.api.roles import KEEPING
from services.grid.api.signal_answer import SignalAnswer
from services.grid.api.signal_bodies import HotlineOrderBody, SignalBody
from services.grid.api.signal_links import answer_without_link
from services.grid.api.signal_texts import files_again, into_the_vault, received
from services.grid.domain.named_ids import hotline_order_id
from services.grid.domain.signal import Signal, SignalCommand
from services.grid.domain.signal.receiving import GivenOrder, SignalReceivedOtherwise
from services.grid.domain.signal.signal_file import own_matter
from services.grid.store import complained_units
from shared.contracts.signal_codes import SignalSource
from shared.divisions import TownshipCode, division_of, new_id
from shared.handling import Prepare, Prepared, Record
from shared.http import Idempotency, Router
from shared.identity import Actor, Role, requires
from shared.office import begin, command_documents

TELLING = (Role.GRID_WORKER, *KEEPING)
"""Roles that may pass a matter on."""
PUSHING = (Role.HOTLINE, *KEEPING)
"""Roles that may send an order of 12345: its system, which may do nothing else, and the desk."""
_documented = command_documents(SignalAnswer)

router = Router(tags=["signals"])


@router.post(
    "/townships/{division}/hotline-orders",
    status_code=201,
    **_documented(PlaceElsewhere, SignalReceivedOtherwise),
)
async def receive_hotline_order(
    division: TownshipCode,
    body: HotlineOrderBody,
    actor: Annotated[Actor, requires(*PUSHING, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """12345工单: a work order of the hotline, once under each number.

    Sent again, or imported from a file as well, it is one record; stated otherwise it is refused.
    One sent to the unit that it complains of is the petition office's (`kept_from_unit`). The hotline's
    system is answered without the record with which the order counts.
    """
    return await begin(
        office.signals,
        _prepare(
            office,
            actor,
            hotline_order_id(division, body.number),
            body,
            source=SignalSource.HOTLINE_12345,
            order=body.order(body.number),
        ),
        service=SERVICE,
        stream_id=hotline_order_id(division, body.number),
        actor=actor,
        key=key,
        address="/signals/{signal_id}",
        begins=False,
        answer=answer_without_link if actor.role is Role.HOTLINE else None,
    )


@router.post("/townships/{division}/signals", status_code=201, **_documented(PlaceElsewhere))
async def receive_signal(
    division: TownshipCode,
    body: SignalBody,
    actor: Annotated[Actor, requires(*TELLING, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """What a worker enters in the grid app, or what somebody passes on from an elders' group.

    Whoever sends it answers for it: no chat is read or harvested.
    """
    signal_id = new_id(division)
    return await begin(
        office.signals,
        _prepare(office, actor, signal_id, body, source=body.source),
        service=SERVICE,
        stream_id=signal_id,
        actor=actor,
        key=key,
        address="/signals/{signal_id}",
    )


def _prepare(
    office: Office,
    actor: Actor,
    signal_id: str,
    body: HotlineOrderBody | SignalBody,
    *,
    source: SignalSource,
    order: GivenOrder | None = None,
) -> Prepare[Signal, SignalCommand]:
    division = division_of(signal_id)
    body.require_in(division)

    async def prepare(record: Record[Signal]) -> Prepared[SignalCommand, Signal]:
        at = body.moment(actor, now=office.now())
        known = record.state
        files = await files_again(office, known, body) if known.version else None
        files = files or into_the_vault(office, signal_id, body)
        matter_id = own_matter(known) if known.version else new_id(division)
        command = received(body, files, signal_id, matter_id, source=source, order=order)
        unit = body.complained_unit
        complaint = [] if unit is None else [complained_units.keep(signal_id, unit)]
        return Prepared(
            command=command,
            at=at,
            writes_about=lambda events: [*files.kept, *complaint] if events else (),
        )

    return prepare

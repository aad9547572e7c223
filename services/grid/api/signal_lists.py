"""The routes by which signals are looked at: the list, one with its history, and what was said."""

from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.record_probes import signal_actions
from services.grid.api.report_lists import WordsNotForThisPost
from services.grid.api.roles import KEEPING, NAMING
from services.grid.api.signal_access import is_of_order_unit, own_units, require_visible
from services.grid.api.signal_answer import SignalAnswer, signal_summary
from services.grid.api.signal_links import (
    asked_without_links,
    events_of_hidden_links,
    hides_link,
    lines_without_links,
    summary_without_link,
)
from services.grid.domain.signal import Signal, SignalNotFound
from services.grid.domain.signal.receiving import marked
from services.grid.store import complained_units
from services.grid.store.signal_board import NOT_OF_OWN_UNIT, SIGNALS, SignalLine
from services.grid.store.unmerging import under_way
from services.grid.store.vault_files import EntryKind, file_of_signal
from shared.board import Asked
from shared.divisions import Identifier, division_of
from shared.http import AtLeast, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.actions import Action
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.vault import PersonErased

Reader = Annotated[
    Actor, requires(*KEEPING, Role.HANDLER, Role.COUNTY_LEADER, Role.AUDITOR, needs_post=True)
]

router = Router(tags=["signals"])


class SignalWithHistory(SignalAnswer):
    """The state of a signal, with what may be done with it now, and its history."""

    actions: list[Action]
    unmerging: bool
    """True while signals are still taken from this one, after its merger was undone."""
    complained_unit: str | None
    """The unit that it complains of, by its code; events have its mark alone."""
    history: list[HistoryItem]


class CallerShown(BaseModel):
    """Who called; null where nobody is on record, or the person was erased."""

    caller_ref: str
    name: str | None
    phone: str | None
    id_number: str | None
    address: str | None


class SignalWords(BaseModel):
    """What was said and by whom, and what was answered."""

    signal_id: str
    title: str | None
    words: str | None
    spot: str | None
    company: str | None
    tags: list[str]
    caller: CallerShown | None
    remarks: list[str]


@router.get("/signals", response_model=PageOf[SignalLine])
async def signals(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(SIGNALS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Signals within the token's scope, the newest first, or the open ones, the soonest due first.

    What complains of the caller's own unit is left out; what is linked to a matter that does is
    shown without the link.
    """
    await wait_to_show(office, actor, at_least)
    units = own_units(office, actor)
    seen = NOT_OF_OWN_UNIT.on(asked, {"own_units": units}) if units else asked
    seen = asked_without_links(office, actor, seen)
    lines = await SIGNALS.lines(office.pool, actor.scope, seen, paging)
    page = SIGNALS.shown(lines, seen, paging)
    return answered(page | {"items": await lines_without_links(office, actor, page["items"])})


@router.get(
    "/signals/{signal_id}",
    response_model=SignalWithHistory,
    responses=refused_with(SignalNotFound),
)
async def one_signal(
    request: Request, signal_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One signal, its order and its history; for the unit complained of, as if there were none."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, signal_id)
    record = office.signals.fold(history)
    require_visible(office, actor, record.state)
    hides = await hides_link(office, actor, record.state)
    shown = (summary_without_link if hides else signal_summary)(record.state)
    unmerging = await under_way(office.pool, actor.scope, signal_id)
    hidden = await events_of_hidden_links(office, actor, division_of(signal_id), history)
    complained = await _complained(office, actor.scope, signal_id, record.state)
    actions = await signal_actions(request, office, actor, record, signal_id)
    shown = {
        **shown,
        "unmerging": unmerging,
        "complained_unit": complained,
        "actions": actions,
    }
    return with_history(SERVICE, shown, record, history, without=hidden)


@router.get(
    "/signals/{signal_id}/words",
    response_model=SignalWords,
    responses=refused_with(SignalNotFound, WordsNotForThisPost, PersonErased),
)
async def words(
    signal_id: Identifier,
    actor: Annotated[Actor, requires(*NAMING, Role.HANDLER, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """What was said and by whom, for the desk and the unit that has the order; the request is logged."""
    await wait_to_show(office, actor, at_least)
    signal = (await office.signals.read(actor.scope, signal_id)).state
    require_visible(office, actor, signal)
    if actor.role is Role.HANDLER and not is_of_order_unit(actor, signal):
        raise WordsNotForThisPost
    file = await file_of_signal(office.vault, actor.scope, signal_id)
    entries = await office.vault.entries(actor.scope, division_of(signal_id), signal_id)
    read = [(each.kind, file.read(each)) for each in entries]
    said = next((content for kind, content in read if kind == EntryKind.SIGNAL), {})
    shown = {
        "signal_id": signal_id,
        **{name: said.get(name) for name in ("title", "words", "spot", "company")},
        "tags": said.get("tags", []),
        "caller": await _caller(office, actor.scope, signal),
        "remarks": [content["text"] for kind, content in read if kind == EntryKind.REMARK],
    }
    await note_shown(office, actor, [signal_id], route="GET /signals/{signal_id}/words")
    return answered(shown)


async def _caller(office: Office, scope: str, signal: Signal) -> dict[str, str | None] | None:
    ref = signal.received.caller_ref if signal.received else None
    if ref is None:
        return None
    found = await office.vault.contents(
        scope, division=division_of(ref), refs=[ref], kinds=[EntryKind.PERSON]
    )
    if not found:
        return None
    fields = ("name", "phone", "id_number", "address")
    return {"caller_ref": ref, **{name: found[0].content.get(name) for name in fields}}


async def _complained(office: Office, scope: str, signal_id: str, signal: Signal) -> str | None:
    """Of an older signal, or in a county without a key for marks, as its events have it."""
    known = await complained_units.complained_unit(office.pool, scope, signal_id)
    named = signal.complained_unit
    return known or (None if named is None or marked(named)["complained_mark"] else named)

"""A signal's link to a matter in which the own unit is complained of: the signal is shown without it.

Whoever has the order goes on with it, and does not learn by it that there is a complaint.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.grid.api.office import Office
from services.grid.api.period_matters import naming
from services.grid.api.report_access import kept_from
from services.grid.api.signal_answer import signal_summary
from services.grid.api.warning_access import matters_hidden
from services.grid.domain.signal import Signal
from services.grid.domain.signal.signal_file import own_matter
from services.grid.store.signal_board import NO_LINK_TO_OWN, SignalLine
from shared.board import Asked
from shared.contracts.signals import SignalLinked
from shared.divisions import division_of
from shared.handling import Members
from shared.handling.stored_events import decoded
from shared.identity import Actor
from shared.ledger.read import StreamEvent

_WOULD_TELL = frozenset({"matter_id", "linked_kind", "linked_id", "case_id"})
"""Filters by which a link could be found that is not shown."""
_WITHOUT: dict[str, Any] = dict.fromkeys(("linked_kind", "linked_id", "case_id"))


async def hides_link(office: Office, actor: Actor, signal: Signal) -> bool:
    """Whether the signal counts with a matter in which the actor's unit is complained of."""
    if signal.linked is None:
        return False
    matter_id = signal.linked.to_matter_id
    return bool(await matters_hidden(office, actor, division_of(matter_id), [matter_id]))


def summary_without_link(signal: Signal) -> dict[str, object]:
    """The answer for a signal, as if it counted by itself."""
    return signal_summary(signal) | {"matter_id": own_matter(signal), **_WITHOUT}


def answer_without_link(signal: Signal, further: Members) -> Members:
    """The same as the answer to a command."""
    return {**summary_without_link(signal), **further}


async def events_of_hidden_links(
    office: Office, actor: Actor, division: str, history: Sequence[StreamEvent]
) -> list[str]:
    """The ids of the events that name a record to which the link is hidden, also a link of before."""
    links = [each for each in decoded(history) if isinstance(each, SignalLinked)]
    matters = {each.to_matter_id for each in links}
    hidden = await matters_hidden(office, actor, division, matters)
    records = {each.to_id for each in links if each.to_matter_id in hidden}
    return naming(history, hidden | records)


def asked_without_links(office: Office, actor: Actor, asked: Asked) -> Asked:
    """What is asked of the list; a filter finds no link that is hidden."""
    if actor.unit is None or _WOULD_TELL.isdisjoint(asked.values):
        return asked
    return NO_LINK_TO_OWN.on(asked, kept_from(office, actor).named())


async def lines_without_links(
    office: Office, actor: Actor, lines: Sequence[SignalLine]
) -> list[SignalLine]:
    """The lines, those with a hidden link as if they counted by themselves."""
    hidden: set[str] = set()
    for division in {each.division for each in lines}:
        linked = {each.matter_id for each in lines if each.linked_id and each.division == division}
        hidden |= await matters_hidden(office, actor, division, linked)
    return [
        await _without_link(office, each) if each.linked_id and each.matter_id in hidden else each
        for each in lines
    ]


async def _without_link(office: Office, line: SignalLine) -> SignalLine:
    signal = (await office.signals.read(line.division, line.signal_id)).state
    return replace(line, matter_id=own_matter(signal), **_WITHOUT)

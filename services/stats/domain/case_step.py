"""The steps of a case: what the figures need of the events about it.

A repeat filed in the same township is a step of two cases: it begins its own, and it is the
`case-repeated` of the one that it repeats. So are a correction of what it repeats, and its voiding.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from services.stats.domain.policy import POLICY
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Purpose
from shared.contracts.case_handling import ExtensionGranted
from shared.contracts.case_handling_codes import FilingFact
from shared.contracts.case_holding import CaseRouted
from shared.contracts.case_holding_codes import Lane
from shared.contracts.case_notices import NoticeServed
from shared.contracts.case_ratings import CaseRated
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseEvent,
    CaseFiled,
    CaseForwarded,
    CaseResolved,
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.contracts.transfer_codes import TransferStep
from shared.contracts.transfers import CaseAssigned, TransferNoted
from shared.divisions import division_of
from shared.folding.step import Step, step_of
from shared.times import start_of, to_wire

REPEATED = "case-repeated"
"""Not an event of its own: the filing of a repeat, seen from the case that it repeats."""
FOUND_REPEATED = "case-found-repeated"
"""A correction that names this case as the one repeated."""
NOT_REPEATED = "case-not-repeated"
"""A correction or voiding: the other case does not repeat this one."""
EVENT_OF = {REPEATED: CaseFiled.kind, FOUND_REPEATED: FilingCorrected.kind}
"""The published kinds of the steps that are seen from another case."""

GROUNDED = "grounded"
ELSEWHERE = "elsewhere"
"""The matter was passed on to another ledger."""
BACK = "back"
"""The matter was returned to this ledger."""

TO_DISCIPLINE = "to-discipline"
"""The case was recognised as an accusation: the discipline lane has it."""

RECEIPT_TERM = timedelta(days=POLICY.acceptance_days)
_DAY = timedelta(days=1)


class Filing(NamedTuple):
    """What a case is counted by, as its filing states it and corrections do since."""

    category: str
    village_code: str | None
    channel: str
    first_or_repeat: str
    headcount: int | None
    imported: bool = False
    """From an older register, which may be silent on what it never recorded."""
    purpose: str | None = Purpose.NOT_STATED.value
    anonymous: bool | None = None
    contact_unclear: bool | None = None
    received_on: date | None = None
    """None where only the day of registration is known."""
    names_first: bool | None = False
    """Whether a repeat names the case that it repeats."""
    complained: str | None = None
    """The unit complained of: its mark, or its code where the event is older."""
    complained_division: str | None = None
    home_division: str | None = None
    """That of the case by which the matter was first filed, where it is another one."""
    matter_id: str | None = None


class Stated(NamedTuple):
    """What a step states, each only where its event has it; the first fields are those of Filing."""

    category: str | None = None
    village_code: str | None = None
    channel: str | None = None
    first_or_repeat: str | None = None
    headcount: int | None = None
    imported: bool | None = None
    purpose: str | None = None
    anonymous: bool | None = None
    contact_unclear: bool | None = None
    received_on: date | None = None
    names_first: bool | None = None
    complained: str | None = None
    complained_division: str | None = None
    home_division: str | None = None
    matter_id: str | None = None
    petitioner_due_at: datetime | None = None
    """Of an acceptance: the end of the term for the petitioner."""
    detail: str | None = None
    """Which fields of Filing are corrected; which notice is served; that a resolution has grounds;
    that the matter goes elsewhere or is back; who is rated and how; the case that repeats, and when it
    was registered where the event is not its filing."""


_ALWAYS_STATED = frozenset({"category", "channel", "first_or_repeat", "purpose"})
_FIELD_OF = {
    FilingFact.CATEGORY: "category",
    FilingFact.VILLAGE_CODE: "village_code",
    FilingFact.CHANNEL: "channel",
    FilingFact.FIRST_OR_REPEAT: "first_or_repeat",
    FilingFact.HEADCOUNT: "headcount",
    FilingFact.PURPOSE: "purpose",
    FilingFact.ANONYMOUS: "anonymous",
    FilingFact.CONTACT_UNCLEAR: "contact_unclear",
    FilingFact.RECEIVED_ON: "received_on",
    FilingFact.REPEAT_OF: "names_first",
    FilingFact.COMPLAINED_UNIT: "complained",
    FilingFact.COMPLAINED_DIVISION: "complained_division",
}


def case_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The steps that an event is, none when it is about no case; raises EntityElsewhere."""
    if read := _READ.get(type(data)):
        return read(event, data)
    return [step_of(event, data.case_id)] if isinstance(data, CaseEvent) else []


def repeat_of_step(step: Step) -> tuple[str, datetime]:
    """Of a step seen from another case: the case that repeats, and when it was registered."""
    case_id, _, registered = step.stated.detail.partition(" ")
    return case_id, datetime.fromisoformat(registered) if registered else step.at


def says(step: Step, detail: str) -> bool:
    """Whether the step states that."""
    return step.stated is not None and step.stated.detail == detail


def corrected_by(step: Step) -> dict[str, Any]:
    """The fields of Filing that a correction changes; what is always stated is never emptied."""
    found = {name: getattr(step.stated, name) for name in step.stated.detail.split()}
    return {
        name: value
        for name, value in found.items()
        if value is not None or name not in _ALWAYS_STATED
    }


def _file(event: RecordedEvent, data: CaseFiled) -> list[Step]:
    due_at = _receipt_term_end(data.received_on)
    own = step_of(event, data.case_id, stated=_filed(data), due_at=due_at)
    return [own, *_seen_from(data.repeat_of, own, REPEATED, own.entity_id)]


def _correct(event: RecordedEvent, data: FilingCorrected) -> list[Step]:
    due_at = _receipt_term_end(data.received_on)
    own = step_of(event, data.case_id, stated=_corrected(data), due_at=due_at)
    return [own, *_repeats_corrected(own, data)]


def _void(event: RecordedEvent, data: FilingVoided) -> list[Step]:
    own = step_of(event, data.case_id)
    return [own, *_seen_from(data.no_longer_repeats, own, NOT_REPEATED, own.entity_id)]


def _pass_on(event: RecordedEvent, data: CaseForwarded | CaseAssigned) -> list[Step]:
    is_elsewhere = data.to_division not in {None, event.division}
    stated = Stated(detail=ELSEWHERE) if is_elsewhere else None
    return [step_of(event, data.case_id, stated=stated)]


def _route(event: RecordedEvent, data: CaseRouted) -> list[Step]:
    is_accusation = data.lane is Lane.DISCIPLINE
    stated = Stated(detail=TO_DISCIPLINE) if is_accusation else None
    return [step_of(event, data.case_id, stated=stated)]


def _note(event: RecordedEvent, data: TransferNoted) -> list[Step]:
    """The home of a matter also learns that it was returned to another ledger."""
    is_back = data.step is TransferStep.RETURNED and data.to_division == event.division
    return [step_of(event, data.case_id, stated=Stated(detail=BACK) if is_back else None)]


def _accept(event: RecordedEvent, data: CaseAccepted) -> list[Step]:
    due_at = data.due_at_for_petitioner
    stated = None if due_at is None else Stated(petitioner_due_at=due_at)
    return [step_of(event, data.case_id, due_at=data.due_at, stated=stated)]


def _extend(event: RecordedEvent, data: ExtensionGranted) -> list[Step]:
    return [step_of(event, data.case_id, due_at=data.due_at_for_petitioner)]


def _resolve(event: RecordedEvent, data: CaseResolved) -> list[Step]:
    stated = Stated(detail=GROUNDED) if data.grounds else None
    return [step_of(event, data.case_id, stated=stated)]


def _tell(event: RecordedEvent, data: NoticeServed) -> list[Step]:
    own = step_of(event, data.case_id, stated=Stated(detail=data.notice.value))
    return [_on(own, data.served_on)]


def _serve(event: RecordedEvent, data: OpinionServed) -> list[Step]:
    return [_on(step_of(event, data.case_id), data.served_on)]


def _rate(event: RecordedEvent, data: CaseRated) -> list[Step]:
    return [step_of(event, data.case_id, stated=Stated(detail=f"{data.about} {data.grade}"))]


_READ: dict[type[Event], Callable[[RecordedEvent, Any], list[Step]]] = {
    CaseFiled: _file,
    FilingCorrected: _correct,
    FilingVoided: _void,
    CaseForwarded: _pass_on,
    CaseAssigned: _pass_on,
    TransferNoted: _note,
    CaseRouted: _route,
    CaseAccepted: _accept,
    ExtensionGranted: _extend,
    NoticeServed: _tell,
    OpinionServed: _serve,
    CaseResolved: _resolve,
    CaseRated: _rate,
}


def _on(step: Step, day: date | None) -> Step:
    """It happened on the day of receipt, where the event names it."""
    return step if day is None else step._replace(day=day)


def _receipt_term_end(received_on: date | None) -> datetime | None:
    """Of a term that does not run from the day of registration."""
    return None if received_on is None else start_of(received_on + RECEIPT_TERM + _DAY)


def _filed(data: CaseFiled) -> Stated:
    return Stated(
        data.category.value,
        data.village_code,
        data.channel.value,
        data.first_or_repeat.value,
        data.headcount,
        bool(data.imported),
        data.purpose.value,
        data.anonymous,
        data.contact_unclear,
        data.received_on,
        data.repeat_of is not None,
        data.complained_mark or data.complained_unit,
        data.complained_division,
        data.home_case_id and division_of(data.home_case_id),
        data.matter_id,
    )


def _corrected(data: FilingCorrected) -> Stated:
    changed = [_FIELD_OF[fact] for fact in data.changed if fact in _FIELD_OF]
    if FilingFact.REPEAT_OF in data.changed:
        changed.append("matter_id")
    return Stated(
        data.category and data.category.value,
        data.village_code,
        data.channel and data.channel.value,
        data.first_or_repeat and data.first_or_repeat.value,
        data.headcount,
        None,
        data.purpose and data.purpose.value,
        data.anonymous,
        data.contact_unclear,
        data.received_on,
        data.repeat_of is not None if FilingFact.REPEAT_OF in data.changed else None,
        data.complained_mark or data.complained_unit,
        data.complained_division,
        matter_id=data.matter_id,
        detail=" ".join(changed),
    )


def _repeats_corrected(own: Step, data: FilingCorrected) -> Iterator[Step]:
    if FilingFact.REPEAT_OF not in data.changed or data.repeat_of == data.no_longer_repeats:
        return
    yield from _seen_from(data.no_longer_repeats, own, NOT_REPEATED, own.entity_id)
    registered = "" if data.registered_at is None else f" {to_wire(data.registered_at)}"
    yield from _seen_from(data.repeat_of, own, FOUND_REPEATED, f"{own.entity_id}{registered}")


def _seen_from(first: str | None, own: Step, kind: str, detail: str) -> list[Step]:
    """A case of another township stays out: a figure depends on its own ledgers alone."""
    if first is None or division_of(first) != own.division or first == own.entity_id:
        return []
    return [own._replace(entity_id=first, kind=kind, stated=Stated(detail=detail), due_at=None)]

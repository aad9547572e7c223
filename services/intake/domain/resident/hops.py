"""Each step by which a case came to whoever has it, from the ledgers of its matter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.intake.domain.resident.said import Said
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.event import Code, Event
from shared.contracts.intake import CaseAccepted, CaseFiled, CaseForwarded, CaseReopened
from shared.contracts.transfers import CaseAssigned, CaseReturned, RemitObjected, RemitTaken
from shared.decider import Mark
from shared.divisions import division_of
from shared.times import china_day


class HopStep(Code):
    """By what a case moved on."""

    REGISTERED = "registered", "登记"
    TRANSFERRED = "transferred", "转送"
    ASSIGNED = "assigned", "交办"
    TAKEN = "taken", "接收"
    OBJECTED = "objected", "提出异议"
    RETURNED = "returned", "退回"
    ACCEPTED = "accepted", "受理"
    HANDED_OVER = "handed-over", "移交"
    REOPENED = "reopened", "重新办理"


_SENTENCES: Mapping[HopStep, Said] = {
    HopStep.REGISTERED: Said("{on}，{place}登记了您的信访事项。", "{on}: registered by {place}."),
    HopStep.TRANSFERRED: Said("{on}，转送至{place}。", "{on}: transferred to {place}."),
    HopStep.ASSIGNED: Said("{on}，交办给{place}。", "{on}: assigned to {place}."),
    HopStep.TAKEN: Said("{on}，{place}已接收。", "{on}: taken by {place}."),
    HopStep.OBJECTED: Said(
        "{on}，{place}提出不属其职权的异议。", "{on}: {place} says that it is not its remit."
    ),
    HopStep.RETURNED: Said("{on}，由{place}退回。", "{on}: returned by {place}."),
    HopStep.ACCEPTED: Said(
        "{on}，受理，由{place}承办。", "{on}: accepted; {place} is responsible."
    ),
    HopStep.HANDED_OVER: Said("{on}，移交给{place}。", "{on}: handed over to {place}."),
    HopStep.REOPENED: Said("{on}，{place}重新办理。", "{on}: opened again by {place}."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step, and the unit that it names; None where it names only the division."""

    on: date
    step: HopStep
    division: str
    unit: str | None

    def said(self, place: Said) -> Said:
        """The step as a sentence; `place` is the unit as people call it."""
        zh, en = _SENTENCES[self.step]
        return Said(zh.format(on=self.on, place=place.zh), en.format(on=self.on, place=place.en))


def hops(events: Iterable[tuple[Event, Mark]]) -> list[Hop]:
    """The steps among the events of all cases of a matter, in the order of their times."""
    in_order = sorted(events, key=lambda each: each[1].occurred_at)
    found = (_hop(event, china_day(mark.occurred_at)) for event, mark in in_order)
    return [hop for hop in found if hop]


def _hop(event: Event, on: date) -> Hop | None:
    step = _step(event)
    if step is None:
        return None
    kind, division, unit = step
    return Hop(on=on, step=kind, division=division, unit=unit)


def _step(event: Event) -> tuple[HopStep, str, str | None] | None:  # noqa: C901, PLR0911
    match event:
        case CaseFiled() if event.from_case_id is None:
            return HopStep.REGISTERED, division_of(event.case_id), None
        case CaseForwarded():
            division = event.to_division or division_of(event.case_id)
            return HopStep.TRANSFERRED, division, event.to_unit
        case CaseAssigned():
            return HopStep.ASSIGNED, event.to_division, event.to_unit
        case RemitTaken():
            return HopStep.TAKEN, division_of(event.case_id), None
        case RemitObjected():
            return HopStep.OBJECTED, division_of(event.case_id), event.by_unit
        case CaseReturned():
            return HopStep.RETURNED, division_of(event.case_id), None
        case CaseAccepted():
            return HopStep.ACCEPTED, division_of(event.case_id), event.responsible_unit
        case CaseHandedOver():
            return HopStep.HANDED_OVER, division_of(event.case_id), event.to_unit
        case CaseReopened():
            return HopStep.REOPENED, division_of(event.case_id), None
        case _:
            return None

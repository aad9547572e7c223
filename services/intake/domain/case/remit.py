"""接收与异议 (taking and objecting): what a receiver does with a matter from another ledger [R23].

  received ─ RemitTaken: stated, accepted, lapsed, objection-rejected ─► in the receiver's hands
      │                                                 ▲
      └─ RemitObjected, within five working days ───────┴─ CaseReturned ─► returned

A matter that a superior assigned, or that came to the superior, is taken from the beginning.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import CaseWasReturned, has_ended
from services.intake.domain.case.origin import Origin
from shared.contracts.event import Event
from shared.contracts.transfer_codes import ObjectionReason, RemitHow, ReturnReason
from shared.contracts.transfers import CaseReturned, RemitObjected, RemitTaken
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRemit:
    """接收: the receiver takes the matter into its hands."""

    how: ClassVar[RemitHow] = RemitHow.STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectToRemit:
    """异议: the matter is not the receiver's; `until` is the last day to say so."""

    by_unit: str
    reason: ObjectionReason
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRemit:
    """The days to object are over: the receiver holds the matter."""

    how: ClassVar[RemitHow] = RemitHow.LAPSED


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleObjection:
    """What became of the objection: the case is returned for this reason, or stays (None)."""

    returned: ReturnReason | None


class CaseWasNotTransferred(Refusal):
    """The case was filed here; it came from no other ledger."""

    title = "The case came from no other office"


class RemitIsTaken(Refusal):
    """The matter is in the receiver's hands; it can no longer object."""

    title = "The matter is taken already"


class ObjectedOtherwise(Refusal):
    """An objection with another reason or of another unit is on record."""

    title = "Another objection is on record"


class ObjectionTooLate(Refusal):
    """The five working days in which a receiver may object are over [R23]."""

    title = "The time to object is over"


def take(command: TakeRemit, case: CaseFile) -> list[Event]:
    """Once; who had objected takes the matter all the same as long as nothing is decided."""
    return _taken(command.how, case)


def lapse(command: LapseRemit, case: CaseFile) -> list[Event]:
    """Nothing where the matter was taken, objected to, or came to an end before."""
    about, remit = case.about(Origin.OFFICE), case.remit
    if remit is None or remit.taken or remit.objected or has_ended(case):
        return []
    return [RemitTaken(how=command.how, **about)]


def object_to(command: ObjectToRemit, case: CaseFile) -> list[Event]:
    """Within the days that the law gives, with a reason, before the matter is taken."""
    objected = RemitObjected(
        by_unit=command.by_unit, reason_code=command.reason, **case.about(Origin.OFFICE)
    )
    remit = case.remit
    if remit is None:
        raise CaseWasNotTransferred
    if remit.objected == objected and not remit.taken:
        return []
    if remit.returned:
        raise CaseWasReturned
    if remit.taken:
        raise RemitIsTaken
    if remit.objected:
        raise ObjectedOtherwise
    if case.on > command.until:
        raise ObjectionTooLate(until=command.until.isoformat())
    return [objected]


def settle(command: SettleObjection, case: CaseFile) -> list[Event]:
    """Nothing where the receiver has taken the matter meanwhile, or the case has ended."""
    about, remit = case.about(Origin.OFFICE), case.remit
    if remit is None or remit.taken or not remit.objected or has_ended(case):
        return []
    if command.returned is None:
        return [RemitTaken(how=RemitHow.OBJECTION_REJECTED, **about)]
    return [CaseReturned(why=command.returned, **about)]


def taken_by_act(case: CaseFile, how: RemitHow) -> list[Event]:
    """Who accepts a matter, or takes its petitioner's withdrawal, has taken it."""
    return _taken(how, case) if case.remit else []


def _taken(how: RemitHow, case: CaseFile) -> list[Event]:
    about, remit = case.about(Origin.OFFICE), case.remit
    if remit is None:
        raise CaseWasNotTransferred
    if remit.returned:
        raise CaseWasReturned
    return [] if remit.taken else [RemitTaken(how=how, **about)]

"""What follows in other cases of a matter from a fact of one of them.

Pure: from the fact and its case as it was after it, to what is done elsewhere, in that order. The
home of the matter is told first, so that it learns of everything in the order of the hops:

  forwarded or assigned ─► home: passed-on ─► a case of the receiver
  objected ─► home: objected ─► the sender: objected
                          └──── a second time ─► the receiver's case is returned ─► home ─► county
  objected, and not decided in time: as a second time
  the sender's decision ─► the receiver's case is returned, or the matter is taken
  returned ─► home, sender: returned
  given back to the home ─► who gave it back: received
  received, taken, accepted, answered, ended … ─► home, sender: noted
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict

from services.intake.domain.case import CaseCommand, CaseFile
from services.intake.domain.case.receiving import ReceiveCase
from services.intake.domain.case.remit import SettleObjection
from services.intake.domain.case.transfer_note import NoteTransfer
from services.intake.domain.case.transfers import MOST_OBJECTIONS, PETITION_OFFICE, Hop
from services.intake.domain.reporting_policy import WITHIN_SIXTY_DAYS
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReopened,
    CaseResolved,
    CaseWithdrawn,
    OpinionServed,
)
from shared.contracts.transfer_codes import RemitHow, ReturnReason, TransferEnd, TransferStep
from shared.contracts.transfers import (
    CaseAssigned,
    CaseReturned,
    RemitObjected,
    RemitObjectionDecided,
    RemitTaken,
    TransferNoted,
)
from shared.divisions import division_of
from shared.times import china_day


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A command to another case of the matter."""

    stream_id: str
    command: CaseCommand


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """A case that the receiver of a matter files; what it lacks is looked up and taken for it."""

    case_id: str
    sender: CaseFile
    hop: Hop

    def filing(
        self,
        *,
        number: str,
        received_on: date,
        person_ref: str | None,
        content_digest: str | None,
    ) -> ReceiveCase:
        """The command under that number, with the receiver's own copy of person and text."""
        return ReceiveCase(
            case_id=self.case_id,
            number=number,
            sender=self.sender,
            sender_unit=PETITION_OFFICE,
            to_unit=self.hop.unit,
            assigned=self.hop.assigned,
            received_on=received_on,
            person_ref=person_ref,
            content_digest=content_digest,
        )

    def received_at(self, *, recorded_at: datetime, now: datetime) -> datetime:
        """When the receiver has the matter, of which all its terms run: at its own registration [R23].

        A day that the sender states takes nothing from them, nor does an outage. Only a forwarding
        that lay further back than anybody but a backfill may state is received on its own day.
        """
        passed_at = self.hop.at
        days = (china_day(recorded_at) - china_day(passed_at)).days
        return passed_at if days > WITHIN_SIXTY_DAYS.days_back else max(now, passed_at)


WHAT_HAPPENED: Mapping[type[Event], TransferStep] = {
    CaseFiled: TransferStep.RECEIVED,
    RemitTaken: TransferStep.TAKEN,
    CaseAccepted: TransferStep.ACCEPTED,
    OpinionServed: TransferStep.ANSWERED,
    CaseResolved: TransferStep.RESOLVED,
    CaseClosed: TransferStep.CLOSED,
    CaseReopened: TransferStep.REOPENED,
    CaseWithdrawn: TransferStep.ENDED,
    CaseDiverted: TransferStep.ENDED,
    CaseLinked: TransferStep.ENDED,
    CaseDeclined: TransferStep.ENDED,
}
"""What home and sender learn of a receiver's own steps."""

_ENDS: Mapping[type[Event], TransferEnd] = {
    CaseWithdrawn: TransferEnd.WITHDRAWN,
    CaseDiverted: TransferEnd.DIVERTED,
    CaseLinked: TransferEnd.LINKED,
    CaseDeclined: TransferEnd.DECLINED,
}
_FROM_THE_BEGINNING = {RemitHow.ASSIGNED, RemitHow.SUPERIOR, RemitHow.ACCEPTED}
"""Taken by an act that is noted itself."""

FOLLOWED: tuple[type[Event], ...] = (
    CaseForwarded,
    CaseHandedOver,
    CaseAssigned,
    RemitObjected,
    RemitObjectionDecided,
    CaseReturned,
    TransferNoted,
    *WHAT_HAPPENED,
)
"""The kinds of events from which something may follow."""


def leads_on(fact: Event) -> bool:
    """Whether something may follow from a fact of any case, also of one that reports to nobody."""
    match fact:
        case CaseForwarded():
            return fact.to_division not in {None, division_of(fact.case_id)}
        case CaseAssigned() | RemitObjectionDecided():
            return True
        case TransferNoted():
            return fact.step in {TransferStep.OBJECTED, TransferStep.RETURNED}
        case _:
            return False


def follow_ups(  # noqa: PLR0911  a table
    fact: Event, case: CaseFile, *, event_id: str
) -> list[FollowUp | Passing]:
    """What follows; `case` is as it was after the fact, `event_id` that of its event."""
    match fact:
        case CaseForwarded() | CaseAssigned() if leads_on(fact):
            return _passed_on(case)
        case CaseForwarded() | CaseHandedOver():
            return list(_noted(case, TransferStep.HANDED_OVER, to=case.reports_to))
        case RemitObjected():
            home = case.reports_to[:1]
            return list(_noted(case, TransferStep.OBJECTED, to=home, objection=event_id))
        case RemitObjectionDecided():
            returned = ReturnReason.OBJECTION_UPHELD if fact.upheld else None
            settled = SettleObjection(returned=returned)
            return [FollowUp(stream_id=fact.receiver_case_id, command=settled)]
        case CaseReturned():
            return list(_returned(fact, case))
        case TransferNoted():
            return list(_at_home(fact, case))
        case RemitTaken() if fact.how in _FROM_THE_BEGINNING:
            return []
        case _:
            step, end = WHAT_HAPPENED[type(fact)], _ENDS.get(type(fact))
            return list(_noted(case, step, to=case.reports_to, end=end))


def _own(case: CaseFile) -> str:
    return case.required.case_id


def _noted(
    case: CaseFile,
    step: TransferStep,
    *,
    to: Iterable[str],
    end: TransferEnd | None = None,
    objection: str | None = None,
) -> Iterable[FollowUp]:
    """The same note for each of these cases: what was done in this one."""
    note = NoteTransfer(
        receiver_case_id=_own(case),
        to_division=division_of(_own(case)),
        to_unit=case.unit,
        step=step,
        end=end,
        objection=objection,
    )
    return [FollowUp(stream_id=each, command=note) for each in to]


def _passed_on(case: CaseFile) -> list[FollowUp | Passing]:
    """The home learns of it before the receiver's case is there."""
    hop, own = case.transfers.current, _own(case)
    if hop is None:
        return []
    goes_home = hop.case_id == case.home_case_id
    note = NoteTransfer(
        receiver_case_id=own if goes_home else hop.case_id,
        to_division=hop.division,
        to_unit=hop.unit,
        step=TransferStep.RETURNED if goes_home else TransferStep.PASSED_ON,
    )
    if goes_home:
        note = replace(note, **_complained(case))
    informed = case.reports_to[:1] if goes_home else case.reports_to
    follow: list[FollowUp | Passing] = [
        FollowUp(stream_id=each, command=note) for each in informed
    ]
    if not goes_home:
        follow.append(Passing(case_id=hop.case_id, sender=case, hop=hop))
    return follow


class _Complained(TypedDict):
    complained_unit: str | None
    complained_mark: str | None
    complained_division: str | None


def _complained(case: CaseFile) -> _Complained:
    """The unit complained of, as a note names it."""
    filed = case.required
    return _Complained(
        complained_unit=filed.complained_unit,
        complained_mark=filed.complained_mark,
        complained_division=filed.complained_division,
    )


def _returned(fact: CaseReturned, case: CaseFile) -> Iterable[FollowUp]:
    """To the sender, or to the home, which passes it on to the superior.

    Whoever has the matter again learns with it who is complained of, which may have been corrected.
    """
    to_superior = fact.why is not ReturnReason.OBJECTION_UPHELD
    home, sender = case.reports_to[0], case.reports_to[-1]
    note = NoteTransfer(
        receiver_case_id=_own(case),
        to_division=division_of(home if to_superior else sender),
        to_unit=PETITION_OFFICE,
        step=TransferStep.RETURNED,
        to_superior=to_superior,
        **_complained(case),
    )
    informed = (home,) if to_superior else case.reports_to
    return [FollowUp(stream_id=each, command=note) for each in informed]


def _at_home(fact: TransferNoted, case: CaseFile) -> Iterable[FollowUp]:
    """What the home of a matter does on an objection, and when it has the matter again."""
    own = _own(case)
    hop = case.transfers.hop_to(fact.receiver_case_id)
    if hop is None or case.home_case_id != own:
        return []
    if fact.step is TransferStep.OBJECTED:
        return _objected(fact, case, hop)
    if fact.step is TransferStep.RETURNED and case.transfers.current is None:
        return _back(fact, case, hop)
    return []


def _back(fact: TransferNoted, case: CaseFile, hop: Hop) -> Iterable[FollowUp]:
    """The home has the matter again: who gave it back, or was skipped by the return, learns of it."""
    own, given_by = _own(case), case.transfers.given_by
    informed, step = (
        (given_by.case_id, TransferStep.RECEIVED)
        if given_by
        else (hop.came_from, TransferStep.PASSED_ON)
    )
    if informed in {None, own}:
        return []
    note = NoteTransfer(
        receiver_case_id=own, to_division=division_of(own), to_unit=fact.to_unit, step=step
    )
    return [FollowUp(stream_id=informed or own, command=note)]


def _objected(fact: TransferNoted, case: CaseFile, hop: Hop) -> Iterable[FollowUp]:
    """The sender decides the first objection to a matter; the superior settles the second."""
    if case.transfers.objections > MOST_OBJECTIONS:
        settled = SettleObjection(returned=ReturnReason.PASSED_TO_SUPERIOR)
        return [FollowUp(stream_id=hop.case_id, command=settled)]
    if hop.came_from in {None, _own(case)}:
        return []
    note = NoteTransfer(
        receiver_case_id=fact.receiver_case_id,
        to_division=fact.to_division,
        to_unit=fact.to_unit,
        step=fact.step,
        objection=fact.objection,
    )
    return [FollowUp(stream_id=hop.came_from or _own(case), command=note)]

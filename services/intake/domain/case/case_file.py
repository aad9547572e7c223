"""The state of a case: what its events come to since it was filed, or since it was reopened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple, TypedDict

from services.intake.domain.case.mediations import Mediations
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.proceedings import Proceedings
from services.intake.domain.case.remit_state import Remit
from services.intake.domain.case.transfers import PETITION_OFFICE, Holder, Transfers
from shared.contracts.case_holding import CaseHandedOver
from shared.contracts.case_holding_codes import Lane
from shared.contracts.event import Code
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDiverted,
    CaseEvent,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    FilingVoided,
    OpinionIssued,
    OpinionServed,
)
from shared.contracts.transfer_codes import TransferStep
from shared.decider import Mark
from shared.divisions import division_of
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.refusals import Refusal
from shared.times import china_day

UNMARKED = Mark(datetime(2000, 1, 1, tzinfo=UTC))

Departure = CaseWithdrawn | CaseDiverted | CaseLinked | CaseDeclined
"""The ways in which a case leaves the office without being handled to its end there."""


class CaseState(Code):
    """The states of a case."""

    UNFILED = "unfiled", "未登记"
    FILED = "filed", "已登记"
    FORWARDED = "forwarded", "已转送"
    ACCEPTED = "accepted", "已受理"
    ANSWERED = "answered", "已答复"
    RESOLVED = "resolved", "已化解"
    WITHDRAWN = "withdrawn", "已撤回"
    DIVERTED = "diverted", "已导入法定途径"
    LINKED = "linked", "已并案"
    DECLINED = "declined", "不予受理"
    TRANSFERRED_OUT = "transferred-out", "已转出"
    RETURNED = "returned", "已退回"
    WITH_DISCIPLINE = "with-discipline", "已转纪检监察"
    VOIDED = "voided", "登记作废"
    CLOSED = "closed", "已办结"


class CaseNotFound(Refusal):
    """There is no such case, or none that this token may see."""

    hides = True
    status = 404
    title = "No such case"


class About(TypedDict):
    """What every event about a case repeats."""

    case_id: str
    matter_id: str
    imported: bool | None
    day_only: bool | None


class Act(NamedTuple):
    """An act about a case, and its day in China."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as its events describe it; each event is kept as it was published."""

    version: int = 0
    mark: Mark = UNMARKED
    """Of the command or event that comes next: its time, and the id of the event."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """By kind, the mark of the last event; a reopening keeps those of what it keeps."""
    first_act: Act | None = None
    """The earliest act after the filing by its day; a correction is none."""
    filed: CaseFiled | None = None
    """The registration as it was made."""
    registration: CaseFiled | None = None
    """The registration as it was corrected since."""
    voided: FilingVoided | None = None
    forwarded: CaseForwarded | None = None
    mediation: Mediations = field(default_factory=Mediations)
    accepted: CaseAccepted | None = None
    replied: CaseReplied | None = None
    issued: OpinionIssued | None = None
    served: OpinionServed | None = None
    resolved: CaseResolved | None = None
    departed: Departure | None = None
    closed: CaseClosed | None = None
    reopened: CaseReopened | None = None
    answered_before: bool = False
    """Whether it had an answer when it was reopened: a first answer stays counted."""
    proceedings: Proceedings = field(default_factory=Proceedings)
    transfers: Transfers = field(default_factory=Transfers)
    """Where the matter went from here, and what was told of it."""
    remit: Remit | None = None
    """What was done with a matter that came from another ledger; None of one filed here."""
    imported: frozenset[CaseEvent] = frozenset()
    """Every event that registers have stated; a reopening keeps them."""
    unit_marks: KeyedMarks = field(default=NO_MARKS, compare=False, repr=False)
    """By which a unit is known as the one complained of; the same for every case."""

    @property
    def state(self) -> CaseState:
        """The furthest point that the case has reached."""
        if self.voided or self.is_sealed:
            return CaseState.VOIDED if self.voided else CaseState.WITH_DISCIPLINE
        if self.closed:
            return CaseState.CLOSED
        if self.departed:
            return _departed_to(self.departed)
        if self.remit and self.remit.returned:
            return CaseState.RETURNED
        if self.transfers.current:
            return CaseState.TRANSFERRED_OUT
        reached = (
            (self.resolved, CaseState.RESOLVED),
            (self.served or self.replied, CaseState.ANSWERED),
            (self.accepted, CaseState.ACCEPTED),
            (self.forwarded, CaseState.FORWARDED),
            (self.filed, CaseState.FILED),
        )
        return next((state for fact, state in reached if fact), CaseState.UNFILED)

    @property
    def case_id(self) -> str | None:
        """None before the filing."""
        return self.filed.case_id if self.filed else None

    @property
    def required(self) -> CaseFiled:
        """The registration as it was corrected since; CaseNotFound before the filing."""
        if self.registration is None:
            raise CaseNotFound
        return self.registration

    @property
    def home_case_id(self) -> str | None:
        """The case by which the matter was first filed; None before the filing."""
        return (self.filed.home_case_id or self.filed.case_id) if self.filed else None

    @property
    def unit(self) -> str:
        """The unit of the own division that has the case, or had it when it was passed on."""
        if self.responsible_unit:
            return self.responsible_unit
        within = self.forwarded is not None and self.transfers.current is None
        return self.forwarded.to_unit if self.forwarded and within else PETITION_OFFICE

    @property
    def holder(self) -> Holder | None:
        """The one unit that holds the matter; certain at its home, elsewhere as far as told.

        None before the filing, of a void registration, of a case that was returned, and of one that
        is the discipline lane's.
        """
        if self.filed is None or self.voided or self.is_sealed:
            return None
        if self.remit and self.remit.returned:
            return None
        hop = self.transfers.current
        if hop is None:
            own = self.filed.case_id
            return Holder(division=division_of(own), unit=self.unit, case_id=own)
        return Holder(
            division=hop.division,
            unit=hop.unit,
            case_id=hop.case_id,
            on_its_way=self.is_on_its_way,
        )

    @property
    def is_on_its_way(self) -> bool:
        """Whether the matter has left a ledger and is not known to be in the next one.

        Its home learns of every hop; every other case only of the receiver to which it passed the
        matter on itself.
        """
        hop, own = self.transfers.current, self.case_id
        if hop is None:
            return False
        if own == self.home_case_id:
            return hop.step in {None, TransferStep.PASSED_ON}
        return hop.came_from == own and hop.step is None

    @property
    def reports_to(self) -> tuple[str, ...]:
        """The cases that learn what is done here: that of the matter's home, and the sender's."""
        given_by = self.transfers.given_by
        sender = given_by.case_id if given_by else self.filed and self.filed.from_case_id
        home = self.filed and self.filed.home_case_id
        return tuple(dict.fromkeys(each for each in (home, sender) if each))

    @property
    def matter_id(self) -> str | None:
        """The matter that the case is about, as it was corrected since; None before the filing."""
        return self.registration.matter_id if self.registration else None

    @property
    def complained_name(self) -> str | None:
        """The unit that the petition complains of, as it was corrected since: its mark, or its code."""
        if self.registration is None:
            return None
        return self.registration.complained_mark or self.registration.complained_unit

    def complains_of(self, code: str) -> bool:
        """Whether the unit that the petition complains of has this code."""
        return self.complained_name in self.unit_marks.names_of_unit(code)

    @property
    def complained_division(self) -> str | None:
        """The division of that unit, where the petition states it."""
        return self.registration.complained_division if self.registration else None

    @property
    def complained_of(self) -> tuple[str, str] | None:
        """That unit by division and name: the division that first filed the matter, if none is stated."""
        if self.complained_name is None or self.home_case_id is None:
            return None
        return self.complained_division or division_of(self.home_case_id), self.complained_name

    @property
    def received_on(self) -> date | None:
        """The day on which the office received it; nothing happened to the case before."""
        if self.registration is None:
            return None
        return self.registration.received_on or china_day(self.marks[CaseFiled.kind].occurred_at)

    @property
    def first_received_on(self) -> date | None:
        """The day of receipt as it was first registered; no correction moves it."""
        if self.filed is None:
            return None
        return self.filed.received_on or china_day(self.marks[CaseFiled.kind].occurred_at)

    @property
    def registration_delay(self) -> int | None:
        """The days from the receipt to the registration."""
        filed_on, received_on = self.day_of(CaseFiled), self.received_on
        return max((filed_on - received_on).days, 0) if filed_on and received_on else None

    @property
    def handed_over(self) -> CaseHandedOver | None:
        """The last hand-over of the case."""
        return self.proceedings.hand_overs[-1][0] if self.proceedings.hand_overs else None

    @property
    def responsible_unit(self) -> str | None:
        """The unit that was given the case last; None before it was accepted."""
        if self.handed_over:
            return self.handed_over.to_unit
        return self.accepted.responsible_unit if self.accepted else None

    @property
    def handler(self) -> str | None:
        """The post that was given the case last; None where none was named."""
        if self.handed_over:
            return self.handed_over.to_post
        return self.accepted.handler if self.accepted else None

    @property
    def handlers_until_now(self) -> frozenset[str]:
        """Every post that has handled the case, up to the current one."""
        posts = {each.to_post for each, _ in self.proceedings.hand_overs}
        posts |= {self.accepted.handler} if self.accepted else set()
        return frozenset(post for post in posts if post is not None)

    @property
    def recused_posts(self) -> frozenset[str]:
        """The posts that were recused from the case."""
        return frozenset(fact.post for fact, _ in self.proceedings.recusals)

    @property
    def lane(self) -> Lane | None:
        """The procedure that the case takes; None where none was chosen, or its purpose has none."""
        return self.proceedings.routed[0].lane if self.proceedings.routed else None

    @property
    def is_sealed(self) -> bool:
        """Whether it was recognised as an accusation: it is the discipline lane's from then on."""
        return self.lane is Lane.DISCIPLINE

    @property
    def due_at(self) -> datetime | None:
        """The office's own end of the term, as it was extended."""
        if self.proceedings.extensions:
            return self.proceedings.extensions[-1][0].due_at
        return self.accepted.due_at if self.accepted else None

    @property
    def on(self) -> date:
        """The day in China of the fact that the command states."""
        return china_day(self.mark.occurred_at)

    def day_of(self, kind: type[CaseEvent]) -> date | None:
        """The day in China of the last event of that kind since the case was filed or reopened."""
        mark = self.marks.get(kind.kind)
        return china_day(mark.occurred_at) if mark else None

    def about(self, origin: Origin) -> About:
        """What the next event repeats of the case; CaseNotFound for one that was never filed."""
        if self.registration is None:
            raise CaseNotFound
        return about(self.registration.case_id, self.registration.matter_id, origin)

    def holds(self, fact: CaseEvent) -> bool:
        """Whether the record says this already, or a register once said it in the same words."""
        current = (
            self.forwarded,
            self.replied,
            self.issued,
            self.served,
            self.resolved,
            self.departed,
            self.closed,
        )
        said = _without_marks(fact)
        return without_text_mark(fact) in self.imported or any(
            held is not None and _without_marks(held) == said for held in current
        )


def about(case_id: str, matter_id: str, origin: Origin) -> About:
    """Which case, and whether an older register says so, and how precisely."""
    return {
        "case_id": case_id,
        "matter_id": matter_id,
        "imported": None if origin is Origin.OFFICE else True,
        "day_only": True if origin is Origin.REGISTER_DAY else None,
    }


def _departed_to(departure: Departure) -> CaseState:
    match departure:
        case CaseWithdrawn():
            return CaseState.WITHDRAWN
        case CaseDiverted():
            return CaseState.DIVERTED
        case CaseLinked():
            return CaseState.LINKED
        case CaseDeclined():
            return CaseState.DECLINED


def _without_marks(fact: CaseEvent) -> CaseEvent:
    return without_text_mark(fact).model_copy(update={"imported": None, "day_only": None})


def without_text_mark(fact: CaseEvent) -> CaseEvent:
    """The fact as it is compared: under another key, or before there was one, the mark differs."""
    match fact:
        case OpinionIssued() | CaseReplied():
            return fact.model_copy(update={"text_mark": None})
        case _:
            return fact

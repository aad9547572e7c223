"""Ledgers of made-up cases: each call is one event, at the next place of its township's ledger."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypedDict

from services.stats.domain.case_fact import CaseFact
from services.stats.domain.case_subject import CASE
from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    LinkReason,
    OpinionResult,
    Outcome,
    Procedure,
    Purpose,
    ReopenReason,
    ResolvedHow,
    Route,
    ServiceMethod,
)
from shared.contracts.case_handling import ExtensionGranted
from shared.contracts.case_handling_codes import (
    ApproverRole,
    CorrectionReason,
    DeclineGround,
    FilingFact,
    FilingVoidReason,
    NoticeKind,
)
from shared.contracts.case_holding import CaseRouted
from shared.contracts.case_holding_codes import Lane, RoutingGround
from shared.contracts.case_notices import NoticeServed
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade, RatingWay
from shared.contracts.case_ratings import CaseRated
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
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.contracts.transfer_codes import ReturnReason, TransferStep
from shared.contracts.transfers import CaseAssigned, CaseReturned, TransferNoted
from shared.divisions import new_id
from shared.times import start_of
from tests.stats.made_up_ledger import COUNTY, NEIGHBOUR, TOWNSHIP, MadeUpLedger

__all__ = ["COUNTY", "NEIGHBOUR", "TOWNSHIP", "Ledger"]

_ELSEWHERE = new_id(NEIGHBOUR)


@dataclass
class Ledger(MadeUpLedger):
    """Cases of a township, as intake tells of them."""

    source = "/intake"
    repeats: dict[str, str | None] = field(default_factory=dict)
    """What each case is said to repeat."""
    filed_at: dict[str, datetime] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)

    def file(  # noqa: PLR0917 - tests name what they give
        self,
        on: str | datetime,
        category: Category = Category.LAND,
        channel: Channel = Channel.ONLINE,
        headcount: int | None = 1,
        history: FirstOrRepeat = FirstOrRepeat.FIRST,
        village: str | None = None,
        repeat_of: str | None = None,
        imported: bool | None = None,
        **more: Any,
    ) -> str:
        case_id = new_id(self.division)
        filed = CaseFiled(
            matter_id=more.pop("matter_id", case_id),
            case_id=case_id,
            number="519900-2025-WS-000001-C",
            channel=channel,
            category=category,
            headcount=headcount,
            joint=None,
            first_or_repeat=history,
            urgent=None,
            village_code=village,
            repeat_of=repeat_of,
            imported=imported,
            **{"purpose": Purpose.REQUEST, "anonymous": None, **more},
        )
        self._add(filed, on)
        self.repeats[case_id] = repeat_of
        self.filed_at[case_id] = self.events[-1].occurred_at
        return case_id

    def correct(self, case: str, on: str | datetime, **facts: Any) -> None:
        """The facts by their fields; of a voided case nothing is corrected any more."""
        if case in self.voided:
            return
        changed = FilingFact.in_order([each for each in FilingFact if each.field in facts])
        if "repeat_of" in facts:
            facts |= {
                "no_longer_repeats": self.repeats[case],
                "registered_at": self.filed_at[case],
            }
            self.repeats[case] = facts["repeat_of"]
        corrected = FilingCorrected(
            why=CorrectionReason.TYPING_ERROR, changed=changed, **facts, **_about(case)
        )
        self._add(corrected, on)

    def void(self, case: str, on: str | datetime) -> None:
        if case in self.voided:
            return
        self.voided.add(case)
        voided = FilingVoided(
            why=FilingVoidReason.REGISTERED_TWICE,
            no_longer_repeats=self.repeats[case],
            **_about(case),
        )
        self._add(voided, on)

    def recognise(self, case: str, on: str | datetime) -> None:
        """As an accusation: it is neither corrected nor voided after it."""
        self.voided.add(case)
        routed = CaseRouted(
            purpose=Purpose.ACCUSATION,
            lane=Lane.DISCIPLINE,
            ground=RoutingGround.BY_LAW,
            by_post="post-1",
            **_about(case),
        )
        self._add(routed, on)

    def route(self, case: str, on: str | datetime) -> None:
        """To the petition procedure."""
        routed = CaseRouted(
            purpose=Purpose.REQUEST,
            lane=Lane.PETITION,
            ground=RoutingGround.NO_OTHER_ROUTE,
            by_post="post-1",
            **_about(case),
        )
        self._add(routed, on)

    def decline(self, case: str, on: str | datetime) -> None:
        ground = DeclineGround.NOT_COMPETENT
        self._add(CaseDeclined(ground=ground, competent_unit="court", **_about(case)), on)

    def tell(
        self,
        case: str,
        on: str | datetime,
        notice: NoticeKind = NoticeKind.RECEIPT,
        served_on: date | None = None,
    ) -> None:
        method = ServiceMethod.IN_PERSON
        served = NoticeServed(notice=notice, method=method, served_on=served_on, **_about(case))
        self._add(served, on)

    def extend(self, case: str, on: str | datetime, until: str) -> None:
        """The last day is that one, for office and petitioner."""
        due_at = start_of(date.fromisoformat(until) + timedelta(days=1))
        extended = ExtensionGranted(
            days=30,
            approver_role=ApproverRole.UNIT_HEAD,
            due_at=due_at,
            due_at_for_petitioner=due_at,
            **_about(case),
        )
        self._add(extended, on)

    def forward(self, case: str, on: str | datetime, to_division: str | None = None) -> None:
        """Within the township, or to another ledger."""
        forwarded = CaseForwarded(
            to_unit="justice-office", to_division=to_division, **_about(case)
        )
        self._add(forwarded, on)

    def assign(self, case: str, on: str | datetime, to_division: str = NEIGHBOUR) -> None:
        assigned = CaseAssigned(to_unit="justice-office", to_division=to_division, **_about(case))
        self._add(assigned, on)

    def note(
        self,
        case: str,
        on: str | datetime,
        step: TransferStep = TransferStep.RETURNED,
        to_division: str | None = None,
    ) -> None:
        """What became of a matter that was passed on: it is back, unless told otherwise."""
        noted = TransferNoted(
            receiver_case_id=_ELSEWHERE,
            to_division=to_division or self.division,
            to_unit="petition-office",
            step=step,
            **_about(case),
        )
        self._add(noted, on)

    def give_back(self, case: str, on: str | datetime) -> None:
        """The matter is not this office's: its case here ends."""
        self._add(CaseReturned(why=ReturnReason.OBJECTION_UPHELD, **_about(case)), on)

    def accept(self, case: str, on: str, days: int | None = 60, rest: int | None = None) -> None:
        """For the petitioner the term ends so many days of rest later, where that is stated.

        Without days the case has no term.
        """
        due_at = (
            None if days is None else start_of(date.fromisoformat(on) + timedelta(days=days + 1))
        )
        accepted = CaseAccepted(
            procedure=Procedure.ORDINARY,
            responsible_unit="justice-office",
            co_handlers=(),
            due_at=due_at,
            due_at_for_petitioner=(
                None if due_at is None or rest is None else due_at + timedelta(days=rest)
            ),
            handler="post-1",
            **_about(case),
        )
        self._add(accepted, on)

    def reply(self, case: str, on: str | datetime) -> None:
        self._add(CaseReplied(reply_digest="0" * 64, **_about(case)), on)

    def serve(self, case: str, on: str | datetime, served_on: date | None = None) -> None:
        served = OpinionServed(
            result=OpinionResult.SUPPORTED,
            measures=(),
            method=ServiceMethod.POST,
            served_on=served_on,
            **_about(case),
        )
        self._add(served, on)

    def resolve(self, case: str, on: str | datetime, *, grounds: tuple[str, ...] = ()) -> None:
        how = ResolvedHow.OPINION_ACCEPTED
        resolved = CaseResolved(how=how, on_site=False, grounds=grounds or None, **_about(case))
        self._add(resolved, on)

    def withdraw(self, case: str, on: str | datetime) -> None:
        self._add(CaseWithdrawn(statement_recorded=True, **_about(case)), on)

    def divert(self, case: str, on: str | datetime) -> None:
        self._add(CaseDiverted(route=Route.LITIGATION, **_about(case)), on)

    def link(self, case: str, on: str | datetime) -> None:
        self._add(CaseLinked(to_case_id=None, why=LinkReason.DUPLICATE, **_about(case)), on)

    def close(self, case: str, on: str | datetime) -> None:
        self._add(CaseClosed(outcome=Outcome.SUPPORTED, **_about(case)), on)

    def rate(
        self,
        case: str,
        on: str | datetime,
        about: RatedSubject = RatedSubject.RESPONSIBLE_UNIT,
        grade: RatingGrade = RatingGrade.SATISFIED,
    ) -> None:
        rater = RatingWay.PETITIONER
        self._add(CaseRated(about=about, grade=grade, rater=rater, **_about(case)), on)

    def reopen(self, case: str, on: str | datetime) -> None:
        self._add(CaseReopened(reason=ReopenReason.NEW_FACTS, **_about(case)), on)

    def fact(self, case: str) -> CaseFact:
        """What the case's steps come to."""
        steps = [step for event in self.events for step in CASE.steps_of(event)]
        fact = CASE.fold(step for step in steps if step.entity_id == case)
        assert isinstance(fact, CaseFact)
        return fact

    def _add(self, event: CaseEvent, on: str | datetime) -> None:
        self.record(event, event.case_id, on)


class About(TypedDict):
    case_id: str
    matter_id: str


def _about(case: str) -> About:
    return {"case_id": case, "matter_id": case}

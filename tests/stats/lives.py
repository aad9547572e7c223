"""Ledgers of made-up cases: each call is one event, at the next place of its township's ledger."""

from datetime import date, datetime, timedelta
from typing import TypedDict

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
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDiverted,
    CaseEvent,
    CaseFiled,
    CaseForwarded,
    CaseLinked,
    CaseReopened,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    OpinionServed,
)
from shared.divisions import new_id
from shared.times import start_of
from tests.stats.made_up_ledger import COUNTY, NEIGHBOUR, TOWNSHIP, MadeUpLedger

__all__ = ["COUNTY", "NEIGHBOUR", "TOWNSHIP", "Ledger"]


class Ledger(MadeUpLedger):
    """Cases of a township, as intake tells of them."""

    source = "/intake"

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
    ) -> str:
        case_id = new_id(self.division)
        filed = CaseFiled(
            matter_id=case_id,
            case_id=case_id,
            number="519900-2025-WS-000001-C",
            channel=channel,
            purpose=Purpose.REQUEST,
            category=category,
            headcount=headcount,
            joint=None,
            anonymous=None,
            first_or_repeat=history,
            urgent=None,
            village_code=village,
            repeat_of=repeat_of,
            imported=imported,
        )
        self._add(filed, on)
        return case_id

    def forward(self, case: str, on: str | datetime) -> None:
        self._add(CaseForwarded(to_unit="justice-office", **_about(case)), on)

    def accept(self, case: str, on: str, days: int = 60) -> None:
        accepted = CaseAccepted(
            procedure=Procedure.ORDINARY,
            responsible_unit="justice-office",
            co_handlers=(),
            due_at=start_of(date.fromisoformat(on) + timedelta(days=days + 1)),
            handler="post-1",
            **_about(case),
        )
        self._add(accepted, on)

    def reply(self, case: str, on: str | datetime) -> None:
        self._add(CaseReplied(reply_digest="0" * 64, **_about(case)), on)

    def serve(self, case: str, on: str | datetime) -> None:
        served = OpinionServed(
            result=OpinionResult.SUPPORTED, measures=(), method=ServiceMethod.POST, **_about(case)
        )
        self._add(served, on)

    def resolve(self, case: str, on: str | datetime) -> None:
        how = ResolvedHow.OPINION_ACCEPTED
        self._add(CaseResolved(how=how, on_site=False, **_about(case)), on)

    def withdraw(self, case: str, on: str | datetime) -> None:
        self._add(CaseWithdrawn(statement_recorded=True, **_about(case)), on)

    def divert(self, case: str, on: str | datetime) -> None:
        self._add(CaseDiverted(route=Route.LITIGATION, **_about(case)), on)

    def link(self, case: str, on: str | datetime) -> None:
        self._add(CaseLinked(to_case_id=None, why=LinkReason.DUPLICATE, **_about(case)), on)

    def close(self, case: str, on: str | datetime) -> None:
        self._add(CaseClosed(outcome=Outcome.SUPPORTED, **_about(case)), on)

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

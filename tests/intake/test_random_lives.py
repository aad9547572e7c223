"""Random lives of a case, day by day, under the real clocks: what holds in every one of them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import create_autospec

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.acceptance import AcceptCase
from services.intake.domain.case.answering import IssueOpinion, ServeOpinion
from services.intake.domain.case.departure import DivertCase
from services.intake.domain.case.reopening import ReopenCase
from services.intake.domain.case.resolution import ResolveCase
from services.intake.domain.case.service_of_documents import Service
from services.intake.domain.case.statements import RecordStatement
from services.intake.domain.case.withdrawal import (
    EndStatedWithdrawal,
    StateWithdrawal,
    TakeBackWithdrawal,
    WithdrawCase,
)
from services.intake.domain.term_of_handling import due_of_handling, review_until
from services.intake.domain.withdrawal_policy import WITHIN_SEVEN_DAYS
from shared.clocks.shipped import shipped_calendar, shipped_policy
from shared.contracts.case_codes import (
    Measure,
    OpinionResult,
    Procedure,
    ReopenReason,
    ResolvedHow,
    Route,
    ServiceMethod,
)
from shared.contracts.case_handling import StatementRecorded, WithdrawalStated
from shared.contracts.case_handling_codes import ServiceProof, StatementKind, StatementWay
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseAccepted,
    CaseEvent,
    CaseFiled,
    CaseResolved,
    CaseWithdrawn,
    OpinionIssued,
    OpinionServed,
)
from shared.decider import Mark
from shared.handling import Handling, Record
from shared.ledger import Ledger
from shared.refusals import Refusal
from shared.state_table import example_event_id
from shared.times import china_day, end_of
from tests.intake.facts import DIGEST, FILE

POLICY, CALENDAR = shipped_policy(), shipped_calendar()
BEGINS = date(2025, 3, 3)
HANDLING = Handling(ledger=create_autospec(Ledger), decider=CASE, answer=lambda _: None)
Step = Callable[[CaseFile, datetime], CaseCommand]


def accept(_: CaseFile, at: datetime) -> CaseCommand:
    return AcceptCase(
        handler="post-wu",
        procedure=Procedure.ORDINARY,
        responsible_unit="labour-office",
        co_handlers=(),
        due=due_of_handling(Procedure.ORDINARY, at, policy=POLICY, calendar=CALENDAR),
    )


def resolve(how: ResolvedHow) -> Step:
    return lambda case, _: ResolveCase(
        how=how, on_site=False, review_until=review_until(case, policy=POLICY, calendar=CALENDAR)
    )


def state_withdrawal(_: CaseFile, at: datetime) -> CaseCommand:
    return StateWithdrawal(
        way=StatementWay.IN_WRITING,
        taken_by="post-wu",
        takes_effect_at=WITHIN_SEVEN_DAYS.takes_effect_at(china_day(at)),
    )


def record(kind: StatementKind) -> Step:
    return lambda _, __: RecordStatement(
        statement=kind, way=StatementWay.IN_PERSON, taken_by="post-wu"
    )


STEPS: tuple[Step, ...] = (
    accept,
    lambda _, __: IssueOpinion(
        result=OpinionResult.SUPPORTED, measures=(Measure.SOLVE,), opinion_digest=DIGEST
    ),
    lambda _, at: ServeOpinion(
        service=Service(
            method=ServiceMethod.POST,
            proof=ServiceProof.POSTING_RECEIPT,
            served_on=china_day(at),
        )
    ),
    record(StatementKind.SETTLED_ON_THE_SPOT),
    record(StatementKind.OPINION_ACCEPTED),
    *map(resolve, ResolvedHow),
    state_withdrawal,
    lambda _, __: TakeBackWithdrawal(way=StatementWay.BY_PHONE, taken_by="post-wu"),
    lambda _, __: WithdrawCase(statement_recorded=True),
    lambda _, __: DivertCase(route=Route.LITIGATION),
    lambda _, __: ReopenCase(reason=ReopenReason.NEW_FACTS),
)

OFTEN = STEPS[:6]
"""What has to come for a case to be settled; chosen often, so that many lives get that far."""

lives = st.lists(
    st.tuples(
        st.sampled_from([*OFTEN * 3, *STEPS]),
        st.integers(0, 4) | st.integers(-10, 50),
        st.booleans(),
    ),
    max_size=30,
)
"""What is tried, how many days after the step before, and whether the due row came first."""


@dataclass
class Life:
    """A case, and every event of it with its mark."""

    case: CaseFile = CASE.initial
    events: list[tuple[Event, Mark]] = field(default_factory=list)

    def tries(self, command: CaseCommand, at: datetime) -> None:
        """Record what follows; a refusal changes nothing."""
        record = Record(state=self.case, version=len(self.events))
        try:
            decided = HANDLING.decide(command, Mark(at), record)
        except Refusal:
            return
        for event in decided:
            mark = Mark(at, example_event_id(len(self.events) + 1))
            self.case = CASE.fold_marked([(event, mark)], self.case)
            self.events.append((event, mark))

    def ends_withdrawal(self, by: datetime) -> None:
        """What the due row does when its time has come."""
        stated = self.case.proceedings.withdrawal
        if stated is None or stated[0].takes_effect_at > by or stated[1].event_id is None:
            return
        command = EndStatedWithdrawal(statement_id=stated[1].event_id)
        self.tries(command, stated[0].takes_effect_at)

    def days(self, kind: type[CaseEvent]) -> list[date]:
        return [china_day(mark.occurred_at) for event, mark in self.events if type(event) is kind]


def lived(steps: list[tuple[Step, int, bool]]) -> Life:
    life, at = Life(), datetime(2025, 3, 5, 2, tzinfo=UTC)
    life.tries(replace(FILE, received_on=BEGINS), at)
    for step, later, row_first in steps:
        at = at + timedelta(days=later)
        if row_first:
            life.ends_withdrawal(at)
        life.tries(step(life.case, at), at)
    return life


@given(lives)
def test_no_act_lies_before_the_receipt(steps: list[tuple[Step, int, bool]]) -> None:
    life = lived(steps)
    assert life.case.received_on == BEGINS
    assert all(
        china_day(mark.occurred_at) >= BEGINS
        for event, mark in life.events
        if not isinstance(event, CaseFiled)
    )


@given(lives)
def test_the_term_runs_from_the_day_of_the_acceptance_however_late_it_is_typed(
    steps: list[tuple[Step, int, bool]],
) -> None:
    life = lived(steps)
    for event, mark in life.events:
        if isinstance(event, CaseAccepted):
            accepted_on = china_day(mark.occurred_at)
            assert accepted_on >= BEGINS
            assert event.due_at == end_of(accepted_on + timedelta(days=60)) + timedelta(seconds=1)
            assert event.due_at_for_petitioner is not None
            assert event.due_at_for_petitioner >= event.due_at


@given(lives)
def test_every_resolution_rests_on_an_earlier_event_of_its_kind(
    steps: list[tuple[Step, int, bool]],
) -> None:
    life = lived(steps)
    earlier: dict[str, tuple[Event, Mark]] = {}
    for event, mark in life.events:
        if isinstance(event, CaseResolved):
            assert event.grounds
            for ground in event.grounds:
                rests_on, before = earlier[ground]
                assert isinstance(rests_on, StatementRecorded | OpinionServed)
                assert china_day(before.occurred_at) <= china_day(mark.occurred_at)
            if event.how is ResolvedHow.TIME_FOR_REVIEW_PASSED:
                served_on = max(life.days(OpinionServed))
                assert china_day(mark.occurred_at) > served_on + timedelta(days=30)
        earlier[mark.event_id or ""] = event, mark


@given(lives)
def test_the_acts_of_handling_come_in_their_order(steps: list[tuple[Step, int, bool]]) -> None:
    order = (CaseAccepted, OpinionIssued, OpinionServed, CaseResolved)
    last: dict[type[Event], date] = {}
    for event, mark in lived(steps).events:
        day = china_day(mark.occurred_at)
        if type(event) in order:
            before = order[: order.index(type(event))]
            assert all(last[kind] <= day for kind in before if kind in last)
            last[type(event)] = day


@given(lives)
def test_a_withdrawal_takes_seven_days_and_lifts_no_term(
    steps: list[tuple[Step, int, bool]],
) -> None:
    life, stated = lived(steps), list[datetime]()
    for event, mark in life.events:
        if isinstance(event, WithdrawalStated):
            stated.append(event.takes_effect_at)
            day = china_day(mark.occurred_at)
            assert china_day(event.takes_effect_at - timedelta(seconds=1)) >= day + timedelta(
                days=7
            )
        if isinstance(event, CaseWithdrawn):
            assert mark.occurred_at >= stated[-1]
    if life.case.departed and life.case.accepted:
        assert life.case.due_at == life.case.accepted.due_at

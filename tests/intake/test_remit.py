"""A matter that came from another ledger is taken or objected to; its sender decides."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.intake import examples
from services.intake.domain.case import CASE, CaseCommand, CaseState
from services.intake.domain.case.assigning import AssignedToItself, OnlyASuperiorAssigns
from services.intake.domain.case.crossing import (
    DivisionHadIt,
    DivisionInAnotherCounty,
    MatterIsAssigned,
    MediationIsAskedFor,
    RemitNotTaken,
    SuperiorAssigns,
    WithdrawalRuns,
)
from services.intake.domain.case.declining import ObjectInstead
from services.intake.domain.case.ended import CaseWasReturned, MatterIsElsewhere
from services.intake.domain.case.filing import CaseAlreadyFiled
from services.intake.domain.case.forwarding import CaseAlreadyAccepted, GoesOneLevelUp
from services.intake.domain.case.objection import NoObjection, ObjectionDecidedOtherwise
from services.intake.domain.case.remit import (
    CaseWasNotTransferred,
    ObjectedOtherwise,
    ObjectionTooLate,
    RemitIsTaken,
    SettleObjection,
)
from services.intake.domain.term_of_handling import objection_until
from shared.clocks.shipped import shipped_calendar, shipped_policy
from shared.contracts.case_codes import MediationOutcome
from shared.contracts.case_handling_codes import DeclineGround
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled, CaseForwarded
from shared.contracts.transfer_codes import (
    ObjectionReason,
    RemitHow,
    ReturnReason,
    TransferStep,
)
from shared.contracts.transfers import (
    CaseAssigned,
    CaseReturned,
    RemitObjected,
    RemitObjectionDecided,
    RemitTaken,
    TransferNoted,
)
from shared.decider import Mark
from shared.refusals import Refusal
from shared.state_table import example_event_id
from shared.testing.given_when_then import Facts
from tests.intake.facts import ACCEPTED, CASE_ID, FILED, MATTER_ID, fact
from tests.intake.mediation_facts import noted as noted_outcome

case = Facts(CASE)
DAY, LAST_DAY, TOO_LATE = date(2025, 3, 4), date(2025, 3, 11), date(2025, 3, 12)
ABOUT: Any = {"case_id": CASE_ID, "matter_id": MATTER_ID}
OBJECTED = RemitObjected(
    by_unit="petition-office", reason_code=ObjectionReason.NOT_COMPETENT, **ABOUT
)
TAKEN = RemitTaken(how=RemitHow.STATED, **ABOUT)
RECEIVED = FILED.model_copy(
    update={"from_case_id": examples.NEIGHBOURS_CASE, "home_case_id": examples.NEIGHBOURS_CASE}
)
FORWARDED = CaseForwarded(to_unit="petition-office", to_division=examples.NEIGHBOUR, **ABOUT)
OUT = (fact(1, DAY, FILED), fact(2, DAY, FORWARDED))


def noted(step: TransferStep, **changes: Any) -> TransferNoted:
    return TransferNoted(
        receiver_case_id=examples.NEIGHBOURS_CASE,
        to_division=examples.NEIGHBOUR,
        to_unit="petition-office",
        step=step,
        **ABOUT,
        **changes,
    )


OBJECTION = noted(TransferStep.OBJECTED, objection=examples.an_id(0x22))


@pytest.mark.parametrize("received_on", [date(2026, 2, 10), date(2026, 1, 5)])
def test_five_working_days_are_counted_from_the_recording_at_the_earliest(
    received_on: date,
) -> None:
    until = objection_until(
        received_on,
        recorded_on=date(2026, 2, 10),
        policy=shipped_policy(),
        calendar=shipped_calendar(),
    )
    assert until.due_on == date(2026, 2, 24)


def test_the_receiver_takes_it_once() -> None:
    case.given(RECEIVED).when(examples.TAKE).then(TAKEN)
    case.given(RECEIVED, TAKEN).when(examples.TAKE).then_nothing()
    case.given(RECEIVED, OBJECTED).when(examples.TAKE).then(TAKEN)


def test_it_objects_within_the_days_with_one_reason() -> None:
    case.given(RECEIVED).when(examples.OBJECT, on=LAST_DAY).then(OBJECTED)
    case.given(RECEIVED).when(examples.OBJECT, on=TOO_LATE).then_refused(ObjectionTooLate)
    case.given(RECEIVED, OBJECTED).when(examples.OBJECT, on=TOO_LATE).then_nothing()
    other = replace(examples.OBJECT, reason=ObjectionReason.STATUTORY_ROUTE)
    case.given(RECEIVED, OBJECTED).when(other).then_refused(ObjectedOtherwise)
    case.given(RECEIVED, TAKEN).when(examples.OBJECT).then_refused(RemitIsTaken)


def test_who_accepts_it_or_takes_the_petitioner_s_withdrawal_has_taken_it() -> None:
    accepted = case.given(RECEIVED, OBJECTED).when(examples.ACCEPT)
    assert RemitTaken(how=RemitHow.ACCEPTED, **ABOUT) in accepted.events
    withdrawal = case.given(RECEIVED, OBJECTED).when(examples.STATE_WITHDRAWAL)
    assert TAKEN in withdrawal.events


@pytest.mark.parametrize(
    "before", [(RECEIVED, TAKEN), (RECEIVED, OBJECTED), (FILED,)], ids=["taken", "objected", "own"]
)
def test_the_days_lapse_without_effect_where_something_was_done(before: tuple[Event, ...]) -> None:
    case.given(*before).when(examples.LAPSE, on=TOO_LATE).then_nothing()


def test_it_is_returned_only_as_long_as_it_is_objected_to() -> None:
    returned = CaseReturned(why=ReturnReason.OBJECTION_UPHELD, **ABOUT)
    ended = case.given(RECEIVED, OBJECTED).when(examples.SETTLE)
    ended.then(returned)
    assert ended.state.state is CaseState.RETURNED
    assert ended.state.holder is None
    case.given(RECEIVED, OBJECTED, TAKEN).when(examples.SETTLE).then_nothing()
    rejected = SettleObjection(returned=None)
    case.given(RECEIVED, OBJECTED).when(rejected).then(
        RemitTaken(how=RemitHow.OBJECTION_REJECTED, **ABOUT)
    )
    for command in (examples.TAKE, examples.ACCEPT, examples.DIVERT, examples.FORWARD):
        case.given(RECEIVED, OBJECTED, returned).when(command).then_refused(CaseWasReturned)


def test_what_was_filed_here_is_neither_taken_nor_objected_to() -> None:
    for command in (examples.TAKE, examples.OBJECT):
        case.given(FILED).when(command).then_refused(CaseWasNotTransferred)


def test_nobody_passes_on_what_is_not_in_their_hands() -> None:
    onward = replace(examples.FORWARD_ACROSS, to_division="519900103")
    case.given(RECEIVED).when(onward).then_refused(RemitNotTaken)
    case.given(RECEIVED, TAKEN).when(onward).then_kinds(CaseForwarded)
    assigned = RemitTaken(how=RemitHow.ASSIGNED, **ABOUT)
    case.given(RECEIVED, assigned).when(onward).then_refused(MatterIsAssigned)


def test_a_taken_matter_goes_to_no_division_that_had_it_but_up_to_the_county() -> None:
    there = RECEIVED.model_copy(update={"from_case_id": f"519900103{CASE_ID[9:]}"})
    onward = replace(examples.FORWARD_ACROSS, to_division="519900104")
    for division in (examples.NEIGHBOUR, "519900103"):
        back = replace(onward, to_division=division)
        case.given(there, TAKEN).when(back).then_refused(DivisionHadIt, field="to_division")
    case.given(there, TAKEN).when(onward).then_kinds(CaseForwarded)
    looked_up = replace(onward, had_it=frozenset({"519900104", "519900"}))
    case.given(there, TAKEN).when(looked_up).then_refused(DivisionHadIt, field="to_division")
    up = replace(looked_up, to_division="519900")
    case.given(there, TAKEN).when(up).then_kinds(CaseForwarded)


def test_a_receiver_ends_nothing_that_it_has_not_taken() -> None:
    pending = replace(examples.DECLINE, ground=DeclineGround.IN_PROCESS)
    for command in (pending, examples.DIVERT, examples.LINK, examples.REFER):
        case.given(RECEIVED).when(command).then_refused(RemitNotTaken)
        case.given(RECEIVED, OBJECTED).when(command).then_refused(RemitNotTaken)
    for command in (pending, examples.DIVERT, examples.REFER):
        assert case.given(RECEIVED, TAKEN).when(command).events


def test_who_is_not_competent_objects_and_does_not_decline() -> None:
    for before in ((RECEIVED,), (RECEIVED, TAKEN)):
        case.given(*before).when(examples.DECLINE).then_refused(ObjectInstead, field="ground")
    assert case.given(FILED).when(examples.DECLINE).events


def test_a_matter_stays_while_a_committee_is_asked_to_mediate() -> None:
    asked = case.given(FILED).when(examples.REFER).events
    case.given(FILED, *asked).when(examples.FORWARD_ACROSS).then_refused(MediationIsAskedFor)
    failed = noted_outcome(MediationOutcome.FAILED, committee_id=examples.COMMITTEE)
    case.given(FILED, *asked, failed).when(examples.FORWARD_ACROSS).then_kinds(CaseForwarded)
    again = case.given(FILED, *asked, failed).when(examples.REFER).events
    case.given(FILED, *asked, failed, *again).when(examples.FORWARD_ACROSS).then_refused(
        MediationIsAskedFor
    )


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(examples.FORWARD_ACROSS, to_division="410100101"), DivisionInAnotherCounty),
        (examples.ASSIGN, OnlyASuperiorAssigns),
    ],
)
def test_a_township_passes_on_within_its_county_and_assigns_nothing(
    command: CaseCommand, refusal: type[Refusal]
) -> None:
    case.given(FILED).when(command).then_refused(refusal)


def test_only_before_the_acceptance_and_while_no_withdrawal_runs() -> None:
    case.given(FILED, ACCEPTED).when(examples.FORWARD_ACROSS).then_refused(CaseAlreadyAccepted)
    stated = case.given(FILED).when(examples.STATE_WITHDRAWAL).events
    case.given(FILED, *stated).when(examples.FORWARD_ACROSS).then_refused(WithdrawalRuns)


def test_the_same_forwarding_again_adds_nothing_and_after_a_return_it_goes_again() -> None:
    case.given(*OUT).when(examples.FORWARD_ACROSS).then_nothing()
    returned = OBJECTION.model_copy(
        update={"step": TransferStep.RETURNED, "to_division": CASE_ID[:9], "objection": None}
    )
    again = case.given(*OUT, OBJECTION, returned).when(examples.FORWARD_ACROSS)
    again.then_kinds(CaseForwarded)


def test_the_sender_decides_an_objection_once() -> None:
    decided = RemitObjectionDecided(
        objection=examples.an_id(0x22),
        receiver_case_id=examples.NEIGHBOURS_CASE,
        upheld=True,
        **ABOUT,
    )
    case.given(*OUT).when(examples.DECIDE_OBJECTION).then_refused(NoObjection)
    case.given(*OUT, OBJECTION).when(examples.DECIDE_OBJECTION).then(decided)
    case.given(*OUT, OBJECTION, decided).when(examples.DECIDE_OBJECTION).then_nothing()
    other = replace(examples.DECIDE_OBJECTION, upheld=False)
    case.given(*OUT, OBJECTION, decided).when(other).then_refused(ObjectionDecidedOtherwise)
    taken = noted(TransferStep.TAKEN)
    case.given(*OUT, OBJECTION, taken).when(examples.DECIDE_OBJECTION).then_refused(NoObjection)


def test_what_another_holds_is_acted_on_there() -> None:
    for command in (examples.ACCEPT, examples.DIVERT, examples.CORRECT, examples.REOPEN):
        case.given(*OUT).when(command).then_refused(MatterIsElsewhere)


EARLIER = Mark(datetime(2025, 3, 3, 2, tzinfo=UTC))


class TestTheCounty:
    """The common superior of the townships."""

    filed = replace(examples.FILE, case_id=examples.COUNTY_CASE, external=None)

    def state(self, *more: CaseCommand) -> Any:
        state = CASE.initial
        for number, command in enumerate((self.filed, *more), start=1):
            at = Mark(EARLIER.occurred_at, example_event_id(number))
            for event in CASE.decide(command, CASE.at(state, at)):
                state = CASE.fold_marked([(event, at)], state)
        return state

    def refused(self, state: Any, command: CaseCommand) -> type[Refusal]:
        with pytest.raises(Refusal) as refusal:
            CASE.decide(command, CASE.at(state, EARLIER))
        return refusal.type

    def test_it_assigns_once_and_not_to_itself(self) -> None:
        state = self.state(examples.ASSIGN)
        assert state.state is CaseState.TRANSFERRED_OUT
        assert state.transfers.current.assigned
        assert CASE.decide(examples.ASSIGN, CASE.at(state, EARLIER)) == []
        to_itself = replace(examples.ASSIGN, to_division=examples.COUNTY_CASE[:6])
        assert self.refused(self.state(), to_itself) is AssignedToItself

    def test_it_does_not_forward_what_has_come_up_to_it(self) -> None:
        received = replace(examples.RECEIVE, case_id=examples.COUNTY_CASE)
        at = EARLIER
        state = CASE.fold_marked((each, at) for each in CASE.decide(received, CASE.initial))
        assert state.remit
        assert state.remit.taken == RemitTaken(
            how=RemitHow.SUPERIOR, case_id=examples.COUNTY_CASE, matter_id=MATTER_ID
        )
        assert self.refused(state, examples.FORWARD_ACROSS) is SuperiorAssigns
        (assigned,) = CASE.decide(examples.ASSIGN, CASE.at(state, at))
        assert isinstance(assigned, CaseAssigned)

    def test_a_complaint_about_its_own_petition_office_goes_to_nobody_below(self) -> None:
        complained = replace(self.filed, complained_unit="water-bureau")
        at = EARLIER
        state = CASE.fold_marked(
            (each, at) for each in CASE.decide(complained, CASE.at(CASE.initial, at))
        )
        same_code = replace(examples.ASSIGN, to_unit="water-bureau")
        assert self.refused(state, same_code) is GoesOneLevelUp
        other = replace(examples.ASSIGN, to_unit="petition-office")
        assert isinstance(CASE.decide(other, CASE.at(state, at))[0], CaseAssigned)
        of_office = replace(self.filed, complained_unit="petition-office")
        state = CASE.fold_marked(
            (each, at) for each in CASE.decide(of_office, CASE.at(CASE.initial, at))
        )
        assert self.refused(state, examples.ASSIGN) is GoesOneLevelUp


def test_a_receiver_files_what_the_sender_registered_under_its_own_number() -> None:
    filed = case.given().when(examples.RECEIVE).events[0]
    assert isinstance(filed, CaseFiled)
    sent = examples.SENT.required
    for name in ("matter_id", "channel", "purpose", "category", "headcount", "anonymous"):
        assert getattr(filed, name) == getattr(sent, name), name
    assert filed.number != sent.number
    assert (filed.from_case_id, filed.home_case_id) == (sent.case_id, sent.case_id)
    case.given(FILED).when(examples.RECEIVE).then_refused(CaseAlreadyFiled)

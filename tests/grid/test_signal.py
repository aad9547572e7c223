"""A signal's life: received once, linked and unlinked in one act each, its order answered once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.named_ids import department_order_id, hotline_order_id
from services.grid.domain.signal import SIGNAL, Signal, SignalCommand, SignalNotFound, SignalState
from services.grid.domain.signal.assigning import (
    AssignOrder,
    NoWorkOrder,
    WorkOrderIsAnswered,
    WorkOrderIsVoid,
)
from services.grid.domain.signal.correcting import CorrectSignal
from services.grid.domain.signal.linking import (
    LoseTarget,
    OrderNamesThatCase,
    SignalHasLinked,
    SignalLinkedOtherwise,
    SignalLinkedToItself,
    Target,
)
from services.grid.domain.signal.ordering import (
    CaseNotNamed,
    WorkOrderAnsweredOtherwise,
    WorkOrderOpenedOtherwise,
)
from services.grid.domain.signal.receiving import SignalReceivedOtherwise, UnitIsComplainedOf
from services.grid.domain.signal.signal_file import matter_of, own_matter
from services.grid.domain.signal.voiding import WorkOrderVoidedOtherwise
from services.grid.examples import OTHER_DIGEST, VILLAGE
from services.grid.report_examples import MATTER_ID
from services.grid.signal_examples import (
    ANSWER,
    ASSIGN_ORDER,
    CASE,
    CASE_ID,
    CASE_MATTER,
    CORRECT_SIGNAL,
    FOLLOW,
    IN_PROCEDURE,
    LINK,
    LOSE,
    NUMBER,
    OPEN_ORDER,
    ORDER,
    RECEIVE,
    REPORT,
    RETURN,
    SIGNAL_ID,
    SIGNAL_MATTER,
    UNLINK,
    VOID_ORDER,
)
from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.grid import VillageRegistered
from shared.contracts.grid_codes import VillageKind
from shared.contracts.signal_codes import (
    LinkedTo,
    OrderNature,
    OrderResult,
    OrderVoidReason,
    SignalField,
    SignalKind,
    SignalLinkReason,
    SignalSource,
    SignalUnlinkReason,
)
from shared.contracts.signals import (
    SignalCorrected,
    SignalLinked,
    SignalReceived,
    SignalUnlinked,
    WorkOrderAnswered,
    WorkOrderAssigned,
    WorkOrderOpened,
    WorkOrderReturned,
    WorkOrderVoided,
)
from shared.decider import EventOfAnotherAggregate
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts

signal = Facts(SIGNAL)
BY_THE_APP = replace(RECEIVE, source=SignalSource.GRID_APP, order=None)
ANOTHER = replace(REPORT, id=f"{SIGNAL_ID[:-1]}f", kind=LinkedTo.SIGNAL)


def _answered(state: Signal) -> WorkOrderAnswered:
    assert state.answered is not None
    return state.answered


def after(*commands: SignalCommand) -> list[Event]:
    """The events of these commands, each of which is taken."""
    state, events = SIGNAL.initial, list[Event]()
    for command in commands:
        new = SIGNAL.decide(command, state)
        state = SIGNAL.fold(new, state)
        events += new
    return events


def test_a_call_comes_in_with_its_order() -> None:
    received, opened = after(RECEIVE)
    assert isinstance(received, SignalReceived)
    assert isinstance(opened, WorkOrderOpened)
    assert (received.signal_id, opened.order_id) == (SIGNAL_ID, SIGNAL_ID)
    assert received.matter_id == opened.matter_id == SIGNAL_MATTER
    assert (opened.number, opened.due_on) == (NUMBER, date(2025, 3, 10))


def test_what_comes_by_the_app_or_from_the_elders_has_no_order() -> None:
    for source in (SignalSource.GRID_APP, SignalSource.ELDERS_GROUP):
        told = signal.when(replace(BY_THE_APP, source=source))
        told.then_kinds(SignalReceived)
        told.then_state(lambda state: state.state is SignalState.RECEIVED)
    signal.given(*after(BY_THE_APP)).when(ANSWER).then_refused(NoWorkOrder)


def test_the_same_call_again_or_less_of_it_is_nothing_new() -> None:
    known = signal.given(*after(RECEIVE))
    known.when(RECEIVE).then_nothing()
    known.when(replace(RECEIVE, imported=True, day_only=True)).then_nothing()
    less = replace(
        RECEIVE,
        kind=SignalKind.NOT_STATED,
        category=Category.UNCLASSIFIED,
        topic=None,
        village_code=None,
        complained_unit=None,
        caller_ref=None,
        order=replace(ORDER, nature=OrderNature.NOT_STATED, due_on=None),
    )
    known.when(less).then_nothing()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": SignalKind.COMPLAINT}, "kind"),
        ({"category": Category.LAND}, "category"),
        ({"village_code": f"{VILLAGE[:-1]}9"}, "village_code"),
        ({"words_digest": OTHER_DIGEST}, "words"),
        ({"order": replace(ORDER, due_on=date(2025, 3, 11))}, "due_on"),
        ({"order": replace(ORDER, to_unit="labour-office")}, "to_unit"),
    ],
)
def test_the_same_call_with_another_content_is_refused(
    changed: dict[str, object], field: str
) -> None:
    stated = replace(RECEIVE, **changed)  # type: ignore[arg-type]
    refused = signal.given(*after(RECEIVE)).when(stated)
    refused.then_refused(SignalReceivedOtherwise)
    assert refused.refusal is not None
    assert field in str(refused.refusal.shown["fields"]).split(", ")


def test_more_than_is_on_record_is_refused_and_not_dropped() -> None:
    known = signal.given(*after(replace(RECEIVE, village_code=None)))
    known.when(RECEIVE).then_refused(SignalReceivedOtherwise)


OF_ITSELF = replace(RECEIVE, complained_unit=ORDER.to_unit)


def test_an_order_sent_to_the_unit_that_it_complains_of_is_recorded_and_the_desks() -> None:
    received, opened = after(OF_ITSELF)
    assert isinstance(received, SignalReceived)
    assert isinstance(opened, WorkOrderOpened)
    assert (opened.to_unit, opened.instead_of) == ("petition-office", ORDER.to_unit)
    known = signal.given(*after(OF_ITSELF))
    known.when(OF_ITSELF).then_nothing()
    known.when(replace(OF_ITSELF, complained_unit=None)).then_nothing()
    elsewhere = replace(OF_ITSELF, order=replace(ORDER, to_unit="labour-office"))
    known.when(elsewhere).then_refused(SignalReceivedOtherwise)


def test_one_that_complains_of_the_desk_itself_is_recorded_and_nobodys_yet() -> None:
    of_the_desk = replace(
        RECEIVE,
        complained_unit="petition-office",
        order=replace(ORDER, to_unit="petition-office"),
    )
    opened = after(of_the_desk)[1]
    assert isinstance(opened, WorkOrderOpened)
    assert (opened.to_unit, opened.instead_of) == ("not-stated", "petition-office")


def test_a_corrected_complaint_takes_the_order_from_its_unit() -> None:
    corrected = signal.given(*after(RECEIVE)).when(CORRECT_SIGNAL)
    corrected.then_kinds(SignalCorrected, WorkOrderAssigned)
    corrected.then_state(lambda state: state.complained_unit == ORDER.to_unit)
    corrected.then_state(lambda state: state.to_unit == "petition-office")
    known = signal.given(*after(RECEIVE, CORRECT_SIGNAL))
    known.when(CORRECT_SIGNAL).then_nothing()
    known.when(RECEIVE).then_nothing()
    known.when(AssignOrder(to_unit=ORDER.to_unit)).then_refused(UnitIsComplainedOf)
    signal.given(*after(RECEIVE, ANSWER)).when(CORRECT_SIGNAL).then_kinds(SignalCorrected)
    unknown = CorrectSignal(facts={SignalField.COMPLAINED_UNIT: None})
    emptied = signal.given(*after(RECEIVE)).when(unknown)
    emptied.then_state(lambda state: state.complained_unit is None)


def test_no_unit_is_given_an_order_that_complains_of_it() -> None:
    to_it = AssignOrder(to_unit=str(OF_ITSELF.complained_unit))
    signal.given(*after(OF_ITSELF)).when(to_it).then_refused(UnitIsComplainedOf)
    opened = replace(OPEN_ORDER, complained_unit=OPEN_ORDER.to_unit)
    signal.when(opened).then_refused(UnitIsComplainedOf)


def test_an_order_that_is_not_the_units_remit_is_the_desks_until_it_is_given_to_another() -> None:
    returned = signal.given(*after(RECEIVE)).when(RETURN)
    returned.then_kinds(WorkOrderReturned)
    returned.then_state(lambda state: state.state is SignalState.OPEN)
    returned.then_state(lambda state: state.to_unit == "petition-office")
    signal.given(*after(RECEIVE, RETURN)).when(RETURN).then_nothing()
    signal.given(*after(RECEIVE, RETURN)).when(RECEIVE).then_nothing()
    given_on = signal.given(*after(RECEIVE, RETURN)).when(ASSIGN_ORDER)
    given_on.then_kinds(WorkOrderAssigned)
    given_on.then_state(lambda state: state.to_unit == ASSIGN_ORDER.to_unit)
    given_on.then_state(lambda state: state.returned is None)
    known = signal.given(*after(RECEIVE, RETURN, ASSIGN_ORDER))
    known.when(ASSIGN_ORDER).then_nothing()
    known.when(ANSWER).then_kinds(WorkOrderAnswered)


def test_an_order_of_which_a_table_names_no_unit_is_the_desks_to_give() -> None:
    silent = replace(RECEIVE, order=replace(ORDER, to_unit="not-stated"), imported=True)
    signal.given(*after(silent)).when(ASSIGN_ORDER).then_kinds(WorkOrderAssigned)


@pytest.mark.parametrize("command", [RETURN, ASSIGN_ORDER])
def test_what_is_answered_is_neither_returned_nor_given_to_another(
    command: SignalCommand,
) -> None:
    signal.given(*after(RECEIVE, ANSWER)).when(command).then_refused(WorkOrderIsAnswered)
    signal.given(*after(BY_THE_APP)).when(command).then_refused(NoWorkOrder)
    signal.when(command).then_refused(SignalNotFound)


def test_an_order_that_was_opened_by_mistake_is_answered_by_nobody() -> None:
    voided = signal.given(*after(RECEIVE)).when(VOID_ORDER)
    voided.then_kinds(WorkOrderVoided)
    voided.then_state(lambda state: state.state is SignalState.VOIDED)
    known = signal.given(*after(RECEIVE, VOID_ORDER))
    known.when(VOID_ORDER).then_nothing()
    known.when(RECEIVE).then_nothing()
    other = replace(VOID_ORDER, reason=OrderVoidReason.OPENED_TWICE)
    known.when(other).then_refused(WorkOrderVoidedOtherwise)
    for command in (ANSWER, IN_PROCEDURE, RETURN, ASSIGN_ORDER):
        known.when(command).then_refused(WorkOrderIsVoid)
    known.when(CORRECT_SIGNAL).then_kinds(SignalCorrected)
    known.when(LINK).then_kinds(SignalLinked)


def test_an_answer_is_not_taken_back_by_voiding_the_order() -> None:
    signal.given(*after(RECEIVE, ANSWER)).when(VOID_ORDER).then_refused(WorkOrderIsAnswered)
    signal.given(*after(BY_THE_APP)).when(VOID_ORDER).then_refused(NoWorkOrder)
    signal.when(VOID_ORDER).then_refused(SignalNotFound)


def test_a_linked_signal_counts_with_the_other_record_until_that_is_undone() -> None:
    linked = signal.given(*after(RECEIVE)).when(LINK)
    linked.then(
        SignalLinked(
            matter_id=SIGNAL_MATTER,
            signal_id=SIGNAL_ID,
            to_matter_id=MATTER_ID,
            to_kind=LinkedTo.REPORT,
            to_id=REPORT.id,
            why=SignalLinkReason.DUPLICATE,
        )
    )
    linked.then_state(lambda state: matter_of(state) == MATTER_ID)
    undone = signal.given(*after(RECEIVE, LINK)).when(UNLINK)
    undone.then(
        SignalUnlinked(
            matter_id=SIGNAL_MATTER,
            signal_id=SIGNAL_ID,
            from_kind=LinkedTo.REPORT,
            from_id=REPORT.id,
        )
    )
    undone.then_state(lambda state: matter_of(state) == own_matter(state) == SIGNAL_MATTER)


def test_a_link_is_made_once_and_undone_once() -> None:
    signal.given(*after(RECEIVE, LINK)).when(LINK).then_nothing()
    signal.given(*after(RECEIVE)).when(UNLINK).then_nothing()
    signal.given(*after(RECEIVE, LINK, UNLINK)).when(UNLINK).then_nothing()
    signal.given(*after(RECEIVE, LINK, UNLINK)).when(LINK).then_kinds(SignalLinked)


def test_a_signal_counts_with_one_record_and_never_with_itself() -> None:
    linked = signal.given(*after(RECEIVE, LINK))
    linked.when(replace(LINK, to=ANOTHER)).then_refused(SignalLinkedOtherwise)
    own = Target(kind=LinkedTo.SIGNAL, id=SIGNAL_ID, matter_id=SIGNAL_MATTER)
    signal.given(*after(RECEIVE)).when(replace(LINK, to=own)).then_refused(SignalLinkedToItself)


def test_a_link_to_a_rejected_or_voided_record_is_undone_also_where_the_answer_names_it() -> None:
    lost = signal.given(*after(RECEIVE, LINK)).when(LOSE)
    lost.then(
        SignalUnlinked(
            matter_id=SIGNAL_MATTER,
            signal_id=SIGNAL_ID,
            from_kind=LinkedTo.REPORT,
            from_id=REPORT.id,
            why=SignalUnlinkReason.TARGET_REJECTED,
        )
    )
    lost.then_state(lambda state: matter_of(state) == SIGNAL_MATTER)
    of_case = LoseTarget(target_id=CASE_ID, why=SignalUnlinkReason.TARGET_VOIDED)
    answered = signal.given(*after(RECEIVE, IN_PROCEDURE)).when(of_case)
    answered.then_kinds(SignalUnlinked)
    for known in (after(RECEIVE), after(RECEIVE, LINK, UNLINK), after(RECEIVE, IN_PROCEDURE)):
        signal.given(*known).when(LOSE).then_nothing()


def test_a_link_moves_with_the_other_record_to_another_matter_in_one_act() -> None:
    moved = signal.given(*after(RECEIVE, LINK)).when(FOLLOW)
    moved.then(
        SignalUnlinked(
            matter_id=SIGNAL_MATTER,
            signal_id=SIGNAL_ID,
            from_kind=LinkedTo.REPORT,
            from_id=REPORT.id,
            why=SignalUnlinkReason.TARGET_MOVED,
        ),
        SignalLinked(
            matter_id=SIGNAL_MATTER,
            signal_id=SIGNAL_ID,
            to_matter_id=CASE_MATTER,
            to_kind=LinkedTo.REPORT,
            to_id=REPORT.id,
            why=SignalLinkReason.DUPLICATE,
            moved_from=MATTER_ID,
        ),
    )
    moved.then_state(lambda state: matter_of(state) == CASE_MATTER)
    signal.given(*after(RECEIVE, LINK, FOLLOW)).when(FOLLOW).then_nothing()
    signal.given(*after(RECEIVE)).when(FOLLOW).then_nothing()
    other = replace(LINK, to=ANOTHER)
    signal.given(*after(RECEIVE, other)).when(FOLLOW).then_nothing()


def test_links_make_no_chain() -> None:
    with_others = signal.given(*after(RECEIVE))
    with_others.when(replace(LINK, has_linked=True)).then_refused(SignalHasLinked)


def test_an_order_is_answered_once_about_the_matter_with_which_it_counts() -> None:
    answered = signal.given(*after(RECEIVE, LINK)).when(ANSWER)
    answered.then_kinds(WorkOrderAnswered)
    answered.then_state(lambda state: _answered(state).matter_id == MATTER_ID)
    signal.given(*after(RECEIVE, ANSWER)).when(ANSWER).then_nothing()
    other = replace(ANSWER, result=OrderResult.EXPLAINED)
    signal.given(*after(RECEIVE, ANSWER)).when(other).then_refused(WorkOrderAnsweredOtherwise)


def test_an_order_in_the_petition_procedure_names_its_case_and_counts_with_it() -> None:
    received = signal.given(*after(RECEIVE))
    received.when(replace(IN_PROCEDURE, case=None)).then_refused(CaseNotNamed)
    answered = received.when(IN_PROCEDURE)
    answered.then_kinds(SignalLinked, WorkOrderAnswered)
    answered.then_state(lambda state: matter_of(state) == CASE_MATTER)
    answered.then_state(lambda state: _answered(state).case_id == CASE_ID)


def test_an_old_register_may_not_know_the_case() -> None:
    imported = replace(IN_PROCEDURE, case=None, imported=True)
    signal.given(*after(RECEIVE)).when(imported).then_kinds(WorkOrderAnswered)


def test_the_desk_states_that_a_case_cannot_be_named() -> None:
    elsewhere = replace(IN_PROCEDURE, case=None, case_not_nameable=True)
    answered = signal.given(*after(RECEIVE)).when(elsewhere)
    answered.then_kinds(WorkOrderAnswered)
    answered.then_state(lambda state: _answered(state).matter_id == SIGNAL_MATTER)


def test_a_linked_order_stays_linked_and_its_answer_has_the_matter_of_the_case() -> None:
    answered = signal.given(*after(RECEIVE, LINK)).when(IN_PROCEDURE)
    answered.then_kinds(WorkOrderAnswered)
    answered.then_state(lambda state: matter_of(state) == MATTER_ID)
    answered.then_state(lambda state: _answered(state).matter_id == CASE_MATTER)
    undone = signal.given(*after(RECEIVE, LINK, IN_PROCEDURE)).when(UNLINK)
    undone.then_kinds(SignalUnlinked)


def test_an_order_with_others_linked_to_it_names_its_case_without_a_link() -> None:
    answered = signal.given(*after(RECEIVE)).when(replace(IN_PROCEDURE, has_linked=True))
    answered.then_kinds(WorkOrderAnswered)
    answered.then_state(lambda state: matter_of(state) == SIGNAL_MATTER)
    answered.then_state(lambda state: _answered(state).matter_id == CASE_MATTER)


def test_the_link_to_the_case_that_an_answer_names_is_not_undone() -> None:
    signal.given(*after(RECEIVE, IN_PROCEDURE)).when(UNLINK).then_refused(OrderNamesThatCase)


def test_the_office_opens_an_order_once_for_a_report() -> None:
    opened = signal.when(OPEN_ORDER)
    opened.then_kinds(WorkOrderOpened)
    opened.then_state(lambda state: state.state is SignalState.OPEN)
    known = signal.given(*after(OPEN_ORDER))
    known.when(OPEN_ORDER).then_nothing()
    known.when(replace(OPEN_ORDER, to_unit="water-office")).then_refused(WorkOrderOpenedOtherwise)


@pytest.mark.parametrize("command", [ANSWER, LINK, UNLINK])
def test_nothing_is_done_to_a_signal_that_nobody_received(command: SignalCommand) -> None:
    signal.when(command).then_refused(SignalNotFound)


def test_an_event_of_another_record_is_none_of_a_signal() -> None:
    other = VillageRegistered(
        village_id=SIGNAL_ID,
        village_code=VILLAGE,
        village_kind=VillageKind.VILLAGE,
        valid_from=date(2025, 1, 1),
    )
    with pytest.raises(EventOfAnotherAggregate):
        SIGNAL.fold([other], SIGNAL.initial)


def test_a_number_makes_one_id_in_each_township_and_of_each_source() -> None:
    ids = {
        hotline_order_id("519900101", NUMBER),
        hotline_order_id("519900102", NUMBER),
        department_order_id("519900101", NUMBER),
    }
    assert len(ids) == 3
    assert hotline_order_id("519900101", NUMBER) == SIGNAL_ID


COMMANDS: list[SignalCommand] = [
    RECEIVE,
    BY_THE_APP,
    OPEN_ORDER,
    RETURN,
    ASSIGN_ORDER,
    VOID_ORDER,
    CORRECT_SIGNAL,
    LINK,
    replace(LINK, to=ANOTHER),
    replace(LINK, to=CASE),
    UNLINK,
    LOSE,
    replace(LOSE, target_id=CASE_ID),
    FOLLOW,
    ANSWER,
    IN_PROCEDURE,
]


def _matter(event: Event) -> str:
    """With which the event says that the signal counts."""
    match event:
        case (
            SignalReceived()
            | SignalCorrected()
            | WorkOrderOpened()
            | WorkOrderReturned()
            | WorkOrderAssigned()
            | WorkOrderVoided()
        ):
            return event.matter_id
        case WorkOrderAnswered(case_id=None):
            return event.matter_id
        case _:
            raise AssertionError(event)


@given(st.lists(st.sampled_from(COMMANDS), max_size=12))
def test_whatever_is_asked_a_signal_counts_with_one_matter_and_each_command_once(
    asked: list[SignalCommand],
) -> None:
    state = SIGNAL.initial
    counts_with: str | None = None
    for command in asked:
        try:
            events = SIGNAL.decide(command, state)
        except Refusal:
            continue
        state = SIGNAL.fold(events, state)
        for event in events:
            match event:
                case SignalLinked():
                    counts_with = event.to_matter_id
                case SignalUnlinked():
                    counts_with = None
                case WorkOrderAnswered(case_id=str()):
                    assert event.matter_id == CASE_MATTER
                case _:
                    assert _matter(event) == (counts_with or own_matter(state))
        assert SIGNAL.decide(command, state) == []
        if state.version:
            assert matter_of(state) == (counts_with or own_matter(state))

"""Which way a case goes, to whom it is handed over, and who is recused from it."""

from dataclasses import replace
from datetime import date

import pytest

from services.intake.domain.case import CASE, CaseState
from services.intake.domain.case.acceptance import CaseNotAccepted
from services.intake.domain.case.departure import DivertCase
from services.intake.domain.case.ended import CaseIsWithDiscipline, CaseWasDiverted
from services.intake.domain.case.extension import CaseHasNoTerm
from services.intake.domain.case.forwarding import CaseAlreadyAccepted, GoesOneLevelUp
from services.intake.domain.case.order import OutOfOrder
from services.intake.domain.case.origin import NotStatedOnlyByImport, Origin
from services.intake.domain.case.recusal import (
    RecusedHandlerHandsOver,
    RecusedPostHoldsNothing,
)
from services.intake.domain.case.recused import PostWasRecused
from services.intake.domain.case.reviews import ReviewedByOneself
from services.intake.domain.case.routing import (
    WITHOUT_LANE,
    DisciplineIsForAccusations,
    DutyIsNotDiverted,
    LaneMissing,
    LaneOnlyForClaims,
    RegisteredForAnotherPurpose,
    RouteCase,
    RoutedElsewhere,
    RouteDoesNotFitLane,
    has_term,
)
from services.intake.examples import (
    DECIDE_REVIEW,
    EXTEND,
    HAND_CASE_OVER,
    RECUSE,
    REQUEST_REVIEW,
    ROUTE,
)
from shared.contracts.case_codes import Purpose, ReopenReason, Route
from shared.contracts.case_holding import CaseHandedOver, CaseRouted, RecusalRecorded
from shared.contracts.case_holding_codes import Lane, RecusalReason, RoutingGround
from shared.contracts.intake import CaseAccepted
from shared.contracts.unit_codes import HandOverReason
from shared.testing.given_when_then import Facts, happened
from tests.intake.facts import (
    ACCEPT,
    ACCEPTED,
    ANSWERED,
    CASE_ID,
    DIVERTED,
    FILED,
    MATTER_ID,
    ROUTED,
    reopened,
)

case = Facts(CASE)
HANDED_OVER = CaseHandedOver(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    from_unit="justice-office",
    from_post="post-wu",
    to_unit="labour-office",
    to_post="post-he",
    reason=HandOverReason.DIVISION_OF_WORK,
)
RECUSED = RecusalRecorded(
    case_id=CASE_ID, matter_id=MATTER_ID, post="post-zhou", reason=RecusalReason.RELATIVE
)


def routed(lane: Lane | None, purpose: Purpose = Purpose.REQUEST) -> CaseRouted:
    return ROUTED.model_copy(
        update={"lane": lane, "purpose": purpose, "ground": RoutingGround.BY_LAW}
    )


def to(lane: Lane | None, purpose: Purpose | None = None) -> RouteCase:
    return RouteCase(lane=lane, ground=RoutingGround.BY_LAW, by_post="post-wu", purpose=purpose)


def test_a_case_is_handed_over_with_its_reason() -> None:
    case.given(FILED, ACCEPTED).when(HAND_CASE_OVER).then(HANDED_OVER)


def test_a_hand_over_to_who_has_it_changes_nothing() -> None:
    case.given(FILED, ACCEPTED, HANDED_OVER).when(HAND_CASE_OVER).then_nothing()
    same = replace(HAND_CASE_OVER, to_unit="justice-office", to_post="post-wu")
    case.given(FILED, ACCEPTED).when(same).then_nothing()


def test_a_case_goes_on_from_whoever_has_it() -> None:
    onwards = replace(HAND_CASE_OVER, to_unit="water-station", to_post=None)
    then = HANDED_OVER.model_copy(
        update={
            "from_unit": "labour-office",
            "from_post": "post-he",
            "to_unit": "water-station",
            "to_post": None,
        }
    )
    case.given(FILED, ACCEPTED, HANDED_OVER).when(onwards).then(then)


def test_what_nobody_has_accepted_is_forwarded_not_handed_over() -> None:
    case.given(FILED).when(HAND_CASE_OVER).then_refused(CaseNotAccepted)
    case.given(FILED, DIVERTED).when(HAND_CASE_OVER).then_refused(CaseWasDiverted)


def test_nobody_hands_a_complaint_to_the_unit_that_it_is_about() -> None:
    complaint = FILED.model_copy(update={"complained_unit": "labour-office"})
    outcome = case.given(complaint, ACCEPTED).when(HAND_CASE_OVER)
    outcome.then_refused(GoesOneLevelUp, field="to_unit")
    unstated = replace(HAND_CASE_OVER, to_unit="not-stated")
    case.given(FILED, ACCEPTED).when(unstated).then_refused(NotStatedOnlyByImport)


def test_the_term_and_the_holder_outlast_a_hand_over_and_a_reopening() -> None:
    ended = (*ANSWERED, HANDED_OVER, DIVERTED)
    opened = case.given(*ended, reopened(ReopenReason.OFFICE_ERROR))
    opened.when(HAND_CASE_OVER).then_nothing()
    assert CASE.fold([*ended]).due_at == ACCEPTED.due_at


def test_no_unit_reviews_its_own_opinion_also_after_a_hand_over() -> None:
    own = replace(DECIDE_REVIEW, by_unit="labour-office")
    before = case.given(*ANSWERED, HANDED_OVER).when(REQUEST_REVIEW, on=date(2025, 3, 6))
    after = case.given(*ANSWERED, HANDED_OVER, *before.events)
    after.when(own).then_refused(ReviewedByOneself)


def test_a_post_is_recused_once() -> None:
    case.given(FILED).when(RECUSE).then(RECUSED)
    case.given(FILED, RECUSED).when(RECUSE).then_nothing()


def test_a_recused_handler_hands_the_case_over_in_the_same_act() -> None:
    own = replace(RECUSE, post="post-wu")
    case.given(FILED, ACCEPTED).when(own).then_refused(RecusedHandlerHandsOver, field="to_unit")
    alone = replace(own, to_unit="labour-office")
    case.given(FILED, ACCEPTED).when(alone).then_refused(RecusedHandlerHandsOver, field="to_post")
    itself = replace(alone, to_post="post-wu")
    case.given(FILED, ACCEPTED).when(itself).then_refused(RecusedHandlerHandsOver)
    case.given(FILED, ACCEPTED).when(replace(alone, to_post="post-he")).then(
        RECUSED.model_copy(update={"post": "post-wu"}),
        HANDED_OVER.model_copy(update={"reason": HandOverReason.RECUSAL}),
    )


def test_whoever_does_not_hold_the_case_hands_nothing_over() -> None:
    more = replace(RECUSE, to_unit="labour-office")
    case.given(FILED, ACCEPTED).when(more).then_refused(RecusedPostHoldsNothing, field="to_unit")


def test_nothing_is_given_to_a_recused_post() -> None:
    back = replace(HAND_CASE_OVER, to_post="post-zhou")
    case.given(FILED, ACCEPTED, RECUSED).when(back).then_refused(PostWasRecused, field="to_post")
    accepting = replace(ACCEPT, handler="post-zhou")
    case.given(FILED, RECUSED).when(accepting).then_refused(PostWasRecused, field="handler")


def test_a_recusal_outlasts_a_reopening() -> None:
    again = (FILED, ACCEPTED, RECUSED, DIVERTED, reopened(ReopenReason.OFFICE_ERROR))
    case.given(*again).when(RECUSE).then_nothing()


def test_a_claim_takes_one_of_six_lanes_and_may_be_routed_anew() -> None:
    case.given(FILED).when(ROUTE).then(ROUTED)
    case.given(FILED, ROUTED).when(ROUTE).then_nothing()
    for lane in set(Lane) - {Lane.DISCIPLINE}:
        case.given(FILED, ROUTED).when(to(lane)).then(routed(lane))
    case.given(FILED).when(to(None)).then_refused(LaneMissing, field="lane")
    case.given(FILED, ACCEPTED).when(to(Lane.LITIGATION)).then_refused(CaseAlreadyAccepted)


@pytest.mark.parametrize("purpose", sorted(WITHOUT_LANE))
def test_what_is_no_claim_goes_the_way_of_its_purpose(purpose: Purpose) -> None:
    filed = FILED.model_copy(update={"purpose": purpose})
    case.given(filed).when(to(None)).then(routed(None, purpose))
    case.given(filed).when(to(Lane.PETITION)).then_refused(LaneOnlyForClaims, field="lane")


@pytest.mark.parametrize("purpose", sorted(WITHOUT_LANE))
def test_what_is_no_claim_and_was_not_routed_is_accepted_without_lane_and_term(
    purpose: Purpose,
) -> None:
    filed = FILED.model_copy(update={"purpose": purpose})
    assert not has_term(CASE.fold([filed]))
    accepted = case.given(filed).when(replace(ACCEPT, due=None, by_post="post-wu"))
    accepted.then(
        routed(None, purpose).model_copy(update={"ground": RoutingGround.NOT_A_CLAIM}),
        ACCEPTED.model_copy(
            update={
                "due_at": None,
                "policy_version": None,
                "calendar_version": None,
                "due_at_for_petitioner": None,
            }
        ),
    )
    case.given(filed, *accepted.events).when(EXTEND).then_refused(CaseHasNoTerm)
    assert has_term(CASE.fold([FILED]))
    assert has_term(CASE.fold([filed, ACCEPTED]))


def test_the_registered_purpose_is_corrected_first() -> None:
    other = to(None, purpose=Purpose.SUGGESTION)
    case.given(FILED).when(other).then_refused(RegisteredForAnotherPurpose, registered="request")
    unstated = FILED.model_copy(update={"purpose": Purpose.NOT_STATED})
    case.given(unstated).when(other).then(routed(None, Purpose.SUGGESTION))


def test_what_nobody_has_routed_takes_the_petition_procedure_on_acceptance() -> None:
    case.given(FILED).when(replace(ACCEPT, by_post="post-clerk")).then(
        ROUTED.model_copy(update={"by_post": "post-clerk"}), ACCEPTED
    )
    case.given(FILED, ROUTED).when(ACCEPT).then(ACCEPTED)
    register = replace(ACCEPT, origin=Origin.REGISTER)
    case.given(FILED).when(register).then_kinds(CaseAccepted)


@pytest.mark.parametrize(
    ("lane", "route"),
    [
        (Lane.LITIGATION, Route.LITIGATION),
        (Lane.ARBITRATION, Route.ARBITRATION),
        (Lane.PARTY_APPEAL, Route.PARTY_APPEAL),
        (Lane.PARTY_APPEAL, Route.DISCIPLINE),
        (Lane.ADMINISTRATIVE, Route.ADMINISTRATIVE_REVIEW),
        (Lane.ADMINISTRATIVE, Route.OTHER_STATUTORY),
    ],
)
def test_what_another_body_decides_is_diverted_there_and_not_accepted(
    lane: Lane, route: Route
) -> None:
    on_its_way = case.given(FILED, routed(lane))
    on_its_way.when(ACCEPT).then_refused(RoutedElsewhere, lane=lane.value)
    on_its_way.when(DivertCase(route=route)).then(DIVERTED.model_copy(update={"route": route}))
    elsewhere = Route.ARBITRATION if lane is Lane.LITIGATION else Route.LITIGATION
    on_its_way.when(DivertCase(route=elsewhere)).then_refused(RouteDoesNotFitLane)


@pytest.mark.parametrize("lane", [Lane.STATUTORY_DUTY, None])
def test_without_the_petition_procedure_a_case_has_no_term(lane: Lane | None) -> None:
    purpose = Purpose.REQUEST if lane else Purpose.SUGGESTION
    filed = FILED.model_copy(update={"purpose": purpose})
    accepted = case.given(filed, routed(lane, purpose)).when(replace(ACCEPT, due=None))
    accepted.then_kinds(CaseAccepted)
    accepted.then_state(lambda after: after.due_at is None)
    going_on = case.given(filed, routed(lane, purpose), *accepted.events)
    going_on.when(EXTEND).then_refused(CaseHasNoTerm)


def test_a_statutory_duty_is_done_here_and_not_diverted() -> None:
    duty = case.given(FILED, routed(Lane.STATUTORY_DUTY))
    duty.when(DivertCase(route=Route.LITIGATION)).then_refused(DutyIsNotDiverted)
    petition = case.given(FILED, ROUTED, ACCEPTED)
    petition.when(DivertCase(route=Route.LITIGATION)).then(DIVERTED)


def test_a_hand_over_does_not_lie_before_the_one_before() -> None:
    monday, tuesday = date(2025, 3, 3), date(2025, 3, 4)
    before = (
        *(happened(each, on=monday) for each in (FILED, ACCEPTED)),
        happened(HANDED_OVER, on=tuesday),
    )
    onwards = replace(HAND_CASE_OVER, to_unit="water-station")
    case.given(*before).when(onwards, on=monday).then_refused(OutOfOrder, act="case-handed-over")
    early = (happened(FILED, on=monday), happened(ROUTED, on=tuesday))
    case.given(*early).when(ACCEPT, on=monday).then_refused(OutOfOrder, act="case-routed")
    accepted = (happened(FILED, on=monday), happened(ACCEPTED, on=tuesday))
    own = replace(RECUSE, post="post-wu", to_unit="labour-office", to_post="post-he")
    case.given(*accepted).when(own, on=monday).then_refused(OutOfOrder, act="case-accepted")


def test_what_is_recognised_as_an_accusation_ends_here_at_whatever_moment() -> None:
    ended = routed(Lane.DISCIPLINE, Purpose.ACCUSATION)
    recognise = to(Lane.DISCIPLINE)
    for before in ([FILED], [FILED, ROUTED], [FILED, ROUTED, ACCEPTED]):
        case.given(*before).when(recognise).then(ended)
        case.given(*before, ended).when(recognise).then_nothing()
    sealed = CASE.fold([FILED, ACCEPTED, ended])
    assert sealed.state is CaseState.WITH_DISCIPLINE
    assert sealed.holder is None


def test_nothing_is_done_with_what_the_discipline_lane_has() -> None:
    given = case.given(FILED, ACCEPTED, routed(Lane.DISCIPLINE, Purpose.ACCUSATION))
    for command in (ACCEPT, RECUSE, EXTEND, to(Lane.PETITION)):
        given.when(command).then_refused(CaseIsWithDiscipline)


def test_only_an_accusation_goes_to_the_discipline_lane_and_only_while_the_case_goes_on() -> None:
    stated = to(Lane.DISCIPLINE, purpose=Purpose.SUGGESTION)
    case.given(FILED).when(stated).then_refused(DisciplineIsForAccusations, field="purpose")
    case.given(FILED, DIVERTED).when(to(Lane.DISCIPLINE)).then_refused(CaseWasDiverted)
    another = replace(to(Lane.DISCIPLINE), with_another=True)
    ended = routed(Lane.DISCIPLINE, Purpose.ACCUSATION)
    case.given(FILED, DIVERTED).when(another).then(ended)
    case.given(FILED, ended).when(another).then_nothing()

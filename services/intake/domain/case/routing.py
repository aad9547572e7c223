"""依法分类处理 (routing): which way a case goes is chosen before it is accepted [R29-R31].

suggestion, accusation, inquiry ─► the way of its purpose, without a lane
claim ─► litigation, arbitration, party appeal, administrative ─► diverted there
      ─► statutory duty ─► accepted, and handled without a term
      ─► petition ─► accepted, with the sixty days [R34]
any, at whatever moment it goes on ─► discipline ─► ended here: it is an accusation [R30]
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.forwarding import CaseAlreadyAccepted
from services.intake.domain.case.origin import Origin
from shared.contracts.case_codes import Purpose, Route
from shared.contracts.case_holding import CaseRouted
from shared.contracts.case_holding_codes import Lane, RoutingGround
from shared.contracts.event import Event
from shared.refusals import Refusal

WITHOUT_LANE = frozenset({Purpose.SUGGESTION, Purpose.ACCUSATION, Purpose.INQUIRY})
"""Purposes that go a way of their own [R29, R30]: the routes are for claims."""

LED_TO: Mapping[Lane, frozenset[Route]] = {
    Lane.LITIGATION: frozenset({Route.LITIGATION}),
    Lane.ARBITRATION: frozenset({Route.ARBITRATION}),
    Lane.PARTY_APPEAL: frozenset({Route.PARTY_APPEAL, Route.DISCIPLINE}),
    Lane.ADMINISTRATIVE: frozenset({Route.ADMINISTRATIVE_REVIEW, Route.OTHER_STATUTORY}),
}
"""Lanes on which a case leaves the office, and the routes to which it is diverted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCase:
    """依法分类处理, by a post; without a purpose, by the registered one."""

    lane: Lane | None
    ground: RoutingGround
    by_post: str
    purpose: Purpose | None = None
    with_another: bool = False
    """Whether another ledger's case of the matter was: this one follows it, ended or not."""


class LaneMissing(Refusal):
    """A claim goes one of the six ways that the law has: name the lane."""

    status = 422
    title = "The lane is missing"


class LaneOnlyForClaims(Refusal):
    """Suggestions, accusations and inquiries go the way of their purpose: leave the lane out."""

    status = 422
    title = "Only a claim takes a lane"


class RegisteredForAnotherPurpose(Refusal):
    """The case is registered with another purpose: correct the registration first."""

    status = 422
    title = "The registered purpose is another"


class RoutedElsewhere(Refusal):
    """The case was routed to a procedure of another body: divert it there, or route it anew."""

    title = "The case goes another way"


class DisciplineIsForAccusations(Refusal):
    """What goes to the discipline lane is an accusation: leave the purpose out, or state that."""

    status = 422
    title = "The discipline lane is for accusations"


class DisciplineTakesALeader(Refusal):
    """The case was accepted: a leader of the township routes it to the discipline lane, for good."""

    status = 403
    title = "An accepted case goes to the discipline lane by a leader"


class DutyIsNotDiverted(Refusal):
    """What is the office's own statutory duty is done or answered here [R31(5)], not diverted."""

    title = "A statutory duty is not diverted"


class RouteDoesNotFitLane(Refusal):
    """The case was routed to another procedure than the one that it would be diverted to."""

    title = "The route does not fit the lane"


def route(command: RouteCase, case: CaseFile) -> list[Event]:
    """Before the case is accepted; another choice replaces the earlier one.

    That it is an accusation may be found out later as well.
    """
    if command.lane is Lane.DISCIPLINE or case.is_sealed:
        return _to_discipline(command, case)
    routed = _routed(command, case)
    before = case.proceedings.routed
    if before and before[0] == routed:
        return []
    refuse_if_ended(case)
    if case.accepted:
        raise CaseAlreadyAccepted
    return [routed]


def refuse_unless_by_leader(case: CaseFile, *, is_leader: bool) -> None:
    """Raise DisciplineTakesALeader for whoever else would end a case that was accepted or answered."""
    if (case.accepted or case.replied) and not is_leader:
        raise DisciplineTakesALeader


def routed_on_acceptance(case: CaseFile, *, by_post: str) -> list[Event]:
    """The way of the registered purpose, where nobody has chosen the way of the case before.

    A claim takes the petition procedure; what is no claim takes no lane, and has no term.
    Raises RoutedElsewhere for a case that another body is to decide.
    """
    if case.proceedings.routed is None:
        purpose = _registered(case)
        is_claim = purpose not in WITHOUT_LANE
        return [
            CaseRouted(
                purpose=purpose,
                lane=Lane.PETITION if is_claim else None,
                ground=RoutingGround.NO_OTHER_ROUTE if is_claim else RoutingGround.NOT_A_CLAIM,
                by_post=by_post,
                **case.about(Origin.OFFICE),
            )
        ]
    if case.lane in LED_TO:
        raise RoutedElsewhere(lane=str(case.lane))
    return []


def has_term(case: CaseFile) -> bool:
    """Whether the handling of the case has a term: the petition procedure's alone [R34].

    What was accepted without having been routed has the term that its acceptance states.
    """
    if case.proceedings.routed is None:
        return case.accepted is not None or _registered(case) not in WITHOUT_LANE
    return case.lane is Lane.PETITION


def refuse_another_route(to: Route, case: CaseFile) -> None:
    """Raise where a case was routed otherwise than it would be diverted.

    A case of the petition procedure may turn out to belong elsewhere.
    """
    if case.lane is Lane.STATUTORY_DUTY:
        raise DutyIsNotDiverted
    lane = case.lane
    if lane is not None and lane in LED_TO and to not in LED_TO[lane]:
        raise RouteDoesNotFitLane(lane=lane.value)


def _to_discipline(command: RouteCase, case: CaseFile) -> list[Event]:
    if command.purpose not in {None, Purpose.ACCUSATION}:
        raise DisciplineIsForAccusations(field="purpose")
    before = case.proceedings.routed
    routed = CaseRouted(
        purpose=Purpose.ACCUSATION,
        lane=command.lane,
        ground=command.ground,
        by_post=command.by_post,
        **case.about(Origin.OFFICE),
    )
    if before and before[0] == routed:
        return []
    if not command.with_another:
        refuse_if_ended(case)
    return [] if case.voided or case.is_sealed else [routed]


def _routed(command: RouteCase, case: CaseFile) -> CaseRouted:
    about, registered = case.about(Origin.OFFICE), _registered(case)
    purpose = command.purpose or registered
    if purpose is not registered and registered not in {Purpose.OTHER, Purpose.NOT_STATED}:
        raise RegisteredForAnotherPurpose(field="purpose", registered=registered.value)
    if purpose in WITHOUT_LANE:
        if command.lane is not None:
            raise LaneOnlyForClaims(field="lane")
    elif command.lane is None:
        raise LaneMissing(field="lane")
    return CaseRouted(
        purpose=purpose,
        lane=command.lane,
        ground=command.ground,
        by_post=command.by_post,
        **about,
    )


def _registered(case: CaseFile) -> Purpose:
    return case.registration.purpose if case.registration else Purpose.NOT_STATED

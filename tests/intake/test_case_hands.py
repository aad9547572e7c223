"""Random histories of a case among many hands: nobody acts who does not hold it.

The rules are asked by one module; the oracle below says by itself, from the events and the registry,
who holds the case, and is compared with who was let through.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.acceptance import AcceptCase
from services.intake.domain.case.departure import DivertCase
from services.intake.domain.case.forwarding import ForwardCase, GoesOneLevelUp
from services.intake.domain.case.handing_over import HandCaseOver
from services.intake.domain.case.investigation import RecordInvestigation
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.recusal import RecordRecusal
from services.intake.domain.case.routing import RouteCase, has_term
from services.intake.domain.case_rights import (
    Access,
    access,
    held_by,
    refuse_unless_acting,
    refuse_unless_reading,
)
from services.intake.domain.complained_unit import means_complained
from services.intake.domain.participant import Capacity, Participant
from services.intake.domain.registry import Registry, Unit
from shared.contracts.case_codes import Procedure, Purpose, Route
from shared.contracts.case_handling_codes import InvestigationStep
from shared.contracts.case_holding import CaseHandedOver, CaseRouted
from shared.contracts.case_holding_codes import Lane, RecusalReason, RoutingGround
from shared.contracts.event import Event
from shared.contracts.intake import CaseAccepted, CaseForwarded
from shared.contracts.unit_codes import HandOverReason
from shared.decider import Mark
from shared.refusals import Refusal
from shared.times import start_of
from tests.intake.facts import ACCEPTED, DUE, FILED, ROUTED
from tests.intake.rights import BEGIN, COUNTY, HERE, OFFICES, post, somebody, unit

CODES = ("justice-office", "water-station", "labour-office", "petition-office")
POSTS = ("post-wu", "post-he", "post-li", "head")
CHANGES = date(2025, 4, 1)
"""The day on which units merge and posts are handed over."""


def _units(successors: dict[str, str | None], ended: set[str]) -> list[Unit]:
    made = []
    for code in CODES[:3]:
        to = successors.get(code)
        over = code in ended
        made.append(unit(code, ended_on=CHANGES if over else None, successor=to if over else None))
    return [*OFFICES, *made]


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Some units merge into others, or end; posts have substitutes and successors."""
    if draw(st.integers(0, 4)) == 0:
        return Registry.EMPTY
    ended = draw(st.sets(st.sampled_from(CODES[:3]), max_size=2))
    left = [code for code in CODES if code not in ended]
    to = {code: draw(st.none() | st.sampled_from(left)) for code in sorted(ended)}
    posts = []
    for code in POSTS:
        more: dict[str, Any] = {"leads": code == "head"}
        if draw(st.booleans()):
            more |= {
                "substitute": draw(st.sampled_from(POSTS)),
                "substitute_since": draw(st.sampled_from([BEGIN, CHANGES])),
            }
        if code == "post-wu" and draw(st.booleans()):
            more |= {"ended_on": CHANGES, "successor": draw(st.sampled_from(POSTS[1:]))}
        posts.append(post(code, draw(st.sampled_from(CODES)), **more))
    return Registry.of(_units(to, ended), posts)


ACTORS = st.builds(
    somebody,
    st.sampled_from([*CODES, *CODES, "not-registered", None]),
    st.sampled_from([*POSTS, *POSTS, "post-nobody", None]),
    division=st.sampled_from([HERE, HERE, HERE, HERE, COUNTY]),
    capacity=st.sampled_from(Capacity),
    sub=st.sampled_from(["subject", *POSTS]),
)
UNITS = st.sampled_from(CODES)
OF_CLAIMS = [each for each in Lane if each is not Lane.DISCIPLINE]
"""What is recognised as an accusation is nobody's any more, which is a test of its own."""
COMMANDS: st.SearchStrategy[Callable[[CaseFile], CaseCommand]] = st.one_of(
    st.builds(lambda to: lambda _: ForwardCase(to_unit=to), UNITS),
    st.builds(
        lambda lane: (
            lambda _: RouteCase(lane=lane, ground=RoutingGround.BY_LAW, by_post="post-wu")
        ),
        st.none() | st.sampled_from(OF_CLAIMS),
    ),
    st.builds(
        lambda by, handler, along: (
            lambda case: AcceptCase(
                handler=handler,
                procedure=Procedure.ORDINARY,
                responsible_unit=by,
                co_handlers=along,
                due=DUE if has_term(case) else None,
            )
        ),
        UNITS,
        st.sampled_from(POSTS),
        st.lists(UNITS, max_size=1).map(tuple),
    ),
    st.builds(
        lambda to, by: (
            lambda _: HandCaseOver(to_unit=to, to_post=by, reason=HandOverReason.ABSENCE)
        ),
        UNITS,
        st.none() | st.sampled_from(POSTS),
    ),
    st.builds(
        lambda who, to, by: (
            lambda case: RecordRecusal(
                post=who,
                reason=RecusalReason.OWN_INTEREST,
                to_unit=to if case.handler == who else None,
                to_post=by if case.handler == who else None,
            )
        ),
        st.sampled_from(POSTS),
        UNITS,
        st.sampled_from(POSTS),
    ),
    st.builds(
        lambda step: lambda _: RecordInvestigation(steps=(step,)),
        st.sampled_from(InvestigationStep),
    ),
)
DIVERSIONS: st.SearchStrategy[Callable[[CaseFile], CaseCommand]] = st.builds(
    lambda to: lambda _: DivertCase(route=to), st.sampled_from(Route)
)


@dataclass
class Life:
    """What was done, by whom and when, and the case that came of it."""

    registry: Registry
    case: CaseFile
    done: list[tuple[Participant, date, CaseFile, tuple[Event, ...], bool]] = field(
        default_factory=list
    )

    def attempt(
        self, who: Participant, make: Callable[[CaseFile], CaseCommand], at: datetime
    ) -> None:
        command, on = make(self.case), at.date()
        finds = isinstance(command, RecordInvestigation)
        needs = Access.FIND_FACTS if finds else Access.ACT
        try:
            refuse_unless_acting(self.case, who, self.registry, on=on, needs=needs)
            for code in _given_to(command):
                if means_complained(code, self.case, self.registry, on=on):
                    raise GoesOneLevelUp
            events = CASE.decide(command, CASE.at(self.case, Mark(at)))
        except Refusal:
            return
        before = self.case
        self.case = CASE.fold_marked([(each, Mark(at)) for each in events], before)
        self.done.append((who, on, before, tuple(events), finds))


def _given_to(command: CaseCommand) -> tuple[str, ...]:
    match command:
        case ForwardCase(to_unit=to) | HandCaseOver(to_unit=to):
            return (to,)
        case AcceptCase(responsible_unit=by, co_handlers=along):
            return (by, *along)
        case RecordRecusal(to_unit=str(to)):
            return (to,)
        case _:
            return ()


@st.composite
def lives(draw: st.DrawFn) -> Life:
    complained = draw(st.none() | st.sampled_from([*CODES, "not-registered"]))
    filed = FILED.model_copy(update={"complained_unit": complained})
    begins = start_of(date(2025, 3, 1))
    told: list[Event] = [filed]
    if draw(st.booleans()) and complained != ACCEPTED.responsible_unit:
        along = draw(st.lists(UNITS.filter(lambda code: code != complained), max_size=1))
        told += [ROUTED, ACCEPTED.model_copy(update={"co_handlers": tuple(along)})]
    case = CASE.fold_marked([(each, Mark(begins)) for each in told])
    life = Life(draw(registries()), case)
    for day, (who, make) in enumerate(
        draw(st.lists(st.tuples(ACTORS, COMMANDS), max_size=25)), start=1
    ):
        life.attempt(who, make, begins + timedelta(days=3 * day, hours=3))
    if draw(st.integers(0, 3)) == 0:
        life.attempt(draw(ACTORS), draw(DIVERSIONS), begins + timedelta(days=90))
    return life


def _now(registry: Registry, code: str, on: date) -> tuple[str, str]:
    """The oracle's own way along the successors; the petition office where it ends."""
    office = HERE, "petition-office"
    known = registry.units.get((HERE, code))
    while known is not None and known.ended_on is not None and known.ended_on <= on:
        known = next(
            (each for each in registry.units.values() if each.unit_id == known.successor), None
        )
    return known.place if known is not None else office


def _told(case: CaseFile, kind: type[Event]) -> list[Event]:
    facts: list[Event] = [
        *(fact for fact, _ in case.proceedings.hand_overs),
        *(fact for fact, _ in case.proceedings.recusals),
        *([case.accepted] if case.accepted else []),
        *([case.forwarded] if case.forwarded else []),
    ]
    return [each for each in facts if isinstance(each, kind)]


def _is_entitled(
    who: Participant, case: CaseFile, registry: Registry, on: date, *, finds: bool
) -> bool:
    """By the events alone: petition office, leader, unit, head, handler, substitute, co-handler."""
    unit_code, handler = None, None
    for fact in (*_told(case, CaseForwarded), *_told(case, CaseAccepted)):
        if isinstance(fact, CaseForwarded):
            unit_code = fact.to_unit
        elif isinstance(fact, CaseAccepted):
            unit_code, handler = fact.responsible_unit, fact.handler
    for fact in _told(case, CaseHandedOver):
        assert isinstance(fact, CaseHandedOver)
        unit_code, handler = fact.to_unit, fact.to_post
    holds = _now(registry, unit_code, on) if unit_code else (HERE, "petition-office")
    offices = {(HERE, "petition-office")}
    if case.complained_name is not None:
        offices.add((COUNTY, "petition-office"))
    own: tuple[str, str | None] | None = (who.division, who.unit)
    known = registry.posts.get((HERE, who.post or ""))
    is_over = known is not None and known.ended_on is not None and known.ended_on <= on
    if known is not None and who.division == HERE:
        claimed = _now(registry, who.unit or "", on)
        own = None if is_over or _now(registry, known.unit, on) != claimed else own
    heads = (
        known is not None
        and known.leads
        and _now(registry, known.unit, on) in {holds, *offices}
        and who.division == HERE
    )
    acting = {handler, *_after(registry, handler, on)}
    names = {who.sub, who.post} if who.division == HERE else {who.sub}
    along = case.accepted.co_handlers if case.accepted else ()
    return (
        who.capacity is Capacity.BACKFILL
        or (who.capacity is Capacity.TOWNSHIP_LEADER and who.division == HERE)
        or own in {holds, *offices}
        or heads
        or not names.isdisjoint(acting - {None})
        or (finds and own in {_now(registry, each, on) for each in along})
    )


def _after(registry: Registry, handler: str | None, on: date) -> set[str]:
    """Whoever took the post's matters over, and who acts for them."""
    found: set[str] = set()
    known = registry.posts.get((HERE, handler or ""))
    while known is not None and known.ended_on is not None and known.ended_on <= on:
        known = registry.posts.get((HERE, known.successor or ""))
    if known is not None:
        found.add(known.code)
        acts = known.substitute_since is not None and known.substitute_since <= on
        found |= {known.substitute} if acts and known.substitute else set()
    return found


@given(lives())
def test_nobody_acts_who_does_not_hold_the_case(life: Life) -> None:
    for who, on, before, _, finds in life.done:
        assert _is_entitled(who, before, life.registry, on, finds=finds)


@given(lives(), ACTORS)
def test_the_unit_complained_of_never_sees_or_holds_it(life: Life, who: Participant) -> None:
    complained = life.case.complained_name
    for actor, on, _, events, _ in life.done:
        assert complained is None or (actor.division, actor.unit) != (HERE, complained)
        given_to = {
            code
            for each in events
            for code in (
                getattr(each, "to_unit", None),
                getattr(each, "responsible_unit", None),
                *getattr(each, "co_handlers", ()),
            )
        }
        assert complained is None or complained not in given_to
        held = held_by(life.case, life.registry, on=on)
        assert complained is None or (held.division, held.unit) != (HERE, complained)
    is_of_it = complained is not None and (who.division, who.unit) == (HERE, complained)
    if is_of_it:
        assert access(life.case, who, life.registry, on=CHANGES) is Access.NOTHING


@given(lives())
def test_a_recused_post_does_nothing_more(life: Life) -> None:
    for who, _, before, _, _ in life.done:
        names = {who.sub, who.post} if who.division == HERE else {who.sub}
        assert names.isdisjoint(before.recused_posts)
        assert before.handler not in before.recused_posts
    assert life.case.handler not in life.case.recused_posts


@given(lives(), ACTORS)
def test_whoever_may_act_may_read_and_a_case_always_has_somebody(
    life: Life, who: Participant
) -> None:
    granted = access(life.case, who, life.registry, on=CHANGES)
    if granted > Access.NOTHING:
        refuse_unless_reading(life.case, who, life.registry, on=CHANGES)
    held = held_by(life.case, life.registry, on=CHANGES)
    holder = replace(
        somebody(held.unit, "post-of-the-holder", division=held.division), sub="nobody"
    )
    refuse_unless_acting(life.case, holder, life.registry, on=CHANGES)


@given(lives(), ACTORS)
def test_nobody_reads_what_was_recognised_as_an_accusation(life: Life, who: Participant) -> None:
    routed = CaseRouted(
        purpose=Purpose.ACCUSATION,
        lane=Lane.DISCIPLINE,
        ground=RoutingGround.BY_LAW,
        by_post="post-wu",
        **life.case.about(Origin.OFFICE),
    )
    sealed = CASE.evolve(life.case, routed)
    assert access(sealed, who, life.registry, on=CHANGES) is Access.NOTHING
    assert sealed.holder is None


@given(lives())
def test_only_the_petition_procedure_has_a_term_and_other_bodies_cases_are_not_accepted(
    life: Life,
) -> None:
    accepted = life.case.accepted
    if accepted is None:
        return
    assert life.case.lane in {None, Lane.PETITION, Lane.STATUTORY_DUTY}
    assert (accepted.due_at is not None) == (life.case.lane is Lane.PETITION)


@given(lives())
def test_every_accepted_case_was_routed_before_by_a_named_post(life: Life) -> None:
    kinds = [type(each) for *_, events, _ in life.done for each in events]
    if CaseAccepted in kinds:
        assert CaseRouted in kinds[: kinds.index(CaseAccepted)]

"""Who may act on a case, who reads it, and to whom there is no such case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.intake.domain.case import CASE, CaseFile, CaseNotFound
from services.intake.domain.case_rights import (
    Access,
    CaseNotInYourHands,
    HeldBy,
    RecusedFromCase,
    access,
    held_by,
    refuse_unless_acting,
    refuse_unless_reading,
)
from services.intake.domain.complained_unit import hidden_from, means_complained
from services.intake.domain.participant import Capacity, Participant
from services.intake.domain.registry import Registry
from shared.contracts.unit_codes import UnitType
from tests.intake.facts import ACCEPTED, CASE_ID, FILED, FORWARDED
from tests.intake.rights import (
    BEGIN,
    COUNTY,
    HERE,
    NEIGHBOUR,
    OFFICES,
    REGISTRY,
    TODAY,
    UNITS,
    a_case,
    complaint,
    handed_over,
    post,
    recused,
    somebody,
    unit,
)

IN_HAND = a_case(ACCEPTED)
"""By the post Wu of the justice office."""
FORWARDED_TO_WATER = a_case(FORWARDED.model_copy(update={"to_unit": "water-station"}))


def may(case: CaseFile, who: Participant, registry: Registry = REGISTRY) -> Access:
    return access(case, who, registry, on=TODAY)


@pytest.mark.parametrize(
    "who",
    [
        somebody("justice-office"),
        somebody("justice-office", "post-wu"),
        somebody("labour-office", "post-he"),
        somebody("labour-office", "head"),
        somebody("labour-office", None, sub="post-wu"),
        somebody("petition-office", "clerk"),
        somebody("labour-office", capacity=Capacity.TOWNSHIP_LEADER),
        somebody(None, None, division=COUNTY, capacity=Capacity.BACKFILL),
    ],
    ids=[
        *("its unit", "its handler", "the substitute", "the head of its unit"),
        *("the handler by the subject", "the petition office", "a leader", "a backfill"),
    ],
)
def test_who_holds_it_acts(who: Participant) -> None:
    assert may(IN_HAND, who) is Access.ACT


@pytest.mark.parametrize(
    "who",
    [
        somebody("labour-office", capacity=Capacity.OVERSEER),
        somebody("justice-bureau", division=COUNTY, capacity=Capacity.OVERSEER),
        somebody("justice-bureau", division=COUNTY, capacity=Capacity.TOWNSHIP_LEADER),
        somebody("petition-office", "clerk", division=COUNTY),
    ],
)
def test_who_watches_over_it_reads_and_is_told_that_it_is_in_other_hands(
    who: Participant,
) -> None:
    assert may(IN_HAND, who) is Access.READ
    with pytest.raises(CaseNotInYourHands):
        refuse_unless_acting(IN_HAND, who, REGISTRY, on=TODAY)
    refuse_unless_reading(IN_HAND, who, REGISTRY, on=TODAY, texts=True)


@pytest.mark.parametrize(
    "who",
    [
        somebody("labour-office"),
        somebody("water-station"),
        somebody(None, None),
        somebody(None, "post-wu"),
        somebody("not-registered", "post-9"),
        somebody("justice-office", division=COUNTY),
        somebody("labour-office", "post-wu", division=COUNTY),
        somebody("petition-office", "clerk", division=NEIGHBOUR),
    ],
)
def test_to_everybody_else_there_is_no_such_case(who: Participant) -> None:
    assert may(IN_HAND, who) is Access.NOTHING
    with pytest.raises(CaseNotFound):
        refuse_unless_acting(IN_HAND, who, REGISTRY, on=TODAY)
    with pytest.raises(CaseNotFound):
        refuse_unless_reading(IN_HAND, who, REGISTRY, on=TODAY)


def test_before_the_acceptance_the_unit_that_it_was_forwarded_to_has_it() -> None:
    assert may(FORWARDED_TO_WATER, somebody("water-station")) is Access.ACT
    assert may(FORWARDED_TO_WATER, somebody("petition-office")) is Access.ACT
    assert may(FORWARDED_TO_WATER, somebody("justice-office")) is Access.NOTHING
    assert may(a_case(), somebody("water-station")) is Access.NOTHING
    assert may(a_case(), somebody("petition-office")) is Access.ACT


def test_a_unit_that_handles_it_along_finds_facts_and_does_nothing_else() -> None:
    case = a_case(ACCEPTED.model_copy(update={"co_handlers": ("water-station",)}))
    who = somebody("water-station")
    assert may(case, who) is Access.FIND_FACTS
    refuse_unless_acting(case, who, REGISTRY, on=TODAY, needs=Access.FIND_FACTS)
    with pytest.raises(CaseNotInYourHands):
        refuse_unless_acting(case, who, REGISTRY, on=TODAY)


def test_after_a_hand_over_the_one_before_reads_and_the_next_one_acts() -> None:
    case = a_case(ACCEPTED, handed_over("water-station", "post-li"))
    assert may(case, somebody("water-station")) is Access.ACT
    assert may(case, somebody("labour-office", "post-li")) is Access.ACT
    assert may(case, somebody("labour-office", "post-wu")) is Access.READ
    assert may(case, somebody("justice-office", "post-he")) is Access.NOTHING
    assert held_by(case, REGISTRY, on=TODAY) == HeldBy(
        division=HERE, unit="water-station", post="post-li", substitute=None
    )


def test_what_no_registry_knows_is_in_the_hands_of_the_petition_office() -> None:
    assert may(IN_HAND, somebody("petition-office"), Registry.EMPTY) is Access.ACT
    assert may(IN_HAND, somebody("justice-office"), Registry.EMPTY) is Access.NOTHING
    assert may(IN_HAND, somebody("justice-office", "post-wu"), Registry.EMPTY) is Access.ACT
    assert held_by(IN_HAND, Registry.EMPTY, on=TODAY).unit == "petition-office"


def test_a_merged_units_matters_and_a_handed_over_posts_pass_on_without_touching_a_case() -> None:
    registry = Registry.of(
        [
            *OFFICES,
            unit("justice-office", ended_on=TODAY, successor="governance-center"),
            unit("governance-center"),
        ],
        [
            post("post-wu", "justice-office", ended_on=TODAY, successor="post-sun"),
            post("post-sun", "labour-office"),
        ],
    )
    for who in (somebody("governance-center"), somebody("labour-office", "post-sun")):
        assert may(IN_HAND, who, registry) is Access.ACT
        before = access(IN_HAND, who, registry, on=TODAY - timedelta(days=1))
        assert before is Access.NOTHING
    assert may(IN_HAND, somebody("justice-office"), registry) is Access.NOTHING
    assert may(IN_HAND, somebody("labour-office", "post-wu"), registry) is Access.READ
    assert held_by(IN_HAND, registry, on=TODAY) == HeldBy(
        division=HERE, unit="governance-center", post="post-sun", substitute=None
    )


def test_a_unit_that_the_registry_does_not_know_the_post_in_gives_no_right() -> None:
    for claimed in (
        somebody("justice-office", "clerk"),
        somebody("petition-office", "head-of-water"),
        somebody("justice-office", "gone"),
    ):
        registry = Registry.of(
            UNITS,
            [
                *REGISTRY.posts.values(),
                post("head-of-water", "water-station", leads=True),
                post("gone", "justice-office", ended_on=TODAY),
            ],
        )
        assert may(IN_HAND, claimed, registry) is Access.NOTHING
        assert may(IN_HAND, claimed, Registry.of(UNITS)) is Access.ACT
    along = a_case(ACCEPTED.model_copy(update={"co_handlers": ("water-station",)}))
    assert may(along, somebody("water-station", "clerk")) is Access.NOTHING
    above = somebody("petition-office", "chief", division=COUNTY)
    elsewhere = Registry.of(
        [*UNITS, unit("water-bureau", division=COUNTY)],
        [post("chief", "water-bureau", division=COUNTY)],
    )
    assert may(IN_HAND, above) is Access.READ
    assert may(IN_HAND, above, elsewhere) is Access.NOTHING


def test_a_post_of_a_merged_unit_acts_under_the_name_of_either() -> None:
    registry = Registry.of(
        [*UNITS, unit("old-office", ended_on=TODAY, successor="justice-office")],
        [post("post-old", "old-office")],
    )
    assert may(IN_HAND, somebody("justice-office", "post-old"), registry) is Access.ACT


def test_a_substitute_acts_for_as_long_as_it_was_named() -> None:
    until = replace(REGISTRY.posts[HERE, "post-wu"], substitute_until=TODAY)
    registry = Registry.of(UNITS, [until, REGISTRY.posts[HERE, "post-he"]])
    who = somebody("labour-office", "post-he")
    assert may(IN_HAND, who, registry) is Access.ACT
    after = access(IN_HAND, who, registry, on=TODAY + timedelta(days=1))
    assert after is Access.NOTHING


def test_a_recused_post_reads_the_course_and_neither_acts_nor_sees_papers() -> None:
    case = a_case(ACCEPTED, recused("post-wu"), handed_over("justice-office", "post-li"))
    for who in (somebody("justice-office", "post-wu"), somebody("justice-office", sub="post-wu")):
        refuse_unless_reading(case, who, REGISTRY, on=TODAY)
        with pytest.raises(RecusedFromCase):
            refuse_unless_acting(case, who, REGISTRY, on=TODAY)
        with pytest.raises(RecusedFromCase):
            refuse_unless_reading(case, who, REGISTRY, on=TODAY, texts=True)
    leader = somebody("leadership", "post-wu", capacity=Capacity.TOWNSHIP_LEADER)
    with pytest.raises(RecusedFromCase):
        refuse_unless_acting(case, leader, REGISTRY, on=TODAY)
    refuse_unless_acting(case, somebody("justice-office", "post-he"), REGISTRY, on=TODAY)


@pytest.mark.parametrize("capacity", Capacity)
def test_to_the_unit_complained_of_there_is_no_such_case_in_any_capacity(
    capacity: Capacity,
) -> None:
    case = complaint("justice-office", ACCEPTED)
    for who in (
        somebody("justice-office", "post-wu", capacity=capacity),
        somebody("leadership", "head", capacity=capacity),
    ):
        assert may(case, who) is Access.NOTHING
    assert held_by(case, REGISTRY, on=TODAY).unit == "petition-office"


def test_what_has_the_matters_of_the_unit_complained_of_is_told_nothing_either() -> None:
    registry = Registry.of(
        [
            *OFFICES,
            unit("justice-office", ended_on=TODAY, successor="governance-center"),
            unit("governance-center"),
        ]
    )
    case = complaint("justice-office", ACCEPTED)
    assert may(case, somebody("governance-center"), registry) is Access.NOTHING
    assert means_complained("governance-center", case, registry, on=TODAY)
    assert means_complained("justice-office", case, registry, on=TODAY)
    assert not means_complained("petition-office", case, registry, on=TODAY)
    hidden = hidden_from(somebody("governance-center"), registry, on=TODAY)
    assert hidden is not None
    assert hidden.units == (f"{HERE}/governance-center", f"{HERE}/justice-office")


def test_a_complaint_about_the_petition_office_goes_one_level_up() -> None:
    case = complaint("petition-office")
    assert may(case, somebody("petition-office")) is Access.NOTHING
    above = somebody("petition-office", "clerk", division=COUNTY)
    assert may(case, above) is Access.ACT
    held = held_by(case, REGISTRY, on=TODAY)
    assert (held.division, held.unit) == (COUNTY, "petition-office")
    hidden = hidden_from(above, REGISTRY, on=TODAY)
    assert hidden is not None
    assert hidden.of_the_county == ()


def test_a_code_that_the_township_lacks_may_mean_a_unit_of_the_county() -> None:
    case = complaint("education-bureau", ACCEPTED)
    of_county = somebody("education-bureau", division=COUNTY, capacity=Capacity.OVERSEER)
    assert may(case, of_county) is Access.NOTHING
    own = Registry.of([*UNITS, unit("education-bureau")])
    assert may(case, of_county, own) is Access.READ
    hidden = hidden_from(of_county, own, on=TODAY)
    assert hidden is not None
    assert hidden.of_the_county == ("education-bureau",)
    assert hidden.own_of_townships == (f"{HERE}/education-bureau",)


FROM_NEIGHBOUR = {"home_case_id": NEIGHBOUR + CASE_ID[len(HERE) :]}
"""Of a case whose matter was first filed in the neighbouring township."""


@pytest.mark.parametrize("capacity", Capacity)
def test_a_complaint_from_another_township_may_mean_the_unit_of_that_code_here(
    capacity: Capacity,
) -> None:
    filed = FILED.model_copy(update=FROM_NEIGHBOUR | {"complained_unit": "justice-office"})
    case = CASE.fold([filed, ACCEPTED])
    of_it = somebody("justice-office", "post-wu", capacity=capacity)
    assert may(case, of_it) is Access.NOTHING
    assert held_by(case, REGISTRY, on=TODAY).unit == "petition-office"
    assert means_complained("justice-office", case, REGISTRY, on=TODAY)
    assert may(case, somebody("petition-office", "clerk")) is Access.ACT
    hidden = hidden_from(of_it, REGISTRY, on=TODAY)
    assert hidden is not None
    assert hidden.where_it_is == (f"{HERE}/justice-office",)


def test_a_complaint_may_mean_the_unit_of_its_code_where_it_is_to_go() -> None:
    case = complaint("justice-office")
    assert means_complained("justice-office", case, REGISTRY, on=TODAY, division=NEIGHBOUR)
    assert not means_complained("petition-office", case, REGISTRY, on=TODAY, division=NEIGHBOUR)
    merged = Registry.of(
        [
            *UNITS,
            unit("justice-office", division=NEIGHBOUR, ended_on=TODAY, successor="center"),
            unit("center", division=NEIGHBOUR),
        ]
    )
    assert means_complained("center", case, merged, on=TODAY, division=NEIGHBOUR)
    assert not means_complained("center", case, merged, on=TODAY)


def test_a_complaint_about_a_petition_office_means_none_of_another_township() -> None:
    for code, registry in (
        ("petition-office", REGISTRY),
        ("xinfang", Registry.of([unit("xinfang", unit_type=UnitType.PETITION_OFFICE)])),
    ):
        filed = FILED.model_copy(update=FROM_NEIGHBOUR | {"complained_unit": code})
        here = somebody(code, "clerk")
        assert may(CASE.fold([filed]), here, registry) is Access.ACT
        hidden = hidden_from(here, registry, on=TODAY)
        assert hidden is not None
        assert hidden.where_it_is == ()


def test_nothing_is_hidden_from_whom_no_unit_is_known_of() -> None:
    assert hidden_from(somebody(None, None), REGISTRY, on=TODAY) is None
    assert hidden_from(somebody(None, "post-he"), REGISTRY, on=TODAY) is not None


def test_the_petition_office_goes_by_the_registry() -> None:
    registry = Registry.of(
        [unit("xinfang", unit_type=UnitType.PETITION_OFFICE), unit("justice-office")]
    )
    assert may(a_case(), somebody("xinfang"), registry) is Access.ACT
    assert may(a_case(), somebody("petition-office"), registry) is Access.NOTHING


def test_a_registered_post_begins_on_its_day() -> None:
    assert REGISTRY.posts[HERE, "head"].valid_from == BEGIN
    early = access(
        IN_HAND, somebody("labour-office", "head"), REGISTRY, on=BEGIN - timedelta(days=1)
    )
    assert early is Access.NOTHING

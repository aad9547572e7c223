"""Who holds a matter by the registry: successors are followed, what is unknown is the petition office's."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.registry import (
    PETITION_OFFICE,
    Post,
    Registry,
    Unheld,
    Unit,
    Why,
)
from shared.contracts.unit_codes import UnitLevel, UnitType

HERE, COUNTY = "519900171", "519900"
BEGIN, TODAY = date(2025, 1, 1), date(2025, 6, 30)


def unit(code: str, *, division: str = HERE, **more: Any) -> Unit:
    facts: dict[str, Any] = {"unit_type": UnitType.JUSTICE, "title": "司法所"} | more
    name = f"id-{division}-{code}"
    return Unit(unit_id=name, division=division, code=code, valid_from=BEGIN, **facts)


def ended(code: str, successor: str | None = None, on: date = TODAY, **more: Any) -> Unit:
    named = successor and f"id-{HERE}-{successor}"
    return unit(code, ended_on=on, successor=named, **more)


def post(code: str, **more: Any) -> Post:
    facts: dict[str, Any] = {"unit": "justice", "leads": False} | more
    return Post(post_id=f"id-{code}", division=HERE, code=code, valid_from=BEGIN, **facts)


def test_an_empty_registry_gives_everything_to_the_petition_office() -> None:
    assert Registry.EMPTY.unit_now(HERE, "justice", TODAY) == (HERE, PETITION_OFFICE)
    assert Registry.EMPTY.unit_now(COUNTY, "not-stated", TODAY) == (COUNTY, PETITION_OFFICE)
    assert Registry.EMPTY.post_now(HERE, "he", TODAY) is None


def test_a_petition_office_goes_by_its_type_not_by_its_code() -> None:
    registry = Registry.of([unit("xinfang", unit_type=UnitType.PETITION_OFFICE)])
    assert registry.petition_office(HERE) == "xinfang"
    assert registry.unit_now(HERE, "unknown", TODAY) == (HERE, "xinfang")
    assert registry.petition_office(COUNTY) == PETITION_OFFICE


def test_a_petition_office_that_was_merged_is_its_successor() -> None:
    registry = Registry.of(
        [ended("xinfang", "center", unit_type=UnitType.PETITION_OFFICE), unit("center")]
    )
    assert registry.petition_office(HERE) == "center"
    assert registry.petition_office(HERE, TODAY - timedelta(days=1)) == "xinfang"
    assert registry.petition_office(HERE, TODAY) == "center"


def test_a_unit_that_is_there_holds_what_it_was_given() -> None:
    assert Registry.of([unit("justice")]).unit_now(HERE, "justice", TODAY) == (HERE, "justice")


def test_a_unit_that_begins_later_holds_nothing_yet() -> None:
    registry = Registry.of([unit("justice")])
    before = BEGIN - timedelta(days=1)
    assert registry.unit_now(HERE, "justice", before) == (HERE, PETITION_OFFICE)


def test_matters_of_a_merged_unit_pass_on_the_day_of_its_end() -> None:
    registry = Registry.of([ended("a", "b"), unit("b")])
    assert registry.unit_now(HERE, "a", TODAY - timedelta(days=1)) == (HERE, "a")
    assert registry.unit_now(HERE, "a", TODAY) == (HERE, "b")


def test_a_successor_may_be_of_another_division_of_the_county() -> None:
    bureau = unit("bureau", division=COUNTY)
    registry = Registry.of([unit("a", ended_on=TODAY, successor=bureau.unit_id), bureau])
    assert registry.unit_now(HERE, "a", TODAY) == (COUNTY, "bureau")


def test_what_ended_without_a_successor_is_the_petition_offices() -> None:
    registry = Registry.of([ended("a", "b"), ended("b")])
    assert registry.unit_now(HERE, "a", TODAY) == (HERE, PETITION_OFFICE)


def test_a_post_that_was_handed_over_is_the_other_one() -> None:
    registry = Registry.of([], [post("a", ended_on=TODAY, successor="b"), post("b")])
    assert registry.post_now(HERE, "a", TODAY) == (HERE, "b")
    assert registry.post_now(HERE, "a", TODAY - timedelta(days=1)) == (HERE, "a")


def test_a_post_that_ended_is_nobodys() -> None:
    assert Registry.of([], [post("a", ended_on=TODAY)]).post_now(HERE, "a", TODAY) is None


def test_who_holds_a_post_and_who_acts_for_it_go_by_days() -> None:
    held = post(
        "a",
        holder="h-1",
        held_since=date(2025, 2, 1),
        vacated_on=date(2025, 5, 1),
        substitute="b",
        substitute_since=date(2025, 5, 1),
        substitute_until=date(2025, 5, 31),
    )
    assert held.holder_on(date(2025, 1, 31)) is None
    assert held.holder_on(date(2025, 2, 1)) == held.holder_on(date(2025, 4, 30)) == "h-1"
    assert held.holder_on(date(2025, 5, 1)) is None
    assert held.substitute_on(date(2025, 4, 30)) is None
    assert held.substitute_on(date(2025, 5, 31)) == "b"
    assert held.substitute_on(date(2025, 6, 1)) is None


def test_the_head_of_a_merged_unit_heads_its_successor() -> None:
    registry = Registry.of([ended("a", "b"), unit("b")], [post("x", unit="a", leads=True)])
    assert [each.code for each in registry.heads_of(HERE, "b", TODAY)] == ["x"]
    assert registry.unit_of_post(HERE, "x", TODAY) == (HERE, "b")


def test_a_post_is_unheld_while_it_is_vacant_and_nobody_acts_for_it() -> None:
    gone = {"vacated_on": TODAY}
    acted_for = gone | {"substitute": "b", "substitute_since": BEGIN}
    registry = Registry.of([], [post("a", **acted_for), post("b"), post("c", **gone), post("d")])
    assert registry.unheld_posts(TODAY) == {(HERE, "c"): Unheld(Why.POST_VACANT, TODAY, "id-c")}
    assert registry.posts_given_to((HERE, "b"), TODAY) == [(HERE, "b"), (HERE, "a")]
    both = Registry.of([], [post("a", **acted_for), post("b", **gone)])
    assert both.unheld_posts(TODAY) == {
        (HERE, code): Unheld(Why.POST_VACANT, TODAY, "id-b") for code in "ab"
    }


def test_what_ended_is_unheld_with_all_that_came_before_it() -> None:
    registry = Registry.of(
        [ended("a", "b"), ended("b"), unit("c")],
        [post("x", ended_on=TODAY, successor="y"), post("y", ended_on=TODAY)],
    )
    assert registry.unheld_units(TODAY) == {
        (HERE, code): Unheld(Why.UNIT_ENDED, TODAY, f"id-{HERE}-b") for code in "ab"
    }
    assert registry.unheld_posts(TODAY) == {
        (HERE, code): Unheld(Why.POST_ENDED, TODAY, "id-y") for code in "xy"
    }
    assert registry.unheld_units(TODAY - timedelta(days=1)) == {}
    assert registry.given_to((HERE, "b"), TODAY - timedelta(days=1)) == [(HERE, "b")]


def test_levels_follow_from_division_and_type() -> None:
    assert unit("a").level is UnitLevel.TOWNSHIP
    assert unit("a", division=COUNTY).level is UnitLevel.COUNTY
    assert unit("a", unit_type=UnitType.VILLAGE_COMMITTEE).level is UnitLevel.VILLAGE


CODES = st.sampled_from("abcdef")


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Units that may have ended, each with any successor: also in circles."""
    codes = draw(st.lists(CODES, unique=True))
    days = st.none() | st.dates(BEGIN, TODAY + timedelta(days=30))
    units = []
    for code in codes:
        on = draw(days)
        units.append(ended(code, draw(st.none() | CODES), on) if on else unit(code))
    return Registry.of(units)


@given(registry=registries(), code=CODES)
def test_somebody_who_is_there_holds_everything(registry: Registry, code: str) -> None:
    division, holder = registry.unit_now(HERE, code, TODAY)
    known = registry.unit(division, holder)
    assert known.is_valid(TODAY) if known else holder == registry.petition_office(HERE, TODAY)


@given(registry=registries(), code=CODES)
def test_what_is_held_today_is_held_by_who_is_asked_next(registry: Registry, code: str) -> None:
    division, holder = registry.unit_now(HERE, code, TODAY)
    assert registry.unit_now(division, holder, TODAY) == (division, holder)

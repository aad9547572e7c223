"""By the policy a township's leader receives weekly and a county's monthly; what is not on record is missed."""

import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from services.intake.domain.reception_policy import (
    OwedReception,
    Rhythm,
    owed,
    periods_of,
)
from services.intake.domain.registry import Post
from shared.divisions import new_id
from shared.identity import Role
from tests.intake.doors import COUNTY, TOWNSHIP, Doors
from tests.intake.registry import registered_post, registered_unit
from tests.midnight import today

LATER = datetime(2025, 6, 1, tzinfo=UTC)


def leader(code: str, *, since: date = date(2025, 1, 1), until: date | None = None) -> Post:
    return Post(
        post_id=new_id(COUNTY),
        division=TOWNSHIP,
        code=code,
        unit="leaders",
        leads=True,
        valid_from=since,
        ended_on=until,
    )


def lines(
    *leaders: Post,
    held: Mapping[str, list[date]] | None = None,
    division: str = TOWNSHIP,
    now: datetime = LATER,
) -> list[OwedReception]:
    return owed(leaders, held or {}, division=division, month="2025-03", now=now)


def test_the_weeks_of_a_month_begin_in_it() -> None:
    weeks = list(periods_of("2025-03", Rhythm.WEEKLY))
    assert [first for first, _ in weeks] == [date(2025, 3, day) for day in (3, 10, 17, 24, 31)]
    assert weeks[-1] == (date(2025, 3, 31), date(2025, 4, 6))
    assert list(periods_of("2024-02", Rhythm.MONTHLY)) == [(date(2024, 2, 1), date(2024, 2, 29))]


def test_every_month_of_weeks_follows_the_one_before() -> None:
    months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    weeks = [week for month in months for week in periods_of(month, Rhythm.WEEKLY)]
    gaps = {after[0] - before[1] for before, after in itertools.pairwise(weeks)}
    assert gaps == {timedelta(days=1)}


def test_what_is_not_on_record_is_missed_once_its_time_is_over() -> None:
    found = lines(leader("mayor"), held={"mayor": [date(2025, 3, 5), date(2025, 3, 6)]})
    assert [(each.held, each.missed) for each in found] == [(2, False), *[(0, True)] * 4]
    # the week that ends on 9 March may be recorded until the end of the tenth
    runs = lines(leader("mayor"), now=datetime(2025, 3, 10, 15, 59, tzinfo=UTC))
    assert not any(each.missed for each in runs)


def test_a_county_owes_one_a_month() -> None:
    [found] = lines(leader("head"), division=COUNTY)
    assert (found.first, found.last, found.missed) == (date(2025, 3, 1), date(2025, 3, 31), True)


def test_a_post_owes_nothing_of_a_period_in_which_it_was_not_there() -> None:
    began = lines(leader("mayor", since=date(2025, 3, 11)))
    assert [each.first.day for each in began] == [17, 24, 31]
    ended = lines(leader("mayor", until=date(2025, 3, 17)))
    assert [each.first.day for each in ended] == [3, 10]


def test_the_order_is_by_post_and_day_and_never_by_number() -> None:
    found = lines(leader("secretary"), leader("mayor"), held={"mayor": [date(2025, 3, 5)]})
    assert [each.leader_post for each in found] == ["mayor"] * 5 + ["secretary"] * 5


@pytest.mark.parts
async def test_the_schedule_shows_what_is_on_record(empty_doors: Doors) -> None:
    await registered_unit(empty_doors, "leaders", unit_type="leadership")
    await registered_unit(empty_doors, "justice-office")
    await registered_post(empty_doors, "mayor", "leaders")
    await registered_post(empty_doors, "clerk-1", "justice-office")
    monday = today() - timedelta(days=today().weekday() + 7)
    body = {"form": "reception", "leader_post": "mayor", "place_kind": "village"}
    held = f"/townships/{TOWNSHIP}/receptions/held"
    answer = await empty_doors.post(held, body | {"happened_on": str(monday)})
    assert answer.status_code == 201, answer.text
    path = f"/townships/{TOWNSHIP}/receptions/schedule/{monday:%Y-%m}"
    found = (await empty_doors.get(path, role=Role.CLERK)).json()
    assert (found["rhythm"], found["policy_version"]) == ("weekly", "reception.1-placeholder")
    assert {each["leader_post"] for each in found["owed"]} == {"mayor"}
    [week] = [each for each in found["owed"] if each["first"] == str(monday)]
    assert (week["held"], week["missed"]) == (1, False)

"""No open case is nobody's without an event that says so: the board of what is unheld."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shared.identity import Role
from tests.intake.doors import (
    COUNTY,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    fresh_intake,
    open_doors,
    problem,
)
from tests.intake.registry import registered_post, registered_unit
from tests.parts import PostgresForTests

pytestmark = pytest.mark.parts
JUNE = "2025-06-01"
ABOLISHED = {"on": JUNE, "why": "abolished"}
LEFT = ABOLISHED | {"leaves_open": True}


@pytest.fixture(scope="module")
async def doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    """What is unheld is listed for the whole county."""
    async with open_doors(fresh_intake(postgres)) as opened:
        yield opened


def code(stem: str) -> str:
    """A code that no other test has."""
    return f"{stem}-{uuid4().hex[:8]}"


async def ask(doors: Doors, path: str, body: dict[str, Any], role: Role = Role.CLERK) -> Any:
    return await doors.post(path, body, role=role)


async def unheld(doors: Doors, division: str = TOWNSHIP, **query: Any) -> list[dict[str, Any]]:
    answer = await doors.get("/units/unheld", division=division, **{"limit": 500, **query})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def accepted(doors: Doors, unit: str, handler: str) -> str:
    case_id = await doors.file()
    await doors.tell(case_id, ("accept", {"responsible_unit": unit, "handler": handler}))
    return case_id


async def test_what_a_unit_left_open_is_listed_until_the_case_ends(doors: Doors) -> None:
    unit = code("justice")
    unit_id = await registered_unit(doors, unit)
    case_id = await accepted(doors, unit, code("nobody"))
    assert case_id not in {each["case_id"] for each in await unheld(doors)}
    assert (await ask(doors, f"/units/{unit_id}/end", LEFT)).status_code == 200
    (line,) = [each for each in await unheld(doors) if each["case_id"] == case_id]
    assert (line["why"], line["since"], line["said_by"]) == ("unit-ended", JUNE, unit_id)
    assert line["unit"] == unit
    assert case_id in {each["case_id"] for each in await unheld(doors, COUNTY)}
    assert case_id not in {each["case_id"] for each in await unheld(doors, NEIGHBOUR)}
    await doors.tell(case_id, ("divert", {"route": "litigation"}))
    assert case_id not in {each["case_id"] for each in await unheld(doors)}


async def test_what_is_opened_again_under_a_unit_that_ended_goes_to_the_petition_office(
    doors: Doors,
) -> None:
    unit = code("justice")
    unit_id = await registered_unit(doors, unit)
    case_id = await accepted(doors, unit, code("nobody"))
    await doors.tell(case_id, ("divert", {"route": "litigation"}))
    assert (await ask(doors, f"/units/{unit_id}/end", ABOLISHED)).status_code == 200
    await doors.tell(case_id, ("reopen", {"reason": "new-facts"}))
    assert case_id not in {each["case_id"] for each in await unheld(doors)}
    shown = (await doors.get(f"/cases/{case_id}")).json()
    assert shown["held_by"]["unit"] == "petition-office"
    assert [each["event"] for each in shown["history"]][-2:] == [
        "case-reopened",
        "case-handed-over",
    ]


async def test_the_board_goes_page_by_page(doors: Doors) -> None:
    unit = code("justice")
    unit_id = await registered_unit(doors, unit)
    cases = {await accepted(doors, unit, code("nobody")) for _ in range(3)}
    await ask(doors, f"/units/{unit_id}/end", LEFT)
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 1}
    while True:
        page = (await doors.get("/units/unheld", **query)).json()
        seen += [each["case_id"] for each in page["items"]]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert sorted(seen) == seen
    assert cases <= set(seen)


async def test_a_vacant_post_is_listed_while_nobody_acts_for_it(doors: Doors) -> None:
    unit, own, other = code("justice"), code("post"), code("post")
    await registered_unit(doors, unit)
    post_id, _ = (
        await registered_post(doors, own, unit),
        await registered_post(doors, other, unit),
    )
    case_id = await accepted(doors, unit, own)
    held = {"holder": "h-1", "since": "2025-02-01"}
    assert (await ask(doors, f"/posts/{post_id}/hold", held)).status_code == 200
    left = {"on": JUNE, "leaves_open": True}
    assert (await ask(doors, f"/posts/{post_id}/vacate", left)).status_code == 200
    (line,) = [each for each in await unheld(doors) if each["case_id"] == case_id]
    assert (line["why"], line["post"], line["said_by"]) == ("post-vacant", own, post_id)
    acts = {"substitute": other, "since": JUNE}
    assert (await ask(doors, f"/posts/{post_id}/name-substitute", acts)).status_code == 200
    assert case_id not in {each["case_id"] for each in await unheld(doors)}


async def test_nothing_is_given_to_a_unit_or_post_that_has_ended(doors: Doors) -> None:
    unit, gone, post = code("justice"), code("gone"), code("post")
    await registered_unit(doors, unit)
    gone_id = await registered_unit(doors, gone)
    post_id = await registered_post(doors, post, unit)
    await ask(doors, f"/units/{gone_id}/end", ABOLISHED)
    await ask(doors, f"/posts/{post_id}/end", {"on": JUNE})
    case_id = await doors.file()
    for verb, body, why, named in (
        ("forward", {"to_unit": gone}, "unit-has-ended", "to_unit"),
        ("accept", {"responsible_unit": gone}, "unit-has-ended", "responsible_unit"),
        ("accept", {"responsible_unit": unit, "handler": post}, "post-has-ended", "handler"),
    ):
        refused = await doors.post(f"/cases/{case_id}/{verb}", body)
        assert (refused.status_code, problem(refused)) == (409, why)
        assert refused.json()["field"] == named


async def test_a_case_given_while_its_unit_ends_is_refused_or_said_to_be_left(
    doors: Doors,
) -> None:
    """Whoever is first: no case is with a unit whose end says that nothing was open."""
    for _ in range(15):
        unit = code("justice")
        unit_id = await registered_unit(doors, unit)
        cases = [await doors.file() for _ in range(3)]
        given = [doors.post(f"/cases/{each}/accept", {"responsible_unit": unit}) for each in cases]
        ending = ask(doors, f"/units/{unit_id}/end", ABOLISHED)
        answers = await asyncio.gather(given[0], ending, *given[1:])
        ended = answers[1]
        taken = [each for each in (answers[0], *answers[2:]) if each.status_code == 200]
        refused = {problem(each) for each in answers if each.status_code != 200}
        assert refused <= {"unit-has-ended", "matters-are-open", "stream-moved-on"}, refused
        assert ended.status_code != 200 or not taken


async def test_a_unit_that_another_process_has_just_ended_is_given_nothing(doors: Doors) -> None:
    """The snapshot may be a second old; the append is not decided by it alone."""
    unit, post = code("justice"), code("post")
    unit_id = await registered_unit(doors, unit)
    post_id = await registered_post(doors, post, unit)
    first, second = await doors.file(), await doors.file()
    async with open_doors(doors.database) as elsewhere:
        await doors.office.registry(TOWNSHIP)
        ended = await ask(elsewhere, f"/posts/{post_id}/end", {"on": JUNE})
        assert ended.status_code == 200
        body = {"responsible_unit": unit, "handler": post}
        refused = await doors.post(f"/cases/{first}/accept", body)
        assert problem(refused) == "post-has-ended"
        await doors.office.registry(TOWNSHIP)
        ended = await ask(elsewhere, f"/units/{unit_id}/end", ABOLISHED)
        assert ended.status_code == 200
        refused = await doors.post(f"/cases/{second}/forward", {"to_unit": unit})
        assert problem(refused) == "unit-has-ended"


async def test_a_matter_on_its_way_is_open_with_the_unit_that_is_to_have_it(doors: Doors) -> None:
    """No worker runs here: the receiver has no case of it."""
    unit = code("justice")
    unit_id = await registered_unit(doors, unit, NEIGHBOUR)
    case_id = await doors.file()
    await doors.tell(case_id, ("forward", {"to_unit": unit, "to_division": NEIGHBOUR}))
    how: dict[str, Any] = {"role": Role.CLERK, "division": NEIGHBOUR}
    refused = await doors.post(f"/units/{unit_id}/end", ABOLISHED, **how)
    assert (problem(refused), refused.json()["open_matters"]) == ("matters-are-open", 1)
    assert (await doors.post(f"/units/{unit_id}/end", LEFT, **how)).status_code == 200
    (line,) = [each for each in await unheld(doors) if each["case_id"] == case_id]
    assert (line["unit_division"], line["unit"], line["said_by"]) == (NEIGHBOUR, unit, unit_id)


async def test_units_and_posts_that_end_at_the_same_moment_leave_nothing_in_silence(
    doors: Doors,
) -> None:
    """One is merged into another while that one is abolished; likewise handed over and ended."""
    for _ in range(10):
        (one, two), (mine, other) = (code("unit"), code("unit")), (code("post"), code("post"))
        first, second = await registered_unit(doors, one), await registered_unit(doors, two)
        post_id, other_id = [await registered_post(doors, each, two) for each in (mine, other)]
        case_id = await accepted(doors, one, mine)
        merged = {"on": JUNE, "why": "merged", "successor": second}
        over = {"to": other, "on": JUNE, "reason": "transfer"}
        answers = await asyncio.gather(
            ask(doors, f"/units/{first}/end", merged),
            ask(doors, f"/units/{second}/end", ABOLISHED),
            ask(doors, f"/posts/{post_id}/hand-over", over),
            ask(doors, f"/posts/{other_id}/end", {"on": JUNE}),
        )
        assert {each.status_code for each in answers} <= {200, 409, 422}
        assert case_id not in {each["case_id"] for each in await unheld(doors)}


UNITS, POSTS = 3, 3


@dataclass
class Office:
    """A few units and posts, the first ones with cases, and what is asked of them."""

    doors: Doors
    units: list[tuple[str, str]] = field(default_factory=list)
    posts: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    async def opened(cls, doors: Doors) -> "Office":
        office = cls(doors)
        for _ in range(UNITS):
            unit = code("unit")
            office.units.append((unit, await registered_unit(doors, unit)))
        for _ in range(POSTS):
            post = code("post")
            office.posts.append((post, await registered_post(doors, post, office.units[0][0])))
        for place in range(UNITS):
            await office.do("hold", place, place, openly=False)
            await office.do("accept", 0, 0, openly=False)
        return office

    async def do(self, act: str, one: int, other: int, *, openly: bool) -> None:
        if act in {"accept", "forward"}:
            path = f"/cases/{await self.doors.file()}/{act}"
            unit, post = self.units[one][0], self.posts[other][0]
            given = {"accept": {"responsible_unit": unit, "handler": post}}
            answer = await self.doors.post(path, given.get(act, {"to_unit": unit}))
        else:
            path, body = self.change(act, one, other, openly=openly)
            answer = await ask(self.doors, path, body)
        assert answer.status_code < 500, answer.text

    def change(
        self, act: str, one: int, other: int, *, openly: bool
    ) -> tuple[str, dict[str, Any]]:
        unit, post = (f"/{kind}/{ids[one][1]}" for kind, ids in self.kinds())
        successor, colleague = self.units[other][1], self.posts[other][0]
        flag = {"on": JUNE, "leaves_open": openly}
        since = "2190-01-01" if openly else JUNE
        changes: dict[str, tuple[str, dict[str, Any]]] = {
            "abolish": (f"{unit}/end", flag | {"why": "abolished"}),
            "merge": (f"{unit}/end", {"on": JUNE, "why": "merged", "successor": successor}),
            "hold": (f"{post}/hold", {"holder": "h-1", "since": JUNE}),
            "vacate": (f"{post}/vacate", flag),
            "substitute": (f"{post}/name-substitute", {"substitute": colleague, "since": since}),
            "hand-over": (
                f"{post}/hand-over",
                {"to": colleague, "on": JUNE, "reason": "transfer"},
            ),
            "end": (f"{post}/end", flag),
        }
        return changes[act]

    def kinds(self) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
        return ("units", self.units), ("posts", self.posts)

    async def is_said(self, line: dict[str, Any]) -> bool:
        """Whether the unit's end, or an event of one of the posts, says that matters were left."""
        of_unit = line["why"] == "unit-ended"
        streams = [line["said_by"]] if of_unit else [post_id for _, post_id in self.posts]
        found = await self.doors.office.ledger.streams(COUNTY, COUNTY, streams)
        return any(
            orjson.loads(event.data).get("leaves_open")
            for events in found.values()
            for event in events
        )


ACTS = st.tuples(
    st.sampled_from(
        [
            *("accept", "forward", "abolish", "merge"),
            *("hold", "vacate", "substitute", "hand-over", "end"),
        ]
    ),
    st.integers(0, UNITS - 1),
    st.integers(0, POSTS - 1),
    st.booleans(),
)


@given(acts=st.lists(ACTS, min_size=3, max_size=10))
@example(acts=[("merge", 0, 1, False), ("abolish", 1, 0, False)])
@example(acts=[("hand-over", 0, 1, False), ("end", 1, 0, False)])
@example(acts=[("substitute", 0, 1, False), ("vacate", 0, 0, False), ("vacate", 1, 0, False)])
@example(acts=[("substitute", 0, 1, False), ("vacate", 0, 0, False), ("end", 1, 0, False)])
@example(acts=[("vacate", 1, 0, False), ("substitute", 0, 1, False), ("vacate", 0, 0, False)])
@example(
    acts=[
        *(("substitute", 0, 1, False), ("vacate", 0, 0, False)),
        ("substitute", 0, 2, True),
    ]
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_nothing_is_unheld_without_an_event_that_says_so(
    doors: Doors, acts: list[tuple[str, int, int, bool]]
) -> None:
    office = await Office.opened(doors)
    own = {name for name, _ in (*office.units, *office.posts)}
    for act, one, other, openly in acts:
        await office.do(act, one, other, openly=openly)
        left = [each for each in await unheld(doors) if {each["unit"], each["post"]} & own]
        for line in left:
            assert await office.is_said(line), (act, line)

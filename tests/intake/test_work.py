"""The work at hand: whose it is, in which groups, and how many there are of each."""

from typing import Any

import pytest

from shared.identity import Role
from shared.postgres import rows, transaction
from shared.times import to_wire
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.registry import registered_post, registered_unit
from tests.intake.residents import asked, registered, seen
from tests.intake.test_holding import accepted_by, of
from tests.legal_acts import DIVERTED, closed
from tests.office_doors import at

pytestmark = pytest.mark.parts

OFFICE = of("petition-office", "clerk")


async def work(doors: Doors, how: dict[str, Any] = OFFICE, **query: Any) -> dict[str, Any]:
    answer = await doors.get("/work", **how, **query)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def ids(shown: dict[str, Any]) -> list[str]:
    return [each["record"]["case_id"] for each in shown["items"]]


async def test_each_unit_and_post_has_its_own_work(empty_doors: Doors) -> None:
    doors = empty_doors
    for code in ("justice", "water"):
        await registered_unit(doors, code, title="某某所")
    await registered_post(doors, "he", "justice")
    at_the_office = await doors.file()
    with_justice = await accepted_by(doors, "justice", "he")
    unregistered = await accepted_by(doors, "no-such-unit", "nobody")
    ended = await doors.file()
    await doors.tell(ended, DIVERTED)
    assert ids(await work(doors, of("justice"))) == [with_justice]
    assert ids(await work(doors, of("water", "he"))) == [with_justice]
    assert ids(await work(doors, of("water"))) == []
    assert set(ids(await work(doors))) == {at_the_office, unregistered}
    # the registry knows that post in another unit than the token says
    assert ids(await work(doors, of("petition-office", "he"))) == [with_justice]


async def test_what_a_unit_took_over_is_its_work(empty_doors: Doors) -> None:
    doors = empty_doors
    water = await registered_unit(doors, "water", title="水利站")
    centre = await registered_unit(doors, "centre", title="综治中心")
    case_id = await doors.file()
    await doors.tell(case_id, ("accept", {"responsible_unit": "water", "handler": "he"}))
    merged = {"on": "2025-06-01", "why": "merged", "successor": centre}
    answer = await doors.post(f"/units/{water}/end", merged, role=Role.CLERK)
    assert answer.status_code == 200, answer.text
    assert ids(await work(doors, of("centre"))) == [case_id]


async def test_groups_are_counted_by_the_query_that_lists_them(empty_doors: Doors) -> None:
    doors = empty_doors
    new, accepted, again, asked, answered = [await doors.file() for _ in range(5)]
    await doors.tell(accepted, ("accept", {"responsible_unit": "petition-office"}))
    await doors.tell(again, DIVERTED, ("reopen", {"reason": "new-facts"}))
    await doors.tell(asked, ("refer-to-mediation", {"committee_id": f"{TOWNSHIP}{new[9:]}"}))
    await doors.tell(answered, ("accept", {"responsible_unit": "petition-office"}), ANSWER)
    shown = await work(doors)
    assert shown["counts"] == {
        "held": 5,
        "groups": {
            "new": 2,
            "returned": 1,
            "waiting-for-another": 1,
            "overdue": 0,
            "due-soon": 0,
        },
    }
    groups = {each["record"]["case_id"]: each["groups"] for each in shown["items"]}
    assert groups == {
        new: ["new"],
        accepted: [],
        again: ["returned"],
        asked: ["new", "waiting-for-another"],
        answered: [],
    }
    assert ids(await work(doors, group="returned")) == [again]
    assert (await work(doors, group="returned"))["counts"] == shown["counts"]
    due_at = next(
        each["record"]["due_at"]
        for each in shown["items"]
        if each["record"]["case_id"] == accepted
    )
    with at(doors, due_at):
        assert ids(await work(doors, group="due-soon")) == [accepted]
    with at(doors, _later(due_at)):
        late = await work(doors)
        assert late["counts"]["groups"]["overdue"] == 1
        assert ids(await work(doors, group="overdue")) == [accepted]


def _later(moment: str) -> str:
    return f"{int(moment[:4]) + 1}{moment[4:]}"


async def test_pages_are_the_soonest_due_first_and_neither_skip_nor_repeat(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    undated = [await doors.file() for _ in range(3)]
    dated = []
    for day in ("2025-03-06", "2025-03-04", "2025-03-05"):
        case_id = await doors.file(occurred_at=f"{day}T10:00:00+08:00")
        body = {"responsible_unit": "petition-office", "occurred_at": f"{day}T11:00:00+08:00"}
        answer = await doors.post(
            f"/cases/{case_id}/accept", body, role=Role.BACKFILL, division=COUNTY
        )
        assert answer.status_code == 200, answer.text
        dated.append(case_id)
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        shown = await work(doors, **query)
        assert shown["counts"]["held"] == 6
        seen += ids(shown)
        if shown["next"] is None:
            break
        query["cursor"] = shown["next"]
    assert seen[:3] == [dated[1], dated[2], dated[0]]
    assert sorted(seen[3:]) == sorted(undated)


async def test_only_what_has_changed_is_shown_where_that_is_asked(empty_doors: Doors) -> None:
    doors = empty_doors
    first, second = await doors.file(), await doors.file()
    (stamp,) = await stamps(doors, second)
    await doors.tell(first, ("accept", {"responsible_unit": "petition-office"}))
    shown = await work(doors, changed_since=stamp)
    assert set(ids(shown)) == {first, second}
    (later,) = await stamps(doors, first)
    shown = await work(doors, changed_since=later)
    assert ids(shown) == [first]
    assert shown["counts"]["held"] == 2
    assert shown["changed_since"] < later


async def stamps(doors: Doors, case_id: str) -> list[str]:
    query = "select changed_at from case_board where case_id = %(case_id)s"
    async with transaction(doors.pool, TOWNSHIP) as connection:
        found = await rows(connection, query, {"case_id": case_id})
    return [to_wire(each["changed_at"]) for each in found]


async def test_who_is_complained_of_has_no_such_work(empty_doors: Doors) -> None:
    doors = empty_doors
    await registered_unit(doors, "water", title="水利站")
    case_id = await doors.file(complained_unit="water")
    assert ids(await work(doors, of("water"))) == []
    assert ids(await work(doors)) == [case_id]


async def test_what_complains_of_a_petition_office_is_the_countys_work(empty_doors: Doors) -> None:
    doors = empty_doors
    county = OFFICE | {"division": COUNTY}
    unregistered = await doors.file(complained_unit="petition-office")
    assert ids(await work(doors)) == []
    assert ids(await work(doors, county)) == [unregistered]
    office = {"title": "信访办", "unit_type": "petition-office"}
    await registered_unit(doors, "office", NEIGHBOUR, **office)
    theirs = of("office") | {"division": NEIGHBOUR}
    named = await doors.file(NEIGHBOUR, complained_unit="office")
    other = await doors.file(NEIGHBOUR)
    assert ids(await work(doors, theirs)) == [other]
    assert set(ids(await work(doors, county))) == {unregistered, named}


async def test_what_complains_of_the_responsible_unit_is_the_petition_offices_work(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    for code in ("water", "justice"):
        await registered_unit(doors, code, title="某某站")
    cases = [await accepted_by(doors, "water", "he") for _ in range(2)]
    assert ids(await work(doors)) == []
    fact = {"why": "typing-error", "complained_unit": "water"}
    answer = await doors.post(f"/cases/{cases[0]}/correct", fact)
    assert answer.status_code == 200, answer.text
    assert ids(await work(doors)) == [cases[0]]
    assert ids(await work(doors, of("water"))) == [cases[1]]
    assert ids(await work(doors, of("justice"))) == []


async def test_a_review_that_was_asked_for_is_work_also_of_a_closed_case(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    case_id = await doors.file()
    await doors.tell(case_id, ("accept", {"responsible_unit": "petition-office"}), ANSWER)
    assert (await work(doors))["items"][0]["groups"] == []
    ask = ("request-review", {"level": "review", "way": "in-person"})
    await doors.tell(case_id, ask)
    assert (await work(doors))["items"][0]["groups"] == ["returned"]
    await doors.tell(case_id, *closed("supported"))
    assert ids(await work(doors, group="returned")) == [case_id]
    decided = {"level": "review", "result": "upheld", "by_unit": "county-office"}
    await doors.tell(case_id, ("decide-review", decided))
    assert ids(await work(doors)) == []


async def test_an_answered_question_is_work_until_somebody_acts(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id, known = await registered(doors)
    await doors.tell(
        case_id,
        ("accept", {"responsible_unit": "petition-office"}),
        ("ask", {"code": "facts", "text": "哪一天？"}),
    )
    assert (await work(doors))["items"][0]["groups"] == ["waiting-for-another"]
    (question,) = (await seen(doors, known))["questions"]
    words = {"question_id": question["question_id"], "text": "三月五日。"}
    answer = await asked(doors, known, "answer", **words)
    assert answer.status_code == 200, answer.text
    assert (await work(doors))["items"][0]["groups"] == ["returned"]
    await doors.tell(case_id, ("record-investigation", {"steps": ["field-survey"]}))
    assert (await work(doors))["items"][0]["groups"] == []


async def test_without_a_post_there_is_no_work(doors: Doors) -> None:
    answer = await doors.get("/work", claims={"unit": None, "post": None})
    assert (problem(answer), answer.status_code) == ("post-missing", 403)
    answer = await doors.get("/work", cursor="x")
    assert problem(answer) == "invalid-input"


async def listed(doors: Doors, **query: Any) -> set[str]:
    answer = await doors.get("/cases", **query)
    assert answer.status_code == 200, answer.text
    return {line["case_id"] for line in answer.json()["items"]}


async def test_the_list_is_filtered_by_its_columns(empty_doors: Doors) -> None:
    doors = empty_doors
    village = f"{TOWNSHIP}001"
    here = await doors.file(village_code=village, purpose="suggestion", urgent=True)
    other = await doors.file(category="labour", received_on="2025-03-04")
    await doors.tell(other, ("accept", {"responsible_unit": "justice-office", "handler": "he"}))
    assert await listed(doors, village_code=village) == {here}
    assert await listed(doors, purpose="suggestion") == {here}
    assert await listed(doors, urgent=True) == {here}
    assert await listed(doors, handler="he") == {other}
    assert await listed(doors, responsible_unit="justice-office") == {other}
    assert await listed(doors, received_on="2025-03-04") == {other}
    assert await listed(doors, due_from="2025-01-01") == {other}
    assert await listed(doors, due_to="2025-01-01") == set()
    assert await listed(doors, reached="accepted") == {other}
    assert await listed(doors, reached="filed") == {here, other}


async def test_a_case_is_found_by_number_place_and_words_of_its_category(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    village = f"{TOWNSHIP}001"
    land = await doors.file(village_code=village, category="land")
    labour = await doors.file(category="labour")
    number = (await doors.get(f"/cases/{land}")).json()["number"]
    assert await listed(doors, q=number) == {land}
    assert await listed(doors, q=number.lower()) == {land}
    assert await listed(doors, q=number[:11]) == {land, labour}
    assert await listed(doors, q=village) == {land}
    assert await listed(doors, q="land") == {land}
    assert await listed(doors, q="劳动") | await listed(doors, q="labour") == {labour}
    assert await listed(doors, q="没有这样的词") == set()


async def test_an_end_is_found_whether_or_not_the_case_was_closed_since(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    diverted, closed_since = await doors.file(), await doors.file()
    await doors.tell(diverted, DIVERTED)
    await doors.tell(closed_since, DIVERTED, *closed("diverted"))
    answered = await doors.file()
    await doors.tell(answered, ACCEPT, ANSWER)
    assert await listed(doors, state="diverted") == {diverted, closed_since}
    assert await listed(doors, reached="diverted") == {diverted, closed_since}
    assert await listed(doors, state="closed") == {closed_since}
    assert await listed(doors, state="answered") == {answered}

"""Units and posts over HTTP: registered in the county's ledger, read by all of its townships."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from shared.identity import Role
from tests.intake.doors import ACCEPT, COUNTY, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.registry import a_post, a_unit, listed, registered_post, registered_unit

pytestmark = pytest.mark.parts
NOBODY = f"{COUNTY}-0198a5c0-0000-7000-8000-00000000dead"


def code(stem: str) -> str:
    """A code that no other test has."""
    return f"{stem}-{uuid4().hex[:8]}"


async def command(doors: Doors, path: str, body: dict[str, Any], **how: Any) -> Any:
    return await doors.post(path, body, **({"role": Role.CLERK} | how))


async def test_a_townships_unit_is_in_the_ledger_of_its_county(doors: Doors) -> None:
    own = code("justice")
    answer = await command(doors, f"/divisions/{TOWNSHIP}/units", a_unit(own))
    assert answer.status_code == 201
    unit = answer.json()
    assert unit["unit_id"].startswith(f"{COUNTY}-")
    assert answer.headers["location"] == f"/units/{unit['unit_id']}"
    (line,) = await listed(doors, "units", code=own)
    assert line["division"] == TOWNSHIP
    assert line["county"] == COUNTY
    events = await doors.office.ledger.stream(COUNTY, unit["unit_id"])
    assert [each.kind for each in events] == ["unit-registered"]
    assert await doors.office.ledger.stream(TOWNSHIP, unit["unit_id"]) == []


async def test_a_code_is_given_once_in_a_division_also_at_the_same_moment(doors: Doors) -> None:
    own = code("justice")
    answers = await asyncio.gather(
        *(command(doors, f"/divisions/{TOWNSHIP}/units", a_unit(own)) for _ in range(4))
    )
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]
    refused = next(each for each in answers if each.status_code == 409)
    assert problem(refused) == "unit-code-taken"
    assert (
        await command(doors, f"/divisions/{NEIGHBOUR}/units", a_unit(own), division=NEIGHBOUR)
    ).status_code == 201


async def test_a_repeat_with_its_key_is_answered_again(doors: Doors) -> None:
    body, key = a_unit(code("justice")), uuid4().hex
    path = f"/divisions/{TOWNSHIP}/units"
    first, again = [await command(doors, path, body, Idempotency_Key=key) for _ in range(2)]
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()


async def test_a_township_reads_the_county_and_writes_its_own(doors: Doors) -> None:
    own, theirs = code("justice"), code("justice")
    await registered_unit(doors, own)
    other = await registered_unit(doors, theirs, NEIGHBOUR)
    mine = {each["code"] for each in await listed(doors, "units", TOWNSHIP)}
    assert own in mine
    assert theirs not in mine
    asked = {each["code"] for each in await listed(doors, "units", TOWNSHIP, of=NEIGHBOUR)}
    assert theirs in asked
    everything = {each["code"] for each in await listed(doors, "units")}
    assert {own, theirs} <= everything
    end = {"on": "2025-06-01", "why": "abolished"}
    refused = await command(doors, f"/units/{other}/end", end)
    assert (refused.status_code, problem(refused)) == (404, "unit-not-found")
    refused = await command(doors, f"/divisions/{NEIGHBOUR}/units", a_unit(code("x")))
    assert (refused.status_code, problem(refused)) == (403, "division-out-of-scope")
    refused = await command(doors, f"/divisions/{COUNTY}/units", a_unit(code("x")))
    assert (refused.status_code, problem(refused)) == (403, "division-out-of-scope")


async def test_a_county_registers_its_own(doors: Doors) -> None:
    bureau = code("bureau")
    await registered_unit(doors, bureau, COUNTY, unit_type="natural-resources")
    (line,) = await listed(doors, "units", TOWNSHIP, of=COUNTY, code=bureau)
    assert line["unit_type"] == "natural-resources"


async def test_a_unit_is_corrected_and_its_line_follows(doors: Doors) -> None:
    own, above = code("justice"), code("center")
    unit_id = await registered_unit(doors, own)
    await registered_unit(doors, above)
    path = f"/units/{unit_id}/correct"
    answer = await command(doors, path, {"title": "青云镇综治中心", "parent": above})
    assert answer.status_code == 200
    (line,) = await listed(doors, "units", code=own)
    assert (line["title"], line["parent"], line["version"]) == ("青云镇综治中心", above, 2)
    refused = await command(doors, path, {"parent": code("nowhere")})
    assert problem(refused) == "parent-not-registered"
    refused = await command(doors, path, {})
    assert problem(refused) == "nothing-corrected"
    refused = await command(doors, path, {"valid_from": "2199-01-01"})
    assert problem(refused) == "not-yet-happened"


async def test_no_unit_is_above_itself(doors: Doors) -> None:
    one, two = code("a"), code("b")
    first = await registered_unit(doors, one)
    await registered_unit(doors, two, parent=one)
    refused = await command(doors, f"/units/{first}/correct", {"parent": two})
    assert problem(refused) == "unit-above-itself"
    refused = await command(doors, f"/units/{first}/correct", {"parent": one})
    assert problem(refused) == "unit-above-itself"


async def test_a_merged_units_matters_are_its_successors(doors: Doors) -> None:
    one, two = code("a"), code("b")
    first, second = await registered_unit(doors, one), await registered_unit(doors, two)
    end = {"on": "2025-06-01", "why": "merged", "successor": second}
    answer = await command(doors, f"/units/{first}/end", end)
    assert answer.status_code == 200
    assert answer.json()["successor"] == second
    assert (await command(doors, f"/units/{first}/end", end)).status_code == 200
    registry = await doors.office.registry(TOWNSHIP)
    today = doors.office.now().date()
    assert registry.unit_now(TOWNSHIP, one, today) == (TOWNSHIP, two)
    back = {"on": "2025-06-01", "why": "merged", "successor": first}
    refused = await command(doors, f"/units/{second}/end", back)
    assert problem(refused) == "successor-not-registered"
    hidden = [each["code"] for each in await listed(doors, "units", code=one)]
    assert hidden == []
    assert [each["code"] for each in await listed(doors, "units", code=one, ended="true")] == [one]


async def test_a_unit_with_open_matters_ends_only_openly(doors: Doors) -> None:
    own = code("justice")
    unit_id = await registered_unit(doors, own)
    case_id = await doors.file()
    await doors.tell(case_id, (ACCEPT[0], {"responsible_unit": own}))
    forwarded = await doors.file()
    await doors.tell(forwarded, ("forward", {"to_unit": own}))
    end = {"on": "2025-06-01", "why": "abolished"}
    refused = await command(doors, f"/units/{unit_id}/end", end)
    assert (refused.status_code, problem(refused)) == (409, "matters-are-open")
    assert refused.json()["open_matters"] == 2
    answer = await command(doors, f"/units/{unit_id}/end", end | {"leaves_open": True})
    assert answer.status_code == 200
    (line,) = await listed(doors, "units", code=own, ended="true")
    assert line["leaves_open"] is True


async def test_a_post_is_held_substituted_and_handed_over(doors: Doors) -> None:
    unit = code("justice")
    await registered_unit(doors, unit)
    one, two = code("post"), code("post")
    first = await registered_post(doors, one, unit, leads=True, portfolio=["land"])
    await registered_post(doors, two, unit)
    held = {"holder": "h-1", "since": "2025-02-01"}
    answer = await command(doors, f"/posts/{first}/hold", held)
    assert answer.json()["holder"] == "h-1"
    named = {"substitute": two, "since": "2025-03-01", "until": "2199-01-01"}
    assert (await command(doors, f"/posts/{first}/name-substitute", named)).status_code == 200
    (line,) = await listed(doors, "posts", code=one)
    assert (line["leads"], line["portfolio"], line["substitute"]) == (True, ["land"], two)
    over = {"to": two, "on": "2025-04-01", "reason": "transfer"}
    answer = await command(doors, f"/posts/{first}/hand-over", over)
    assert (answer.status_code, answer.json()["holder"]) == (200, None)
    registry = await doors.office.registry(TOWNSHIP)
    assert registry.post_now(TOWNSHIP, one, doors.office.now().date()) == (TOWNSHIP, two)
    later = {"holder": "h-2", "since": "2025-05-01"}
    refused = await command(doors, f"/posts/{first}/hold", later)
    assert problem(refused) == "post-has-ended"


async def test_a_post_needs_its_unit_and_other_posts_that_are_there(doors: Doors) -> None:
    path = f"/divisions/{TOWNSHIP}/posts"
    refused = await command(doors, path, a_post(code("post"), code("nowhere")))
    assert problem(refused) == "post-unit-not-registered"
    unit = code("justice")
    await registered_unit(doors, unit)
    own = code("post")
    post_id = await registered_post(doors, own, unit)
    assert problem(await command(doors, path, a_post(own, unit))) == "post-code-taken"
    over = {"to": code("nobody"), "on": "2025-04-01", "reason": "transfer"}
    refused = await command(doors, f"/posts/{post_id}/hand-over", over)
    assert problem(refused) == "other-post-not-registered"
    refused = await command(doors, f"/posts/{post_id}/hand-over", over | {"to": own})
    assert problem(refused) == "other-post-not-registered"


async def test_a_handlers_post_with_open_matters_ends_only_openly(doors: Doors) -> None:
    unit, own = code("justice"), code("post")
    await registered_unit(doors, unit)
    post_id = await registered_post(doors, own, unit)
    held = {"holder": "h-1", "since": "2025-02-01"}
    assert (await command(doors, f"/posts/{post_id}/hold", held)).status_code == 200
    case_id = await doors.file()
    await doors.tell(case_id, ("accept", {"responsible_unit": unit, "handler": own}))
    for verb in ("vacate", "end"):
        refused = await command(doors, f"/posts/{post_id}/{verb}", {"on": "2025-06-01"})
        assert (refused.status_code, problem(refused)) == (409, "matters-are-open")
    left = {"on": "2025-06-01", "leaves_open": True}
    assert (await command(doors, f"/posts/{post_id}/vacate", left)).status_code == 200
    (line,) = await listed(doors, "posts", code=own)
    assert (line["vacated_on"], line["leaves_open"]) == ("2025-06-01", True)


@pytest.mark.parametrize("path", [f"/units/{NOBODY}/correct", f"/posts/{NOBODY}/correct"])
async def test_there_is_no_record_where_none_began(doors: Doors, path: str) -> None:
    refused = await command(doors, path, {})
    assert refused.status_code == 404


async def test_an_id_of_another_kind_of_record_is_none(doors: Doors) -> None:
    unit_id = await registered_unit(doors, code("justice"))
    assert problem(await command(doors, f"/posts/{unit_id}/end", {"on": "2025-06-01"})) == (
        "post-not-found"
    )


@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR, Role.COUNTY_LEADER])
async def test_who_does_not_keep_the_registry_reads_it(doors: Doors, role: Role) -> None:
    refused = await command(doors, f"/divisions/{TOWNSHIP}/units", a_unit(code("x")), role=role)
    assert (refused.status_code, problem(refused)) == (403, "role-not-allowed")
    assert (await doors.get("/units", role=role)).status_code == 200


async def test_clerks_of_other_units_and_tokens_without_a_post_register_nothing(
    doors: Doors,
) -> None:
    body = a_unit(code("x"))
    path = f"/divisions/{TOWNSHIP}/units"
    refused = await command(doors, path, body, claims={"unit": "justice-office"})
    assert (refused.status_code, problem(refused)) == (403, "only-the-petition-office-registers")
    unit_id = await registered_unit(doors, code("justice"))
    end = {"on": "2025-06-01", "why": "abolished"}
    refused = await command(doors, f"/units/{unit_id}/end", end, claims={"unit": "justice-office"})
    assert (refused.status_code, problem(refused)) == (403, "only-the-petition-office-registers")
    refused = await command(doors, path, body, claims={"post": None})
    assert (refused.status_code, problem(refused)) == (403, "post-missing")
    leader = await command(
        doors, path, body, role=Role.TOWNSHIP_LEADER, claims={"unit": "leadership"}
    )
    assert leader.status_code == 201


async def test_a_townships_clerk_goes_by_the_subject_in_the_countys_ledger(doors: Doors) -> None:
    answer = await command(
        doors, f"/divisions/{TOWNSHIP}/units", a_unit(code("x")), claims={"post": "clerk"}
    )
    (event,) = await doors.office.ledger.stream(COUNTY, answer.json()["unit_id"])
    assert event.actor_ref == "post-1"

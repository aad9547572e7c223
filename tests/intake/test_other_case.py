"""The printed number is taken wherever an id is, and another case that is named is on record."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.intake.store.case_number import check_character, check_id_or_number, check_number
from shared.identity import Role
from shared.times import china_day
from tests.intake.doors import (
    ACCEPT,
    COUNTY,
    FILE_HERE,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)
from tests.office_doors import Step

NOWHERE = "519900101-0198a5c0-0000-7000-8000-000000000001"
NO_SUCH_NUMBER = "519900-2025-LF-999999-"
NO_SUCH_NUMBER += check_character(NO_SUCH_NUMBER.replace("-", ""))
REPEAT = {"first_or_repeat": "repeat"}

parts = pytest.mark.parts


@pytest.mark.parametrize(
    "written", [NO_SUCH_NUMBER, NO_SUCH_NUMBER.lower(), NO_SUCH_NUMBER.replace("9", "９")]
)
def test_a_number_is_read_as_it_is_printed(written: str) -> None:
    assert check_number(written) == NO_SUCH_NUMBER


def test_an_id_is_taken_as_one() -> None:
    assert check_id_or_number(NOWHERE) == NOWHERE


@pytest.mark.parametrize("place", [0, 7, 12, 17])
def test_a_mistyped_character_is_found(place: int) -> None:
    other = "1" if NO_SUCH_NUMBER[place] != "1" else "2"
    if NO_SUCH_NUMBER[place].isalpha():
        other = "X"
    with pytest.raises(ValueError, match="mistyped"):
        check_number(NO_SUCH_NUMBER[:place] + other + NO_SUCH_NUMBER[place + 1 :])


@pytest.mark.parametrize("written", ["", "519900-2025-LF-1-2", "2025-LF-000001-2", "x" * 99])
def test_what_is_no_number_is_told_how_one_is_written(written: str) -> None:
    with pytest.raises(ValueError, match="is written as"):
        check_number(written)


async def filed(doors: Doors, **changes: Any) -> dict[str, Any]:
    answer = await doors.post(FILE_HERE, a_filing(**changes), role=Role.CLERK)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def refused(doors: Doors, **changes: Any) -> httpx.Response:
    answer = await doors.post(FILE_HERE, a_filing(**changes), role=Role.CLERK)
    assert answer.status_code == 422
    return answer


@parts
async def test_a_case_is_read_and_goes_on_by_its_number(doors: Doors) -> None:
    case = await filed(doors)
    by_number = await doors.get(f"/cases/{case['number'].lower()}")
    assert by_number.json() == (await doors.get(f"/cases/{case['case_id']}")).json()
    accepted = await doors.post(f"/cases/{case['number']}/accept", ACCEPT[1])
    assert (accepted.json()["case_id"], accepted.json()["state"]) == (case["case_id"], "accepted")


@parts
async def test_a_list_is_narrowed_to_a_number(doors: Doors) -> None:
    case = await filed(doors)
    (line,) = (await doors.get("/cases", number=case["number"].lower())).json()["items"]
    assert line["case_id"] == case["case_id"]
    await doors.post(f"/cases/{case['number']}/void", {"why": "not-a-petition"})
    (line,) = (await doors.get("/cases", number=case["number"])).json()["items"]
    assert line["state"] == "voided"
    assert (await doors.get("/cases", number=NO_SUCH_NUMBER)).json()["items"] == []


@parts
async def test_a_mistyped_number_is_said_to_be_one(doors: Doors) -> None:
    number = (await filed(doors))["number"]
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    for answer in (
        await doors.get(f"/cases/{wrong}"),
        await doors.post(f"/cases/{wrong}/accept", ACCEPT[1]),
        await doors.get("/cases", number=wrong),
        await refused(doors, repeat_of=wrong, **REPEAT),
    ):
        assert (problem(answer), answer.status_code) == ("invalid-input", 422)
        assert "mistyped" in answer.json()["errors"][0]["message"]


@parts
async def test_another_townships_number_is_as_if_there_were_none(doors: Doors) -> None:
    theirs = await doors.file(NEIGHBOUR)
    shown = await doors.get(f"/cases/{theirs}", division=COUNTY, role=Role.AUDITOR)
    number = shown.json()["number"]
    for each in (number, NO_SUCH_NUMBER):
        assert problem(await doors.get(f"/cases/{each}")) == "case-not-found"
        assert problem(await doors.post(f"/cases/{each}/accept", ACCEPT[1])) == "case-not-found"
        told = await refused(doors, repeat_of=each, **REPEAT)
        assert (problem(told), told.json()["field"]) == ("case-not-on-record", "repeat_of")
    county = await doors.get(f"/cases/{number}", division=COUNTY, role=Role.AUDITOR)
    assert county.json()["case_id"] == theirs


@parts
async def test_a_repeat_has_the_matter_of_the_first(doors: Doors) -> None:
    first = await filed(doors)
    for reference in (first["case_id"], first["number"]):
        repeat = await filed(doors, repeat_of=reference, **REPEAT)
        assert repeat["matter_id"] == first["matter_id"]
        history = (await doors.get(f"/cases/{repeat['case_id']}")).json()["history"]
        assert history[0]["data"]["repeat_of"] == first["case_id"]
    same = {"repeat_of": first["number"], "matter_id": first["matter_id"]} | REPEAT
    assert (await filed(doors, **same))["matter_id"] == first["matter_id"]
    other = await refused(doors, repeat_of=first["number"], matter_id=NOWHERE, **REPEAT)
    assert other.json()["errors"][0]["field"] == "matter_id"


@parts
async def test_a_repeat_of_a_case_in_another_township_names_it_by_its_id(doors: Doors) -> None:
    theirs = await doors.file(NEIGHBOUR)
    repeat = await filed(doors, repeat_of=theirs, **REPEAT)
    assert repeat["case_id"].startswith(f"{TOWNSHIP}-")
    assert repeat["matter_id"].startswith(f"{NEIGHBOUR}-")


@parts
async def test_what_is_not_on_record_is_repeated_by_nothing(doors: Doors) -> None:
    void = await filed(doors)
    await doors.post(f"/cases/{void['case_id']}/void", {"why": "registered-twice"})
    elsewhere = NOWHERE.replace("519900", "519901")
    for reference in (NOWHERE, elsewhere, void["case_id"], void["number"]):
        told = await refused(doors, repeat_of=reference, **REPEAT)
        assert (problem(told), told.json()["field"]) == ("case-not-on-record", "repeat_of")


@parts
async def test_a_correction_names_a_repeated_case_that_is_on_record(doors: Doors) -> None:
    first, repeat = await filed(doors), await filed(doors)
    path, why = f"/cases/{repeat['number']}/correct", {"why": "typing-error"} | REPEAT
    for reference, slug in (
        (NOWHERE, "case-not-on-record"),
        (repeat["number"], "case-repeats-itself"),
    ):
        told = await doors.post(path, why | {"repeat_of": reference})
        assert (problem(told), told.status_code) == (slug, 422)
    corrected = await doors.post(path, why | {"repeat_of": first["number"]})
    history = (await doors.get(f"/cases/{repeat['case_id']}")).json()["history"]
    assert corrected.status_code == 200
    assert history[-1]["data"]["repeat_of"] == first["case_id"]
    told = await doors.post(
        f"/cases/{first['number']}/correct", why | {"repeat_of": repeat["number"]}
    )
    assert (problem(told), told.json()["field"]) == ("repeated-case-is-later", "repeat_of")


@parts
async def test_a_corrected_repeat_is_of_the_first_ones_matter_until_it_repeats_none(
    doors: Doors,
) -> None:
    first, case = await filed(doors), await filed(doors)
    path, why = f"/cases/{case['case_id']}", {"why": "typing-error"}
    answer = await doors.post(f"{path}/correct", why | REPEAT | {"repeat_of": first["number"]})
    assert answer.json()["matter_id"] == first["matter_id"]
    await doors.tell(case["case_id"], ACCEPT)
    history = (await doors.get(path)).json()["history"]
    assert [each["data"]["matter_id"] for each in history] == [
        case["matter_id"],
        *([first["matter_id"]] * 3),
    ]
    answer = await doors.post(
        f"{path}/correct", why | {"repeat_of": None, "first_or_repeat": "first"}
    )
    assert answer.json()["matter_id"] not in {case["matter_id"], first["matter_id"]}


@parts
async def test_a_case_repeats_none_that_was_received_later(doors: Doors) -> None:
    first = await filed(doors)
    earlier = (china_day(datetime.now(UTC)) - timedelta(days=1)).isoformat()
    told = await refused(doors, repeat_of=first["number"], received_on=earlier, **REPEAT)
    assert (problem(told), told.json()["field"]) == ("repeated-case-is-later", "repeat_of")


@parts
@pytest.mark.parametrize("resting", ["linked", "repeats"])
async def test_what_others_rest_on_is_voided_when_they_no_longer_do(
    doors: Doors, resting: str
) -> None:
    first, second = await filed(doors), await filed(doors)
    void, path = f"/cases/{first['case_id']}/void", f"/cases/{second['case_id']}"
    rest: Step
    rise: Step
    if resting == "linked":
        rest = "link", {"to_case_id": first["number"], "why": "duplicate"}
        rise = "reopen", {"reason": "linked-in-error"}
    else:
        rest = "correct", {"why": "typing-error", "repeat_of": first["number"]} | REPEAT
        rise = "correct", {"why": "typing-error", "repeat_of": None}
    await doors.tell(second["case_id"], rest)
    told = await doors.post(void, {"why": "registered-twice"})
    assert (problem(told), told.status_code) == ("others-rest-on-it", 409)
    assert second["number"] in told.json()["detail"]
    await doors.tell(second["case_id"], rise)
    assert (await doors.post(void, {"why": "registered-twice"})).status_code == 200
    assert (await doors.get(path)).json()["state"] == "filed"


@parts
async def test_of_what_the_discipline_lane_has_only_that_it_rests_on_this_one_is_told(
    doors: Doors,
) -> None:
    first, second = await filed(doors), await filed(doors)
    await doors.tell(
        second["case_id"],
        ("correct", {"why": "typing-error", "repeat_of": first["number"]} | REPEAT),
        ("route", {"lane": "discipline", "purpose": "accusation", "ground": "by-law"}),
    )
    told = await doors.post(f"/cases/{first['case_id']}/void", {"why": "registered-twice"})
    assert problem(told) == "others-rest-on-it"
    assert second["number"] not in told.text
    assert "Another case" in told.json()["detail"]


@parts
async def test_of_another_townships_case_only_that_it_rests_on_this_one_is_told(
    doors: Doors,
) -> None:
    case_id = await doors.file()
    theirs = await doors.file(NEIGHBOUR, repeat_of=case_id, **REPEAT)
    told = await doors.post(f"/cases/{case_id}/void", {"why": "registered-twice"})
    assert problem(told) == "others-rest-on-it"
    assert theirs not in told.text
    assert "of another township" in told.json()["detail"]


@parts
async def test_a_link_and_a_void_at_once_leave_nobody_without_a_handler(doors: Doors) -> None:
    pairs = [(await filed(doors), await filed(doors)) for _ in range(6)]
    answers = await asyncio.gather(
        *(
            answer
            for first, second in pairs
            for answer in (
                doors.post(f"/cases/{first['case_id']}/void", {"why": "registered-twice"}),
                doors.post(
                    f"/cases/{second['case_id']}/link",
                    {"to_case_id": first["case_id"], "why": "duplicate"},
                ),
            )
        )
    )
    for voided, linked in zip(answers[::2], answers[1::2], strict=True):
        assert sorted([voided.status_code == 200, linked.status_code == 200]) == [False, True]


@parts
async def test_a_link_names_a_number_in_scope(doors: Doors) -> None:
    first, second = await filed(doors), await filed(doors)
    link = {"to_case_id": NO_SUCH_NUMBER, "why": "duplicate"}
    told = await doors.post(f"/cases/{second['number']}/link", link)
    assert (problem(told), told.json()["field"]) == ("case-not-on-record", "to_case_id")
    linked = await doors.post(
        f"/cases/{second['number']}/link", link | {"to_case_id": first["number"]}
    )
    assert linked.status_code == 200, linked.text
    history = (await doors.get(f"/cases/{second['case_id']}")).json()["history"]
    assert history[-1]["data"]["to_case_id"] == first["case_id"]

"""A unit complained of is known by the mark of its code, and named by no event."""

import asyncio
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CASE, CaseFile, case_decider
from services.intake.domain.case.forwarding import (
    GoesOneLevelUp,
    refuse_complained_elsewhere,
    refuse_complained_unit,
)
from services.intake.domain.case_rights import Access, access, held_by
from services.intake.domain.complained_unit import hidden_from, means_complained
from services.intake.domain.participant import Capacity
from services.intake.domain.registry import Registry
from shared.contracts.unit_codes import UnitType
from shared.identity import Role
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.keys import Keys
from shared.postgres import rows, transaction
from tests.intake.doors import COUNTY as THE_COUNTY
from tests.intake.doors import FILE_HERE, TOWNSHIP, Doors, a_filing, problem
from tests.intake.facts import ACCEPTED, FILED
from tests.intake.registry import registered_post, registered_unit
from tests.intake.rights import COUNTY, HERE, NEIGHBOUR, OFFICES, TODAY, post, somebody, unit
from tests.intake.test_case_rights import FROM_NEIGHBOUR

MARKS = KeyedMarks(Keys(b"k" * 32))
KNOWN = Registry.of(
    [
        *OFFICES,
        unit("government", title="镇政府"),
        unit("justice-office", parent="government"),
        unit("water-station", ended_on=TODAY, successor="governance-center"),
        unit("governance-center"),
        unit("water-station", division=NEIGHBOUR),
        unit("bureau", division=COUNTY),
    ]
)
CODES = (
    *("justice-office", "water-station", "governance-center", "government"),
    *("petition-office", "bureau", "unheard-of"),
)
DIVISIONS = (HERE, NEIGHBOUR, COUNTY)


def complaint(code: str, decider: Any = CASE, **more: Any) -> CaseFile:
    case: CaseFile = decider.fold(
        [FILED.model_copy(update={"complained_unit": code, **more}), ACCEPTED]
    )
    return case


def by_mark(code: str, **more: Any) -> CaseFile:
    marked = {"complained_unit": None, "complained_mark": MARKS.of_unit(code)}
    case: CaseFile = case_decider(MARKS).fold([FILED.model_copy(update=marked | more), ACCEPTED])
    return case


def refused(case: CaseFile, code: str, division: str) -> list[bool]:
    found = []
    for refuse in (
        partial(refuse_complained_unit, [code], case, field="to_unit"),
        partial(refuse_complained_elsewhere, code, division, case),
    ):
        try:
            refuse()
        except GoesOneLevelUp:
            found.append(True)
        else:
            found.append(False)
    return found


more = st.sampled_from(({}, FROM_NEIGHBOUR))
divisions = st.sampled_from((None, *DIVISIONS))


@given(st.sampled_from(CODES), divisions, more, st.sampled_from(CODES), st.sampled_from(DIVISIONS))
def test_a_mark_keeps_out_whom_a_code_kept_out(
    code: str, stated: str | None, of: Any, own: str, division: str
) -> None:
    changes = {"complained_division": stated, **of}
    plain, marked = complaint(code, **changes), by_mark(code, **changes)
    assert code not in marked.required.model_dump_json()
    who = somebody(own, "post-x", division=division)
    assert access(plain, who, KNOWN, on=TODAY) is access(marked, who, KNOWN, on=TODAY)
    assert held_by(plain, KNOWN, on=TODAY) == held_by(marked, KNOWN, on=TODAY)
    for to in (None, *DIVISIONS):
        assert means_complained(own, plain, KNOWN, on=TODAY, division=to) is means_complained(
            own, marked, KNOWN, on=TODAY, division=to
        )
    assert refused(plain, own, division) == refused(marked, own, division)


@pytest.mark.parametrize("make", [complaint, by_mark])
def test_a_unit_below_the_one_complained_of_is_kept_out_too(make: Any) -> None:
    case = make("government")
    assert access(case, somebody("justice-office", "post-wu"), KNOWN, on=TODAY) is Access.NOTHING
    assert held_by(case, KNOWN, on=TODAY).unit == "petition-office"
    assert means_complained("justice-office", case, KNOWN, on=TODAY)
    hidden = hidden_from(somebody("justice-office"), KNOWN, on=TODAY, marks=MARKS)
    assert hidden is not None
    assert {f"{HERE}/government", f"{HERE}/{MARKS.of_unit('government')}"} <= {*hidden.units}


def test_a_case_is_closed_to_nobody_by_another_counties_mark() -> None:
    other = case_decider(NO_MARKS).fold(
        [FILED.model_copy(update={"complained_mark": MARKS.of_unit("justice-office")}), ACCEPTED]
    )
    who = somebody("justice-office", "post-wu")
    assert access(other, who, KNOWN, on=TODAY) is not Access.NOTHING


@pytest.mark.parametrize("make", [complaint, by_mark])
def test_a_post_in_charge_of_the_unit_is_kept_out_too(make: Any) -> None:
    registry = Registry.of(
        KNOWN.units.values(),
        [post("deputy", "government", portfolio_units=("justice-office",))],
    )
    deputy = somebody("government", "deputy", capacity=Capacity.TOWNSHIP_LEADER)
    other = somebody("government", "mayor", capacity=Capacity.TOWNSHIP_LEADER)
    case = make("justice-office")
    assert access(case, deputy, registry, on=TODAY) is Access.NOTHING
    assert access(case, other, registry, on=TODAY) is Access.ACT
    assert access(make("bureau"), deputy, registry, on=TODAY) is Access.ACT
    hidden = hidden_from(deputy, registry, on=TODAY, marks=MARKS)
    assert hidden is not None
    assert f"{HERE}/{MARKS.of_unit('justice-office')}" in hidden.units


def of(unit_code: str | None) -> dict[str, Any]:
    return {"ref": "a-subject", "claims": {"unit": unit_code, "post": "post-other"}}


async def filed(doors: Doors, **more: Any) -> str:
    answer = await doors.post(FILE_HERE, a_filing(**more), role=Role.CLERK)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


async def shown(doors: Doors, case_id: str, **how: Any) -> Any:
    answer = await doors.get(f"/cases/{case_id}", **how)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parts
async def test_an_event_has_the_mark_and_whoever_reads_the_case_is_shown_the_unit(
    doors: Doors,
) -> None:
    case_id = await filed(doors, complained_unit="unit-stated", complained_division=TOWNSHIP)
    case = await shown(doors, case_id)
    assert case["complained_unit"] == {"code": "unit-stated", "division": TOWNSHIP}
    data = case["history"][0]["data"]
    assert "complained_unit" not in data
    assert data["complained_mark"] == doors.office.marks.of_unit("unit-stated")
    assert problem(await doors.get(f"/cases/{case_id}", **of("unit-stated"))) == "case-not-found"
    body = {"why": "typing-error", "complained_unit": "unit-found"}
    await doors.tell(case_id, ("correct", body))
    case = await shown(doors, case_id)
    assert case["complained_unit"] == {"code": "unit-found", "division": TOWNSHIP}
    assert "unit-found" not in str(case["history"])
    assert problem(await doors.get(f"/cases/{case_id}", **of("unit-found"))) == "case-not-found"
    version = case["version"]
    await doors.tell(case_id, ("correct", body))
    assert (await shown(doors, case_id))["version"] == version
    none = {"why": "typing-error", "complained_unit": None, "complained_division": None}
    await doors.tell(case_id, ("correct", none))
    assert (await shown(doors, case_id))["complained_unit"] is None


@pytest.mark.parts
async def test_only_the_own_table_names_the_unit(doors: Doors) -> None:
    code = "unit-of-a-kind"
    case_id = await filed(doors, complained_unit=code)
    query = """
        select (select count(*) from event as each where each::text like %(like)s) as event,
            (select count(*) from case_board as each where each::text like %(like)s) as case_board,
            (select count(*) from complained_unit as each where each::text like %(like)s)
                as complained_unit
    """
    async with transaction(doors.pool, THE_COUNTY) as connection:
        [found] = await rows(connection, query, {"like": f"%{code}%"})
    assert found == {"event": 0, "case_board": 0, "complained_unit": 1}
    assert (await shown(doors, case_id))["complained_unit"]["code"] == code


@pytest.mark.parts
async def test_a_unit_below_it_finds_the_case_by_no_list(doors: Doors) -> None:
    await registered_unit(doors, "u-above", unit_type=UnitType.OTHER)
    await registered_unit(doors, "u-below", unit_type=UnitType.OTHER, parent="u-above")
    case_id = await filed(doors, complained_unit="u-above")
    for seen, unit_code in ((False, "u-below"), (False, "u-above"), (True, "labour-office")):
        listed = await doors.get("/cases", limit=200, **of(unit_code))
        assert (case_id in {each["case_id"] for each in listed.json()["items"]}) is seen
        pages = await doors.get(
            f"/ledgers/{TOWNSHIP}/events", limit=1000, role=Role.AUDITOR, **of(unit_code)
        )
        assert (case_id in pages.text) is seen
    assert problem(await doors.get(f"/cases/{case_id}", **of("u-below"))) == "case-not-found"


@pytest.mark.parts
async def test_no_proof_shows_an_event_to_the_unit_that_it_complains_of(doors: Doors) -> None:
    case_id = await filed(doors, complained_unit="u-proved")
    event_id = (await shown(doors, case_id))["history"][0]["event_id"]
    path = f"/ledgers/{TOWNSHIP}/events/{event_id}/inclusion"
    answers = {"u-proved": "event-unknown", "labour-office": "event-not-sealed"}
    for unit_code, expected in answers.items():
        answer = await doors.get(path, role=Role.AUDITOR, **of(unit_code))
        assert problem(answer) == expected
    unnamed: dict[str, Any] = {"role": Role.AUDITOR, "claims": {"unit": None}}
    assert problem(await doors.get(path, **unnamed)) == "post-missing"


@pytest.mark.parts
async def test_a_post_in_charge_of_it_finds_the_case_by_no_route(doors: Doors) -> None:
    await registered_unit(doors, "u-led", unit_type=UnitType.OTHER)
    post_id = await registered_post(doors, "p-deputy", "u-led", portfolio_units=["u-charged"])
    case_id = await filed(doors, complained_unit="u-charged")
    deputy: dict[str, Any] = {"claims": {"unit": "labour-office", "post": "p-deputy"}}
    assert problem(await doors.get(f"/cases/{case_id}", **deputy)) == "case-not-found"
    listed = await doors.get("/cases", limit=200, **deputy)
    assert case_id not in {each["case_id"] for each in listed.json()["items"]}
    body = {"portfolio_units": None}
    corrected = await doors.post(f"/posts/{post_id}/correct", body, role=Role.CLERK)
    assert corrected.status_code == 200, corrected.text
    await asyncio.sleep(1.1)
    listed = await doors.get("/cases", limit=200, **deputy)
    assert case_id in {each["case_id"] for each in listed.json()["items"]}

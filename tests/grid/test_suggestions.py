"""Suggestions by the API and from the tables: bounded, by an index, hidden where a complaint is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from services.grid.store import followed_cases, records_alike
from services.grid.store.followed_cases import follow, followed_case
from services.grid.store.known_matters import records_of_matter
from services.grid.store.records_alike import records_alike as read_alike
from services.grid.store.report_board import KeptFrom
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    Outcome,
    Purpose,
    ReopenReason,
)
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact, FilingVoidReason
from shared.contracts.case_holding import CaseRouted
from shared.contracts.case_holding_codes import RoutingGround
from shared.contracts.event import Event
from shared.contracts.intake import (
    CaseClosed,
    CaseFiled,
    CaseReopened,
    FilingCorrected,
    FilingVoided,
)
from shared.divisions import new_id
from shared.identity import Role
from shared.postgres import transaction
from tests.grid.doors import COUNTY, TOWNSHIP, Body, Doors, problem
from tests.grid.test_reports import submit
from tests.grid.test_signals import a_signal, push, tell

pytestmark = pytest.mark.parts
AT = datetime.fromisoformat("2025-03-04T10:00:00+08:00")
SEQUENCES = iter(range(1, 10_000))


async def suggested(doors: Doors, signal_id: str, **how: Any) -> Body:
    answer = await doors.get(f"/signals/{signal_id}/suggestions", **how)
    assert answer.status_code == 200, answer.text
    found: Body = answer.json()
    return found


async def follow_event(doors: Doors, event: Event, case_id: str) -> None:
    """The event of a case, as the worker folds it."""
    recorded = RecordedEvent(
        source="/intake",
        division=TOWNSHIP,
        sequence=next(SEQUENCES),
        stream_id=case_id,
        event_id=new_id(TOWNSHIP),
        kind=event.kind,
        schema_version=event.schema_version,
        data=event.to_canonical(),
        occurred_at=AT,
        recorded_at=AT,
        previous_hash=b"",
        hash=b"",
    )
    async with transaction(doors.pool, COUNTY) as connection:
        assert await follow(connection, recorded, event) == ()


def filed(village: str, **changes: Any) -> CaseFiled:
    given: dict[str, Any] = {
        "matter_id": new_id(TOWNSHIP),
        "case_id": new_id(TOWNSHIP),
        "number": "519900-2025-LF-000001-C",
        "channel": Channel.VISIT,
        "purpose": Purpose.REQUEST,
        "category": Category.LABOUR,
        "headcount": 1,
        "joint": False,
        "anonymous": False,
        "first_or_repeat": FirstOrRepeat.FIRST,
        "urgent": False,
        "village_code": village,
    }
    return CaseFiled(**(given | changes))


async def a_case(doors: Doors, village: str, **changes: Any) -> CaseFiled:
    event = filed(village, **changes)
    await follow_event(doors, event, event.case_id)
    return event


async def test_a_report_of_the_same_grid_is_suggested_with_its_reasons(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    village = await doors.village()
    grid = await doors.grid(village)
    report = await submit(doors, grid)
    elsewhere = await submit(doors, await doors.grid(await doors.village()), words="路灯坏了。")
    signal_id = await a_signal(doors, grid_code=grid)
    found = await suggested(doors, signal_id)
    first = found["suggestions"][0]
    assert (first["kind"], first["id"]) == ("report", report["report_id"])
    assert first["reasons"] == ["same-grid", "same-village", "same-topic", "same-words"]
    assert first["days_apart"] == 0
    assert first["words_alike"] > 80
    (other,) = [each for each in found["suggestions"] if each["id"] == elsewhere["report_id"]]
    assert other["reasons"] == ["same-topic"]
    assert found["looked_at"] <= 250


async def test_who_may_not_read_words_is_shown_none_compared(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    grid = await doors.grid(await doors.village())
    await submit(doors, grid)
    signal_id = await a_signal(doors, grid_code=grid)
    found = await suggested(doors, signal_id, role=Role.BACKFILL)
    assert {each["words_alike"] for each in found["suggestions"]} == {None}
    refused = await doors.get(f"/signals/{signal_id}/suggestions", role=Role.AUDITOR)
    assert refused.status_code == 403


async def test_the_same_caller_is_no_reason(empty_doors: Doors) -> None:
    caller = {"name": "龙小满", "phone": "13900000007"}
    first = await a_signal(empty_doors, words="供水不足。", topic="water-supply", caller=caller)
    await a_signal(empty_doors, words="广场舞太吵。", topic="illegal-building", caller=caller)
    found = await suggested(empty_doors, first)
    assert (found["looked_at"], found["suggestions"]) == (1, [])


async def test_what_is_linked_or_complains_of_the_own_unit_is_not_suggested(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    own, linked = await a_signal(doors), await a_signal(doors)
    of_unit = await a_signal(doors, complained_unit="water-office")
    ids = {each["id"] for each in (await suggested(doors, own))["suggestions"]}
    assert ids == {linked, of_unit}
    await tell(doors, linked, "link", {"to_signal_id": own, "why": "duplicate"})
    seen = await suggested(doors, own, role=Role.CLERK, claims={"unit": "water-office"})
    assert seen["suggestions"] == []


async def test_a_case_of_the_same_village_and_category_is_suggested_without_text(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    village = await doors.village()
    case = await a_case(doors, village, complained_unit="roads-office")
    await a_case(doors, village, category=Category.LAND)
    await a_case(doors, village, purpose=Purpose.ACCUSATION)
    await a_case(doors, await doors.village())
    signal_id = await a_signal(doors, village_code=village)
    cases = [
        each
        for each in (await suggested(doors, signal_id))["suggestions"]
        if each["kind"] == "case"
    ]
    (found,) = cases
    assert (found["id"], found["goes_on"], found["words_alike"]) == (case.case_id, True, None)
    assert found["reasons"] == ["same-village"]
    hidden = await suggested(doors, signal_id, role=Role.CLERK, claims={"unit": "roads-office"})
    assert "case" not in {each["kind"] for each in hidden["suggestions"]}


async def test_an_order_in_the_petition_procedure_counts_with_its_case(doors: Doors) -> None:
    village = await doors.village()
    case = await a_case(doors, village)
    signal_id = await a_signal(doors, village_code=village)
    path = f"/signals/{signal_id}/answer"
    assert problem(await doors.post(path, {"result": "in-petition-procedure"})) == "case-not-named"
    both = {"result": "solved", "case_id": case.case_id}
    assert (await doors.post(path, both)).status_code == 422
    told = await doors.done(path, {"result": "in-petition-procedure", "case_id": case.case_id})
    assert (told["matter_id"], told["linked_kind"]) == (case.matter_id, "case")
    found = (await doors.get("/signals", case_id=case.case_id)).json()["items"]
    assert [each["signal_id"] for each in found] == [signal_id]


async def test_an_accusation_cannot_be_found_by_naming_it(doors: Doors) -> None:
    case = await a_case(doors, await doors.village(), purpose=Purpose.ACCUSATION)
    signal_id = await a_signal(doors)
    body = {"to_case_id": case.case_id, "why": "same-matter"}
    assert problem(await doors.post(f"/signals/{signal_id}/link", body)) == "nothing-to-link-to"


async def test_merged_orders_are_answered_with_one_case_and_the_desk_may_name_none(
    doors: Doors,
) -> None:
    case = await a_case(doors, await doors.village())
    first, second, third = [await push(doors) for _ in range(3)]
    star, linked = first["signal_id"], second["signal_id"]
    await tell(doors, star, "merge", {"duplicates": [linked]})
    named = {"result": "in-petition-procedure", "case_id": case.case_id}
    for signal_id in (star, linked):
        told = await tell(doors, signal_id, "answer", named)
        assert (told["state"], told["case_id"]) == ("answered", case.case_id)
        assert told["matter_id"] == first["matter_id"]
        answered = (await doors.get(f"/signals/{signal_id}")).json()["history"][-1]
        assert answered["data"]["matter_id"] == case.matter_id
    alone = (await push(doors))["signal_id"]
    await tell(doors, alone, "answer", named)
    assert problem(await doors.post(f"/signals/{alone}/unlink", {})) == "order-names-that-case"
    unnamed = {"result": "in-petition-procedure", "case_not_nameable": True}
    path = f"/signals/{third['signal_id']}/answer"
    unit: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    assert problem(await doors.post(path, unnamed, **unit)) == "case-not-named"
    assert (await doors.post(path, unnamed | {"case_id": case.case_id})).status_code == 422
    assert (await doors.done(path, unnamed))["matter_id"] == third["matter_id"]


async def test_a_case_is_followed_through_its_corrections_and_its_end(doors: Doors) -> None:
    village, other = await doors.village(), await doors.village()
    case = await a_case(doors, village)
    about: dict[str, Any] = {"matter_id": case.matter_id, "case_id": case.case_id}

    async def known() -> Any:
        return await followed_case(doors.pool, TOWNSHIP, case.case_id, own_units=[])

    await follow_event(doors, CaseClosed(**about, outcome=Outcome.EXPLAINED), case.case_id)
    assert (await known()).goes_on is False
    await follow_event(doors, CaseReopened(**about, reason=ReopenReason.NEW_FACTS), case.case_id)
    assert (await known()).goes_on is True
    corrected = FilingCorrected(
        **about,
        why=CorrectionReason.TYPING_ERROR,
        changed=(FilingFact.CATEGORY, FilingFact.VILLAGE_CODE),
        category=Category.LAND,
        village_code=other,
    )
    await follow_event(doors, corrected, case.case_id)
    assert ((await known()).category, (await known()).village_code) == ("land", other)
    voided = FilingVoided(**about, why=FilingVoidReason.REGISTERED_TWICE)
    await follow_event(doors, voided, case.case_id)
    assert await known() is None


async def test_a_case_that_is_routed_as_an_accusation_is_shown_to_nobody(doors: Doors) -> None:
    village = await doors.village()
    case = await a_case(doors, village)
    routed = partial(
        CaseRouted,
        matter_id=case.matter_id,
        case_id=case.case_id,
        ground=RoutingGround.NOT_A_CLAIM,
        by_post="post:1",
    )
    known = partial(followed_case, doors.pool, TOWNSHIP, case.case_id, own_units=[])
    await follow_event(doors, routed(purpose=Purpose.SUGGESTION), case.case_id)
    assert await known() is not None
    assert await records_of_matter(doors.pool, TOWNSHIP, case.matter_id) != []
    await follow_event(doors, routed(purpose=Purpose.ACCUSATION), case.case_id)
    assert await known() is None
    assert await records_of_matter(doors.pool, TOWNSHIP, case.matter_id) == []


async def test_an_event_that_is_read_again_changes_nothing(doors: Doors) -> None:
    case = await a_case(doors, await doors.village())
    await follow_event(doors, case, case.case_id)
    found = await followed_case(doors.pool, TOWNSHIP, case.case_id, own_units=[])
    assert found is not None
    assert found.goes_on


async def test_no_more_than_two_hundred_are_looked_at(empty_doors: Doors) -> None:
    doors = empty_doors
    own = await push(doors)
    many = """
        insert into signal_board (division_code, signal_id, matter_id, state, category,
            received_at, version)
        select %s, %s || lpad(n::text, 12, '0'), %s || lpad(n::text, 12, '0'), 'received',
            'labour', now() - n * interval '1 minute', 1
        from generate_series(1, 400) as n
    """
    prefix = f"{TOWNSHIP}-0198a5c0-0000-7000-9000-"
    async with transaction(doors.pool, TOWNSHIP) as connection:
        await connection.execute(many, (TOWNSHIP, prefix, prefix))
    found = await suggested(doors, own["signal_id"])
    assert found["looked_at"] == 100
    at = datetime.fromisoformat("2025-03-04T10:00:00+08:00")
    later = await read_alike(
        doors.pool,
        TOWNSHIP,
        signal_id="x",
        category="labour",
        at=at,
        own_units=[],
        who=KeptFrom(own=(), is_worker=False),
    )
    assert later == []


QUERIES = [
    pytest.param(records_alike.ALIKE, {"signal_board", "report_board"}, id="signals and reports"),
    pytest.param(followed_cases.ALIKE, {"followed_case"}, id="cases"),
]


@pytest.mark.parametrize(("query", "tables"), QUERIES)
async def test_an_index_finds_them(doors: Doors, query: Any, tables: set[str]) -> None:
    named = {
        "division": TOWNSHIP,
        "signal_id": "x",
        "category": "labour",
        "village_code": f"{TOWNSHIP}001",
        "at": AT,
        "first": AT - timedelta(days=90),
        "last": AT + timedelta(days=90),
        "half": 100,
        "most": 200,
        "limit": 50,
        "own_units": ["x"],
        "own": ["x"],
    }
    async with transaction(doors.pool, TOWNSHIP) as connection:
        for avoided in ("seqscan", "bitmapscan"):
            await connection.execute(f"set local enable_{avoided} = off".encode())
        cursor = await connection.execute(f"explain (format json) {query}".encode(), named)
        row = await cursor.fetchone()
    assert row is not None
    scans = [each for each in nodes(row[0][0]["Plan"]) if each.get("Relation Name") in tables]
    assert {each["Relation Name"] for each in scans} == tables
    for scan in scans:
        assert scan["Node Type"] == "Index Scan", scan
        assert "category" in scan["Index Cond"]
        # a walk along the index ends where enough were found, without a sort of all
        assert "Sort" not in {each["Node Type"] for each in parents(row[0][0]["Plan"], scan)}


def nodes(node: Body) -> Iterator[Body]:
    yield node
    for below in node.get("Plans", ()):
        yield from nodes(below)


def parents(node: Body, wanted: Body) -> list[Body]:
    """The nodes above a scan, below the limit of its own walk."""
    for below in node.get("Plans", ()):
        if below is wanted:
            return [node]
        if wanted in list(nodes(below)):
            return parents(below, wanted)
    return []

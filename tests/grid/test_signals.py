"""Signals by their API: words and caller to the vault, one record for one number, counted once."""

import asyncio
from itertools import count
from typing import Any

import pytest

from services.grid.domain.named_ids import hotline_order_id
from services.grid.live_check import TABLES
from services.grid.store import unmerging
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.vault import Vault
from tests.grid.doors import COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Body, Doors, problem
from tests.grid.test_reports import submit

pytestmark = pytest.mark.parts
WORDS = "饭店欠了四个人两个月工资,说月底给。"
CALLER = {"name": "龙小满", "phone": "13900000007"}
PUSH = f"/townships/{TOWNSHIP}/hotline-orders"
_NUMBERS = count(1)


def an_order(**changes: Any) -> Body:
    """An order with a number of its own."""
    order = {
        "number": f"WS-20250304-{next(_NUMBERS):04}",
        "kind": "help",
        "topic": "unpaid-wages",
        "title": "拖欠工资",
        "words": WORDS,
        "caller": CALLER,
        "to_unit": "labour-office",
        "nature": "lead",
        "due_on": "2025-03-11",
    }
    return {name: value for name, value in (order | changes).items() if value is not None}


async def push(doors: Doors, **changes: Any) -> Body:
    return await doors.done(PUSH, an_order(**changes), 201)


async def a_signal(doors: Doors, **changes: Any) -> str:
    return str((await push(doors, **changes))["signal_id"])


async def tell(doors: Doors, signal_id: str, verb: str, body: Body, **how: Any) -> Body:
    return await doors.done(f"/signals/{signal_id}/{verb}", body, **how)


async def one(doors: Doors, signal_id: str, **how: Any) -> Body:
    answer = await doors.get(f"/signals/{signal_id}", **how)
    assert answer.status_code == 200, answer.text
    shown: Body = answer.json()
    return shown


async def a_report(doors: Doors) -> Body:
    return await submit(doors, await doors.grid(await doors.village()))


async def test_a_call_comes_in_and_no_word_of_it_is_in_the_ledger(doors: Doors) -> None:
    received = await push(doors)
    assert (received["state"], received["category"]) == ("open", "labour")
    assert received["signal_id"] == hotline_order_id(TOWNSHIP, received["number"])
    shown = await one(doors, received["signal_id"])
    assert [each["event"] for each in shown["history"]] == ["signal-received", "work-order-opened"]
    listed = (await doors.get("/signals", number=received["number"])).text
    for word in (WORDS, "拖欠工资", *CALLER.values()):
        assert word not in str(shown)
        assert word not in listed
    said = (await doors.get(f"/signals/{received['signal_id']}/words")).json()
    assert (said["words"], said["title"]) == (WORDS, "拖欠工资")
    assert (said["caller"]["name"], said["caller"]["phone"]) == tuple(CALLER.values())


HOTLINE: dict[str, Any] = {"role": Role.HOTLINE, "claims": {"unit": "hotline-12345"}}


async def test_the_hotline_sends_orders_and_reads_none(doors: Doors) -> None:
    order, report = an_order(), await a_report(doors)
    first = await doors.done(PUSH, order, 201, **HOTLINE)
    signal_id = first["signal_id"]
    own = first["matter_id"]
    linked = {"to_report_id": report["report_id"], "why": "same-matter"}
    await tell(doors, signal_id, "link", linked)
    again = await doors.done(PUSH, order, 201, **HOTLINE)
    assert (again["matter_id"], again["linked_id"], again["version"]) == (own, None, 3)
    for path in ("/signals", f"/signals/{signal_id}", f"/signals/{signal_id}/words", "/reports"):
        assert problem(await doors.get(path, **HOTLINE)) == "role-not-allowed"
    answer = await doors.post(f"/signals/{signal_id}/answer", {"result": "solved"}, **HOTLINE)
    assert problem(answer) == "role-not-allowed"
    without_post = await doors.post(
        PUSH, an_order(), role=Role.HOTLINE, claims={"unit": None, "post": None}
    )
    assert problem(without_post) == "post-missing"


async def test_pushed_twice_it_is_one_record(doors: Doors) -> None:
    order = an_order()
    first = await doors.done(PUSH, order, 201)
    again = await doors.done(PUSH, order, 201)
    less = await doors.done(
        PUSH, {name: order[name] for name in ("number", "words", "to_unit")}, 201
    )
    assert first == again == less
    found = (await doors.get("/signals", number=order["number"])).json()["items"]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": "别的事。"}, "words"),
        ({"caller": {"name": "别人"}}, "caller"),
        ({"kind": "complaint"}, "kind"),
        ({"due_on": "2025-03-12"}, "due_on"),
        ({"spot": "街口"}, "words"),
    ],
)
async def test_the_same_number_with_another_content_is_refused(
    doors: Doors, changes: Body, field: str
) -> None:
    order = an_order()
    await doors.done(PUSH, order, 201)
    refused = await doors.post(PUSH, order | changes)
    assert problem(refused) == "signal-received-otherwise"
    assert refused.json()["field"] == field


@pytest.mark.parametrize(
    "number",
    [
        "龙小满13900000007",
        "龙小满1",
        "13900000007",
        "WS-139-0000-0007",
        "8613900000007",
        "WS_1",
        "WS 1",
        "WS",
    ],
)
async def test_a_number_holds_no_name_and_no_telephone(doors: Doors, number: str) -> None:
    refused = await doors.post(PUSH, an_order(number=number))
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == ["number"]
    assert number not in refused.text


@pytest.mark.parametrize("number", ["202503041390000000712", "〔2025〕第17号", "A/7（2）-2025"])
async def test_a_number_of_an_order_is_taken_as_it_is_written(doors: Doors, number: str) -> None:
    assert (await push(doors, number=number))["number"] == number


async def test_what_was_stated_wrongly_is_corrected_and_hidden_at_once(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    signal_id = await a_signal(doors)
    own: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    assert signal_id in (await doors.get("/signals", **own)).text
    body = {"complained_unit": "labour-office", "topic": "roads"}
    told = await tell(doors, signal_id, "correct", body)
    assert (told["to_unit"], told["topic"]) == ("petition-office", "roads")
    assert told["category"] != "labour"
    assert (await tell(doors, signal_id, "correct", body))["version"] == told["version"]
    assert problem(await doors.get(f"/signals/{signal_id}", **own)) == "signal-not-found"
    assert signal_id not in (await doors.get("/signals", **own)).text
    (line,) = (await doors.get("/signals", topic="roads")).json()["items"]
    assert (line["signal_id"], line["to_unit"]) == (signal_id, "petition-office")
    for wrong in ({}, {"category": None}, {"topic": "roads", "category": "labour"}):
        answer = await doors.post(f"/signals/{signal_id}/correct", wrong)
        assert answer.status_code == 422
    elsewhere = {"village_code": f"{NEIGHBOUR}001"}
    answer = await doors.post(f"/signals/{signal_id}/correct", elsewhere)
    assert problem(answer) == "place-elsewhere"
    assert await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run() == []


async def test_of_a_confidential_caller_nobody_is_kept(doors: Doors) -> None:
    signal_id = await a_signal(doors, caller=None, confidential=True)
    shown = await one(doors, signal_id)
    assert shown["history"][0]["data"]["caller_confidential"] is True
    assert (await doors.get(f"/signals/{signal_id}/words")).json()["caller"] is None
    refused = await doors.post(PUSH, an_order(confidential=True))
    assert refused.status_code == 422


async def test_the_unit_complained_of_sees_nothing_and_is_not_given_the_order(
    doors: Doors,
) -> None:
    signal_id = await a_signal(doors, complained_unit="water-office")
    of_it: dict[str, Any] = {"role": Role.CLERK, "claims": {"unit": "water-office"}}
    for path in ("", "/words", "/suggestions"):
        answer = await doors.get(f"/signals/{signal_id}{path}", **of_it)
        assert problem(answer) == "signal-not-found"
    answer = await doors.post(f"/signals/{signal_id}/answer", {"result": "solved"}, **of_it)
    assert problem(answer) == "signal-not-found"
    listed = (await doors.get("/signals", **of_it)).text
    assert signal_id not in listed
    assert (
        signal_id
        in (await doors.get("/signals", role=Role.CLERK, claims={"unit": "labour-office"})).text
    )


async def test_an_order_sent_to_the_unit_it_complains_of_is_recorded_for_the_desk(
    doors: Doors,
) -> None:
    told = await push(doors, complained_unit="labour-office")
    assert (told["state"], told["to_unit"], told["kept_from_unit"]) == (
        "open",
        "petition-office",
        True,
    )
    signal_id = told["signal_id"]
    shown = await one(doors, signal_id)
    assert (shown["complained_unit"], shown["instead_of"]) == ("labour-office", None)
    assert "labour-office" not in str(shown["history"])
    of_it: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    answer = await doors.post(f"/signals/{signal_id}/answer", {"result": "solved"}, **of_it)
    assert problem(answer) == "signal-not-found"
    to_it = await doors.post(f"/signals/{signal_id}/assign", {"to_unit": "labour-office"})
    assert problem(to_it) == "unit-is-complained-of"
    given = await tell(doors, signal_id, "assign", {"to_unit": "justice-office"})
    assert given["to_unit"] == "justice-office"


async def test_an_order_that_is_not_the_units_remit_goes_to_another_by_the_desk(
    doors: Doors,
) -> None:
    signal_id = await a_signal(doors)
    first: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    second: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "water-office"}}
    body = {"result": "not-our-remit", "words": "属水利部门。"}
    told = await tell(doors, signal_id, "answer", body, **first)
    assert (told["state"], told["to_unit"], told["returned_by"]) == (
        "open",
        "petition-office",
        "labour-office",
    )
    assert (await tell(doors, signal_id, "answer", body, **first))["version"] == told["version"]
    solved = {"result": "solved"}
    for unit in (first, second):
        refused = await doors.post(f"/signals/{signal_id}/answer", solved, **unit)
        assert problem(refused) == "order-of-another-unit"
    waiting = await doors.get("/signals", open=True, to_unit="petition-office", limit=200)
    assert signal_id in waiting.text
    nobody = await doors.post(f"/signals/{signal_id}/assign", {"to_unit": "not-stated"})
    assert nobody.status_code == 422
    given = {"to_unit": "water-office", "words": "请核实。"}
    told = await tell(doors, signal_id, "assign", given)
    assert (told["to_unit"], told["returned_by"]) == ("water-office", None)
    assert (await tell(doors, signal_id, "assign", given))["version"] == told["version"]
    said = (await doors.get(f"/signals/{signal_id}/words", **second)).json()
    assert set(said["remarks"]) == {"属水利部门。", "请核实。"}
    assert (await tell(doors, signal_id, "answer", solved, **second))["state"] == "answered"
    late = await doors.post(f"/signals/{signal_id}/assign", {"to_unit": "labour-office"})
    assert problem(late) == "work-order-is-answered"


async def test_a_handler_answers_and_reads_what_their_unit_has(doors: Doors) -> None:
    signal_id = await a_signal(doors)
    own: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    other: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "water-office"}}
    answer = {"result": "solved", "words": "当天补发。"}
    refused = await doors.post(f"/signals/{signal_id}/answer", answer, **other)
    assert problem(refused) == "order-of-another-unit"
    assert problem(await doors.get(f"/signals/{signal_id}/words", **other)) == (
        "words-not-for-this-post"
    )
    told = await tell(doors, signal_id, "answer", answer, **own)
    assert (told["state"], told["result"]) == ("answered", "solved")
    assert (await tell(doors, signal_id, "answer", answer, **own))["version"] == told["version"]
    said = (await doors.get(f"/signals/{signal_id}/words", **own)).json()
    assert said["remarks"] == ["当天补发。"]


async def test_a_worker_and_an_elders_group_pass_a_matter_on_without_an_order(
    doors: Doors,
) -> None:
    path = f"/townships/{TOWNSHIP}/signals"
    body = {"words": "两家争一条田埂。", "category": "land"}
    by_app = await doors.done(path, body | {"source": "grid-app"}, 201, role=Role.GRID_WORKER)
    passed_on = await doors.done(path, body | {"source": "elders-group"}, 201)
    for each in (by_app, passed_on):
        assert (each["state"], each["number"]) == ("received", None)
        refused = await doors.post(f"/signals/{each['signal_id']}/answer", {"result": "solved"})
        assert problem(refused) == "no-work-order"
    by_phone = await doors.post(path, body | {"source": "hotline-12345"})
    assert by_phone.status_code == 422


async def test_a_linked_signal_counts_with_the_report_until_that_is_undone(doors: Doors) -> None:
    received, report = await push(doors), await a_report(doors)
    signal_id, own = received["signal_id"], received["matter_id"]
    to = {"to_report_id": report["report_id"], "why": "same-matter"}
    linked = await tell(doors, signal_id, "link", to)
    assert (linked["matter_id"], linked["linked_id"]) == (report["matter_id"], report["report_id"])
    assert (await tell(doors, signal_id, "link", to))["version"] == linked["version"]
    found = (await doors.get("/signals", matter_id=report["matter_id"])).json()["items"]
    assert [each["signal_id"] for each in found] == [signal_id]
    undone = await tell(doors, signal_id, "unlink", {})
    assert (undone["matter_id"], undone["linked_id"]) == (own, None)


async def test_duplicates_are_merged_and_unmerged_in_one_act_each(doors: Doors) -> None:
    first = await push(doors)
    duplicates = [await a_signal(doors) for _ in range(3)]
    nowhere = f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000dead"
    elsewhere = f"{NEIGHBOUR}-0198a5c0-0000-7000-8000-00000000dead"
    wanted = {"duplicates": [*duplicates, nowhere, elsewhere, first["signal_id"]]}
    merged = await tell(doors, first["signal_id"], "merge", wanted)
    assert (merged["done"], merged["known"], merged["refused"]) == (3, 0, 3)
    again = await tell(doors, first["signal_id"], "merge", {"duplicates": duplicates})
    assert (again["done"], again["known"]) == (0, 3)
    found = (await doors.get("/signals", matter_id=first["matter_id"])).json()["items"]
    assert {each["signal_id"] for each in found} == {first["signal_id"], *duplicates}
    part = await tell(doors, first["signal_id"], "unmerge", {"duplicates": duplicates[:1]})
    assert part["done"] == 1
    rest = await tell(doors, first["signal_id"], "unmerge", {})
    assert rest["done"] == 2
    for each in duplicates:
        assert (await one(doors, each))["linked_id"] is None


async def test_what_one_act_does_not_unmerge_is_said(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await a_signal(doors)
    duplicates = [await a_signal(doors) for _ in range(3)]
    await tell(doors, first, "merge", {"duplicates": duplicates})
    monkeypatch.setattr(unmerging, "MOST", 2)
    undone = await tell(doors, first, "unmerge", {})
    assert (undone["done"], undone["left"]) == (2, 1)
    undone = await tell(doors, first, "unmerge", {})
    assert (undone["done"], undone["left"]) == (1, 0)


async def test_links_make_no_chain(doors: Doors) -> None:
    first, second, third = [await a_signal(doors) for _ in range(3)]
    await tell(doors, second, "link", {"to_signal_id": first, "why": "duplicate"})
    onto_linked = await doors.post(
        f"/signals/{third}/link", {"to_signal_id": second, "why": "duplicate"}
    )
    assert (problem(onto_linked), onto_linked.json()["to_id"]) == ("target-is-linked", first)
    with_others = await doors.post(
        f"/signals/{first}/link", {"to_signal_id": third, "why": "duplicate"}
    )
    assert problem(with_others) == "signal-has-linked"
    itself = await doors.post(
        f"/signals/{third}/link", {"to_signal_id": third, "why": "duplicate"}
    )
    assert problem(itself) == "signal-linked-to-itself"


async def test_pushed_at_the_same_moment_it_is_one_record(doors: Doors) -> None:
    order = an_order()
    answers = await asyncio.gather(*(doors.post(PUSH, order) for _ in range(4)))
    assert {each.status_code for each in answers} == {201}
    assert len({each.text for each in answers}) == 1
    assert answers[0].json()["version"] == 2


async def test_two_signals_linked_to_each_other_at_the_same_moment_are_linked_once(
    doors: Doors,
) -> None:
    for _ in range(3):
        one_id, other_id = await a_signal(doors), await a_signal(doors)
        answers = await asyncio.gather(
            *(
                doors.post(
                    f"/signals/{signal_id}/link", {"to_signal_id": to_id, "why": "duplicate"}
                )
                for signal_id, to_id in ((one_id, other_id), (other_id, one_id))
            )
        )
        (refused,) = [each for each in answers if each.status_code != 200]
        assert problem(refused) in {"target-is-linked", "signal-has-linked"}


async def test_a_rejected_report_or_one_of_nowhere_is_nothing_to_link_to(doors: Doors) -> None:
    signal_id, report = await a_signal(doors), await a_report(doors)
    await doors.done(f"/reports/{report['report_id']}/reject", {"reason": "no-matter"})
    for to in (
        {"to_report_id": report["report_id"]},
        {"to_case_id": f"{TOWNSHIP}-0198a5c0-0000-7000-8000-00000000dead"},
        {"to_report_id": f"{NEIGHBOUR}-0198a5c0-0000-7000-8000-00000000dead"},
    ):
        answer = await doors.post(f"/signals/{signal_id}/link", to | {"why": "duplicate"})
        assert problem(answer) == "nothing-to-link-to"


async def test_the_office_opens_an_order_for_a_valid_report(doors: Doors) -> None:
    report = await a_report(doors)
    path = f"/townships/{TOWNSHIP}/work-orders"
    body = {"report_id": report["report_id"], "to_unit": "labour-office", "words": "请核实。"}
    assert problem(await doors.post(path, body)) == "report-takes-no-order"
    await doors.done(f"/reports/{report['report_id']}/validate", {})
    opened = await doors.done(path, body | {"number": "RS〔2025〕7号"}, 201)
    again = await doors.done(path, body | {"number": "RS〔2025〕7号"}, 201)
    assert opened == again
    assert (opened["state"], opened["matter_id"]) == ("open", report["matter_id"])
    assert (opened["category"], opened["report_id"]) == ("labour", report["report_id"])
    other = await doors.post(path, body | {"number": "RS〔2025〕7号", "to_unit": "water-office"})
    assert problem(other) == "work-order-opened-otherwise"
    said = (await doors.get(f"/signals/{opened['signal_id']}/words")).json()
    assert (said["words"], said["caller"]) == ("请核实。", None)


async def test_another_townships_signal_is_as_if_there_were_none(doors: Doors) -> None:
    signal_id = await a_signal(doors)
    answer = await doors.get(f"/signals/{signal_id}", division=NEIGHBOUR)
    assert problem(answer) == "signal-not-found"


async def test_open_orders_come_by_their_day(empty_doors: Doors) -> None:
    late = await a_signal(empty_doors, due_on="2025-03-20")
    without = await a_signal(empty_doors, due_on=None)
    soon = await a_signal(empty_doors, due_on="2025-03-05")
    done = await a_signal(empty_doors)
    await tell(empty_doors, done, "answer", {"result": "solved"})
    page: Body = (await empty_doors.get("/signals", open=True, order="due", limit=2)).json()
    rest = (
        await empty_doors.get("/signals", open=True, order="due", limit=2, cursor=page["next"])
    ).json()
    ids = [each["signal_id"] for each in [*page["items"], *rest["items"]]]
    assert ids == [soon, late, without]


async def test_a_caller_is_erased_with_the_words_once_the_order_is_answered(doors: Doors) -> None:
    signal_id = await a_signal(doors)
    caller = (await one(doors, signal_id))["history"][0]["data"]["caller_ref"]
    path, body = f"/named-persons/{caller}/erase", {"reason_code": "at-request"}
    assert problem(await doors.post(path, body)) == "person-of-an-open-order"
    await tell(doors, signal_id, "answer", {"result": "solved", "words": "已办。"})
    erased = await doors.done(path, body)
    assert erased["files"] == 2
    assert problem(await doors.get(f"/signals/{signal_id}/words")) == "person-erased"


async def test_what_is_shown_follows_from_the_ledgers(empty_doors: Doors) -> None:
    doors = empty_doors
    first, second = await a_signal(doors), await a_signal(doors, complained_unit="roads-office")
    await tell(doors, second, "link", {"to_signal_id": first, "why": "duplicate"})
    await tell(doors, first, "answer", {"result": "explained", "words": "已解释。"})
    report = await a_report(doors)
    await doors.done(f"/reports/{report['report_id']}/validate", {})
    body = {"report_id": report["report_id"], "to_unit": "labour-office"}
    await doors.done(f"/townships/{TOWNSHIP}/work-orders", body, 201)
    assert await LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS)).run() == []

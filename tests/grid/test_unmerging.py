"""A merger is undone in one act, however many signals it has."""

from typing import Any

import pytest

from services.grid.store import unmerging
from services.grid.stream import unmerging as following
from services.grid.stream.unmerging import unmerge_runner
from shared.bulk_handling import handle_all
from shared.postgres import rows, transaction
from tests.grid.doors import COUNTY, TOWNSHIP, Body, Doors
from tests.grid.test_signals import a_signal, one, tell

pytestmark = pytest.mark.parts


async def merged(doors: Doors, number: int) -> tuple[str, list[str]]:
    """A signal and the others that are merged into it."""
    first = await a_signal(doors)
    others = [await a_signal(doors) for _ in range(number)]
    for start in range(0, number, 50):
        await tell(doors, first, "merge", {"duplicates": others[start : start + 50]})
    return first, others


async def links(doors: Doors, signal_id: str) -> list[str]:
    """What was recorded of the signal's links, in order."""
    shown = await one(doors, signal_id)
    told = [each["event"] for each in shown["history"]]
    return [each for each in told if each in {"signal-linked", "signal-unlinked"}]


async def linked(doors: Doors, first: str) -> set[str]:
    """The signals that the list shows as linked to it."""
    found = await doors.get("/signals", linked_id=first, limit=200)
    return {each["signal_id"] for each in found.json()["items"]}


async def work_off(doors: Doors) -> None:
    await unmerge_runner(doors.office.ledger, county=COUNTY).work_off()


async def due(doors: Doors, first: str) -> list[dict[str, Any]]:
    async with transaction(doors.pool, COUNTY) as connection:
        return await rows(
            connection,
            "select state from due_row where kind = 'unmerge' and key like %(key)s",
            {"key": f"{first}/%"},
        )


async def test_more_signals_than_a_request_names_are_taken_in_one_append(doors: Doors) -> None:
    first, others = await merged(doors, 53)
    before = await doors.office.ledger.heads(TOWNSHIP, [TOWNSHIP])
    undone = await tell(doors, first, "unmerge", {})
    assert (undone["done"], undone["left"], undone["follows"]) == (53, 0, False)
    after = await doors.office.ledger.heads(TOWNSHIP, [TOWNSHIP])
    assert after[TOWNSHIP] - before[TOWNSHIP] == 53
    assert await linked(doors, first) == set()
    assert not await due(doors, first)
    assert await links(doors, others[-1]) == ["signal-linked", "signal-unlinked"]


async def test_what_one_append_does_not_take_follows_by_itself(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unmerging, "MOST", 2)
    first, others = await merged(doors, 5)
    undone = await tell(doors, first, "unmerge", {})
    assert (undone["done"], undone["left"], undone["follows"]) == (2, 3, True)
    assert (await one(doors, first))["unmerging"] is True
    assert len(await linked(doors, first)) == 3
    later = await a_signal(doors)
    again = {"to_signal_id": first, "why": "duplicate"}
    await tell(doors, later, "link", again)
    taken = min(others)
    await tell(doors, taken, "link", again)  # the first piece took it, and a person links it anew
    await work_off(doors)
    assert (await one(doors, first))["unmerging"] is False
    assert await linked(doors, first) == {later, taken}
    for each in others:
        made = ["signal-linked", "signal-unlinked", *(["signal-linked"] if each == taken else [])]
        assert await links(doors, each) == made
    await work_off(doors)
    assert await linked(doors, first) == {later, taken}


async def test_a_worker_that_is_killed_between_two_pieces_loses_and_doubles_nothing(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unmerging, "MOST", 2)
    first, others = await merged(doors, 7)
    await tell(doors, first, "unmerge", {})
    real, pieces = handle_all, 0

    async def killed(*given: Any, **named: Any) -> Any:
        nonlocal pieces
        pieces += 1
        if pieces == 2:
            raise KeyboardInterrupt
        return await real(*given, **named)

    monkeypatch.setattr(following, "handle_all", killed)
    with pytest.raises(KeyboardInterrupt):
        await work_off(doors)
    assert len(await linked(doors, first)) == 3
    monkeypatch.setattr(following, "handle_all", real)
    await settle_leases(doors)
    await work_off(doors)
    assert await linked(doors, first) == set()
    for each in others:
        assert await links(doors, each) == ["signal-linked", "signal-unlinked"]
    assert [row["state"] for row in await due(doors, first)] == ["done"]


async def settle_leases(doors: Doors) -> None:
    """The lease of whoever was killed is over."""
    async with transaction(doors.pool, COUNTY) as connection:
        await connection.execute("update due_lease set leased_until = '-infinity', holder = null")


async def test_each_named_signal_is_answered_for_itself(doors: Doors) -> None:
    first, others = await merged(doors, 2)
    alone, elsewhere = await a_signal(doors), await merged(doors, 1)
    named: Body = {"duplicates": [others[0], alone, elsewhere[1][0]]}
    undone = await tell(doors, first, "unmerge", named)
    found = {each["signal_id"]: each for each in undone["results"]}
    assert found[others[0]]["outcome"] == "done"
    assert found[alone]["outcome"] == "known"
    assert found[elsewhere[1][0]]["problem"]["type"].endswith("not-linked-to-it")
    assert undone["left"] == 1

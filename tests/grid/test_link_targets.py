"""Links follow the records to which signals are linked, and a converted report follows its case."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from services.grid.policies import STEPS, shipped_terms
from services.grid.stream.link_targets import link_target_runner
from services.grid.stream.outcomes import follow_intake, outcomes_over
from shared.contracts.case_codes import Purpose
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled, FilingCorrected, FilingVoided
from shared.divisions import new_id
from shared.postgres import transaction
from tests.grid.doors import COUNTY, TOWNSHIP, Body, Doors
from tests.grid.test_outcomes import converted
from tests.grid.test_reports import go, history
from tests.grid.test_signals import a_report, a_signal, one, tell
from tests.shared.recorded import recorded
from tests.stored_events import stored

pytestmark = pytest.mark.parts
_SEQUENCES = count(1)


async def of_case(doors: Doors, case_id: str, kind: type[Event], **said: Any) -> None:
    """An event of a case, as the worker reads it and works off what follows; and once more."""
    about = {"case_id": case_id, "report_id": None, **said}
    fact = stored(kind).model_copy(update=about)
    event = replace(recorded("/intake", case_id, fact), sequence=next(_SEQUENCES))
    outcomes = outcomes_over(doors.office.ledger, county=COUNTY, terms=shipped_terms(STEPS))
    for _ in range(2):
        async with transaction(doors.pool, COUNTY) as connection:
            await follow_intake(outcomes).apply(connection, [event])
        await work_off(doors)


async def work_off(doors: Doors) -> None:
    for _ in range(2):
        await link_target_runner(doors.office.ledger, county=COUNTY).work_off()


async def filed(doors: Doors, case_id: str, matter_id: str) -> None:
    await of_case(doors, case_id, CaseFiled, matter_id=matter_id, complained_unit=None)


async def repeats(doors: Doors, case_id: str, matter_id: str) -> None:
    """The case is corrected to repeat one of that matter."""
    await of_case(
        doors,
        case_id,
        FilingCorrected,
        matter_id=matter_id,
        why=CorrectionReason.FOUND_OTHERWISE,
        changed=(FilingFact.REPEAT_OF,),
        repeat_of=new_id(TOWNSHIP),
        complained_unit=None,
    )


async def linked_to_a_case(doors: Doors) -> tuple[str, str, str]:
    """A signal that counts with a case, the case and its matter."""
    case_id, matter_id = new_id(TOWNSHIP), new_id(TOWNSHIP)
    await filed(doors, case_id, matter_id)
    signal_id = await a_signal(doors)
    told = await tell(doors, signal_id, "link", {"to_case_id": case_id, "why": "same-matter"})
    assert told["matter_id"] == matter_id
    return signal_id, case_id, matter_id


async def events(doors: Doors, signal_id: str) -> list[Body]:
    """What was recorded of the link, oldest first."""
    return [
        each
        for each in (await one(doors, signal_id))["history"]
        if each["event"] in {"signal-linked", "signal-unlinked"}
    ]


async def test_a_rejected_report_has_no_signals_any_more(doors: Doors) -> None:
    report, signal_id = await a_report(doors), await a_signal(doors)
    own = (await one(doors, signal_id))["matter_id"]
    body = {"to_report_id": report["report_id"], "why": "same-matter"}
    await tell(doors, signal_id, "link", body)
    await go(doors, report["report_id"], ("reject", {"reason": "no-matter"}))
    await work_off(doors)
    shown = await one(doors, signal_id)
    assert (shown["matter_id"], shown["linked_id"]) == (own, None)
    linked, unlinked = await events(doors, signal_id)
    assert unlinked["data"]["why"] == "target-rejected"
    assert unlinked["actor_ref"] == "policy:grid"
    assert unlinked["occurred_at"] >= linked["occurred_at"]


@pytest.mark.parametrize("is_answered", [False, True])
async def test_a_void_case_has_no_signals_any_more(doors: Doors, is_answered: bool) -> None:
    if is_answered:
        case_id = new_id(TOWNSHIP)
        await filed(doors, case_id, new_id(TOWNSHIP))
        signal_id = await a_signal(doors)
        answer = {"result": "in-petition-procedure", "case_id": case_id}
        await tell(doors, signal_id, "answer", answer)
    else:
        signal_id, case_id, _ = await linked_to_a_case(doors)
    await of_case(doors, case_id, FilingVoided)
    assert (await one(doors, signal_id))["linked_id"] is None
    assert [each["event"] for each in await events(doors, signal_id)] == [
        "signal-linked",
        "signal-unlinked",
    ]


async def test_a_link_moves_with_its_case_once(doors: Doors) -> None:
    signal_id, case_id, before = await linked_to_a_case(doors)
    after = new_id(TOWNSHIP)
    await repeats(doors, case_id, after)
    shown = await one(doors, signal_id)
    assert (shown["matter_id"], shown["linked_id"]) == (after, case_id)
    assert signal_id in (await doors.get("/signals", matter_id=after)).text
    assert signal_id not in (await doors.get("/signals", matter_id=before)).text
    _, unlinked, linked = await events(doors, signal_id)
    assert unlinked["data"]["why"] == "target-moved"
    assert linked["data"]["moved_from"] == before


async def test_a_converted_report_moves_with_its_case_and_its_signals_with_it(
    doors: Doors,
) -> None:
    report_id, case_id = await converted(doors)
    own = (await doors.get(f"/reports/{report_id}")).json()["matter_id"]
    signal_id = await a_signal(doors)
    body = {"to_report_id": report_id, "why": "same-matter"}
    await tell(doors, signal_id, "link", body)
    await filed(doors, case_id, own)
    other = new_id(TOWNSHIP)
    await repeats(doors, case_id, other)
    assert (await doors.get(f"/reports/{report_id}")).json()["matter_id"] == other
    assert (await one(doors, signal_id))["matter_id"] == other
    assert report_id in (await doors.get("/reports", matter_id=other)).text
    await of_case(doors, case_id, FilingVoided, matter_id=other)
    assert (await doors.get(f"/reports/{report_id}")).json()["matter_id"] == own
    assert (await one(doors, signal_id))["matter_id"] == own
    moved = [
        each["data"]["matter_id"]
        for each in await history(doors, report_id)
        if each["event"] == "grid-report-matter-moved"
    ]
    assert moved == [other, own]


async def test_a_case_to_which_nothing_is_linked_changes_nothing(doors: Doors) -> None:
    case_id = new_id(TOWNSHIP)
    await filed(doors, case_id, new_id(TOWNSHIP))
    await repeats(doors, case_id, new_id(TOWNSHIP))


async def test_nothing_tells_to_which_matter_an_accusation_belongs(doors: Doors) -> None:
    report_id, case_id = await converted(doors)
    own = (await doors.get(f"/reports/{report_id}")).json()["matter_id"]
    await of_case(
        doors, case_id, CaseFiled, matter_id=own, complained_unit=None, purpose=Purpose.ACCUSATION
    )
    await repeats(doors, case_id, new_id(TOWNSHIP))
    assert "grid-report-matter-moved" not in str(await history(doors, report_id))

"""A unit complained of is known by the mark of its code, which grid's events have instead of it."""

from dataclasses import replace

import pytest

from services.grid.domain.rules.raised_after_answer import RAISED_AFTER_ANSWER
from services.grid.domain.signal import SIGNAL, Signal, signal_decider
from services.grid.domain.signal.assigning import AssignOrder
from services.grid.domain.signal.receiving import ReceiveSignal, UnitIsComplainedOf
from services.grid.signal_examples import CORRECT_SIGNAL, ORDER, RECEIVE
from services.grid.stream.early_warnings import warning_runners
from shared.contracts.event import Event
from shared.contracts.signals import SignalCorrected, SignalReceived, WorkOrderOpened
from shared.identity import Role
from tests.grid.doors import COUNTY, MARKS, TOWNSHIP, Body, Doors, problem
from tests.grid.rules.given import Judged, accepted, events, filed, received, served
from tests.grid.rules.running import Running, in_division
from tests.grid.test_signals import one, push
from tests.grid.test_suggestions import a_case
from tests.grid.warnings_told import CLERK, LATE, a_matter, by_a_rule, head_of, listed

KNOWN = signal_decider(MARKS)
OF_ITSELF = replace(RECEIVE, complained_unit=ORDER.to_unit)


def given(command: ReceiveSignal, decider: object = KNOWN) -> tuple[list[Event], Signal]:
    """The events as that decider makes them, and the state that the key gives of them."""
    made = KNOWN if decider is KNOWN else SIGNAL
    published = made.decide(command, made.initial)
    return published, KNOWN.fold(published)


@pytest.mark.parametrize("decider", [KNOWN, SIGNAL])
def test_an_order_of_itself_is_the_desks_and_its_repeat_nothing_new(decider: object) -> None:
    published, signal = given(OF_ITSELF, decider)
    assert signal.to_unit == "petition-office"
    assert KNOWN.decide(OF_ITSELF, signal) == []
    assert KNOWN.decide(replace(OF_ITSELF, complained_unit=None), signal) == []
    with pytest.raises(UnitIsComplainedOf):
        KNOWN.decide(AssignOrder(to_unit=ORDER.to_unit), signal)
    if decider is KNOWN:
        received, opened = published
        assert isinstance(received, SignalReceived)
        assert isinstance(opened, WorkOrderOpened)
        assert received.complained_mark == MARKS.of_unit(ORDER.to_unit)
        assert (opened.instead_of, opened.kept_from_unit) == (None, True)
        assert ORDER.to_unit not in received.model_dump_json() + opened.model_dump_json()


def test_a_complaint_about_the_desk_leaves_the_order_to_nobody() -> None:
    of_the_desk = replace(
        RECEIVE,
        complained_unit="petition-office",
        order=replace(ORDER, to_unit="petition-office"),
    )
    assert given(of_the_desk)[1].to_unit == "not-stated"


def test_a_corrected_complaint_takes_the_order_from_its_unit() -> None:
    _, signal = given(RECEIVE)
    corrected, assigned = KNOWN.decide(CORRECT_SIGNAL, signal)
    assert isinstance(corrected, SignalCorrected)
    assert (corrected.complained_unit, corrected.complained_mark) == (
        None,
        MARKS.of_unit(ORDER.to_unit),
    )
    after = KNOWN.fold([corrected, assigned], signal)
    assert after.to_unit == "petition-office"
    assert KNOWN.decide(CORRECT_SIGNAL, after) == []
    older = KNOWN.fold(SIGNAL.decide(CORRECT_SIGNAL, signal), signal)
    assert KNOWN.decide(CORRECT_SIGNAL, older) == []


def test_a_verdict_says_of_which_units_the_matter_complains() -> None:
    mark = MARKS.of_unit("labour-office")
    again = filed(case_id="519900101-0198a5c0-0000-7000-8000-00000000e00f", complained_mark=mark)
    stated = events((accepted(), 1), (served(), 10), (again, 20))
    found = Judged(RAISED_AFTER_ANSWER).read(*stated)
    assert found.last.complained == {mark}


@pytest.mark.parts
@pytest.mark.parametrize(("unit", "named"), [("labour-office", None), ("roads", "labour-office")])
async def test_a_warning_names_no_unit_that_is_complained_of(
    doors: Doors, unit: str, named: str | None
) -> None:
    running = Running(doors, "519900731" if named else "519900732")
    complaint = received(complained_mark=MARKS.of_unit(unit))
    stated = events((accepted(), 1), (served(), 10), (complaint, 20))
    await running.fold(in_division(stated, running.division))
    for runner in warning_runners(doors.office.ledger, county=COUNTY, marks=MARKS):
        await runner.work_off()
    [warning] = [each for each in await running.board() if each["rule"] == "raised-after-answer"]
    assert warning["unit"] == named


@pytest.mark.parts
async def test_a_case_that_complains_of_a_unit_by_its_mark_keeps_it_out(doors: Doors) -> None:
    matter = await a_matter(doors)
    warning = await by_a_rule(doors, matter_id=matter)
    own: Body = {**CLERK, "claims": {"unit": LATE}}
    assert warning in await listed(doors, **own)
    await a_case(
        doors, await doors.village(), matter_id=matter, complained_mark=MARKS.of_unit(LATE)
    )
    assert warning not in await listed(doors, **own)
    assert warning in await listed(doors, **CLERK)


@pytest.mark.parts
async def test_the_unit_is_shown_to_whoever_may_read_the_signal(doors: Doors) -> None:
    head = await head_of(doors)
    signal_id = (await push(doors, complained_unit="unit-of-a-kind"))["signal_id"]
    shown = await one(doors, signal_id)
    assert shown["complained_unit"] == "unit-of-a-kind"
    assert "unit-of-a-kind" not in str(shown["history"])
    own: Body = {"claims": {"unit": "unit-of-a-kind"}}
    assert problem(await doors.get(f"/signals/{signal_id}", **own)) == "signal-not-found"
    page = await doors.get(
        f"/ledgers/{TOWNSHIP}/events", limit=1000, after=head, role=Role.AUDITOR
    )
    assert signal_id in page.text
    assert "unit-of-a-kind" not in page.text
    await doors.done(f"/signals/{signal_id}/correct", {"complained_unit": None})
    assert (await one(doors, signal_id))["complained_unit"] is None

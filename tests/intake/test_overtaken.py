"""A command to a case is decided on the case as it is when it is appended."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from services.intake.store.due_withdrawals import KIND
from services.intake.stream.policies import follow_mediation
from services.intake.stream.withdrawals import ends_of
from shared.contracts.agreements import AgreementBreached, AgreementPerformed
from shared.contracts.case_handling import WithdrawalStated
from shared.contracts.mediation import MediationEvent
from shared.due import DueRow
from shared.identity import Role
from tests.intake.doors import ACCEPT, COUNTY, FILE_HERE, TOWNSHIP, Doors, a_filing
from tests.intake.test_policies import of, referred
from tests.legal_acts import DIVERTED, TAKEN_BACK, WITHDRAWAL
from tests.office_doors import Step
from tests.opinions import OPINION
from tests.overtaking import World, Writer, in_turn, overtaken

pytestmark = pytest.mark.parts

REOPEN: Step = ("reopen", {"reason": "new-facts"})
VOID: Step = ("void", {"why": "registered-twice"})
ANSWER: Step = (
    "answer",
    {"result": "supported", "measures": ["solve"], "method": "in-person", "opinion": OPINION},
)


def a_step(doors: Doors, case_id: str, step: Step) -> Writer:
    return lambda: doors.post(f"/cases/{case_id}/{step[0]}", step[1])


def following(doors: Doors, case_id: str, kind: type[MediationEvent]) -> Writer:
    [event] = of(case_id, kind)
    follower = follow_mediation(doors.office.ledger, county=COUNTY)

    async def follow() -> None:
        async with doors.pool.connection() as connection:
            await follower.apply(connection, [event])

    return follow


async def note_and_divert(doors: Doors) -> World:
    case_id = await referred(doors)
    first = following(doors, case_id, AgreementPerformed)
    return World(doors.office.ledger, TOWNSHIP, first, a_step(doors, case_id, DIVERTED))


async def note_and_note(doors: Doors) -> World:
    case_id = await referred(doors)
    first = following(doors, case_id, AgreementPerformed)
    return World(
        doors.office.ledger, TOWNSHIP, first, following(doors, case_id, AgreementBreached)
    )


async def answer_and_divert(doors: Doors) -> World:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    steps = (a_step(doors, case_id, each) for each in (ANSWER, DIVERTED))
    return World(doors.office.ledger, TOWNSHIP, *steps)


async def accept_and_divert(doors: Doors) -> World:
    case_id = await doors.file()
    steps = (a_step(doors, case_id, each) for each in (ACCEPT, DIVERTED))
    return World(doors.office.ledger, TOWNSHIP, *steps)


async def end_and_take_back(doors: Doors) -> World:
    """The days of a withdrawal are over by the clock of the runner, not yet by that of the desk."""
    case_id = await doors.file()
    await doors.tell(case_id, WITHDRAWAL)

    async def end() -> None:
        [stated] = [
            each
            for each in await doors.office.ledger.stream(COUNTY, case_id)
            if each.kind == WithdrawalStated.kind
        ]
        row = DueRow(
            division=TOWNSHIP,
            kind=KIND,
            key=stated.event_id,
            due_at=datetime.now(UTC),
            payload={"case_id": case_id},
            causation_id=stated.event_id,
        )
        await ends_of(doors.office.ledger, COUNTY).handle(TOWNSHIP, [row])

    return World(doors.office.ledger, TOWNSHIP, a_step(doors, case_id, TAKEN_BACK), end)


async def link_and_end_the_other(doors: Doors) -> World:
    other, case_id = await doors.file(), await doors.file()
    link: Step = ("link", {"to_case_id": other, "why": "duplicate"})
    first, second = a_step(doors, case_id, link), a_step(doors, other, DIVERTED)
    return World(doors.office.ledger, TOWNSHIP, first, second)


async def erase_and_go_on(doors: Doors) -> World:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, DIVERTED)
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    path = f"/persons/{history[0]['data']['person_ref']}/erase"

    async def go_on() -> Any:
        await doors.tell(case_id, REOPEN)
        return await doors.post(f"/cases/{case_id}/{ANSWER[0]}", ANSWER[1])

    return World(
        doors.office.ledger,
        TOWNSHIP,
        lambda: doors.post(path, {"reason_code": "at-request"}, role=Role.TOWNSHIP_LEADER),
        go_on,
    )


async def correct_and_correct(doors: Doors) -> World:
    case_id = await doors.file()
    steps = (
        a_step(doors, case_id, ("correct", {"why": "typing-error", "narrative": text}))
        for text in ("井水有味", "井水有怪味")
    )
    return World(doors.office.ledger, TOWNSHIP, *steps)


async def correct_and_erase(doors: Doors) -> World:
    case_id = await doors.file()
    await doors.tell(case_id, DIVERTED)
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    path = f"/persons/{history[0]['data']['person_ref']}/erase"
    return World(
        doors.office.ledger,
        TOWNSHIP,
        a_step(doors, case_id, ("correct", {"why": "typing-error", "narrative": "井水有味"})),
        lambda: doors.post(path, {"reason_code": "at-request"}, role=Role.TOWNSHIP_LEADER),
    )


async def void_and_accept(doors: Doors) -> World:
    case_id = await doors.file()
    steps = (a_step(doors, case_id, each) for each in (VOID, ACCEPT))
    return World(doors.office.ledger, TOWNSHIP, *steps)


async def repeat_and_void(doors: Doors) -> World:
    case_id = await doors.file()
    repeat = a_filing(repeat_of=case_id, first_or_repeat="repeat")
    return World(
        doors.office.ledger,
        TOWNSHIP,
        lambda: doors.post(FILE_HERE, repeat, role=Role.CLERK),
        a_step(doors, case_id, VOID),
    )


async def two_opinions(doors: Doors) -> World:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    issue = ("issue-opinion", {"result": "partly", "opinion": OPINION})
    steps = (a_step(doors, case_id, each) for each in (issue, ANSWER))
    return World(doors.office.ledger, TOWNSHIP, *steps)


async def extend_and_answer(doors: Doors) -> World:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    extend = ("extend", {"days": 20, "reason": "情况复杂。"})
    steps = (a_step(doors, case_id, each) for each in (extend, ANSWER))
    return World(doors.office.ledger, TOWNSHIP, *steps)


async def extend_and_extend(doors: Doors) -> World:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    steps = (
        a_step(doors, case_id, ("extend", {"days": days, "reason": "情况复杂。"}))
        for days in (20, 25)
    )
    return World(doors.office.ledger, TOWNSHIP, *steps)


async def review_and_divert(doors: Doors) -> World:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, ANSWER)
    review = ("request-review", {"level": "review"})
    steps = (
        a_step(doors, case_id, each) for each in (review, ("divert", {"route": "litigation"}))
    )
    return World(doors.office.ledger, TOWNSHIP, *steps)


SITES: tuple[Callable[[Doors], Awaitable[World]], ...] = (
    note_and_divert,
    note_and_note,
    answer_and_divert,
    accept_and_divert,
    end_and_take_back,
    link_and_end_the_other,
    erase_and_go_on,
    correct_and_correct,
    correct_and_erase,
    void_and_accept,
    repeat_and_void,
    two_opinions,
    extend_and_answer,
    extend_and_extend,
    review_and_divert,
)


@pytest.mark.parametrize("prepare", SITES, ids=lambda site: site.__name__)
async def test_an_overtaken_command_comes_to_what_one_of_the_orders_gives(
    doors: Doors, prepare: Callable[[Doors], Awaitable[World]]
) -> None:
    either = [
        await in_turn(await prepare(doors), *order)
        for order in (("second", "first"), ("first", "second"))
    ]
    came = []
    for between in ("stream", "append"):
        outcome, happened = await overtaken(await prepare(doors), between)
        assert outcome in either, between
        came.append(happened)
    assert any(came), "nobody was overtaken"

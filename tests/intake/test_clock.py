"""A clock that jumps ahead under intake: what is refused, what is said, and the way back."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.contracts.ledger import LedgerClockAccepted, LedgerClockCorrected, LedgerSealed
from shared.contracts.ledger_codes import ClockReason
from shared.ledger import ClockGuard, ClockNotBelieved, Ledger
from shared.metrics import CLOCK_REFUSES
from shared.office.ledger_clock import LedgerClocks
from shared.sealing import SealJournal, SealScheduler
from tests.intake.doors import COUNTY, TOWNSHIP, Doors
from tests.intake.sealing import KEYS, as_superuser, journal_of, later, scheduler, seal
from tests.office_doors import problem
from tests.shared.test_wall_clock import Machine

pytestmark = pytest.mark.parts

AHEAD = timedelta(days=400)


@pytest.fixture
def doors(empty_doors: Doors) -> Doors:
    return empty_doors


def clocks(doors: Doors) -> LedgerClocks:
    return LedgerClocks(doors.office.ledger, "intake", COUNTY)


async def history(doors: Doors) -> list[tuple[str, int]]:
    """Of every event its kind, and in how many days from now it was recorded."""
    events = await doors.office.ledger.read(COUNTY, TOWNSHIP)
    now = datetime.now(UTC) + timedelta(hours=1)
    return [(event.kind, (event.recorded_at - now).days + 1) for event in events]


async def test_a_request_is_refused_with_a_problem_of_its_own_and_reads_go_on(
    doors: Doors,
) -> None:
    machine = Machine(wall=datetime.now(UTC).timestamp())
    guard = ClockGuard(doors.office.pool, service="intake", county=COUNTY, clock=machine.clock())
    case = await doors.file()
    doors.office.ledger.clock = guard
    await guard.check()
    machine.wall += AHEAD.total_seconds()
    answer = await doors.post(f"/cases/{case}/accept", {"responsible_unit": "u"})
    assert (problem(answer), answer.status_code) == ("clock-not-right", 503)
    assert answer.headers["Retry-After"]
    assert CLOCK_REFUSES.labels("intake")._value.get() == 1
    assert (await doors.get(f"/cases/{case}")).status_code == 200
    machine.wall -= AHEAD.total_seconds()
    assert (
        await doors.post(f"/cases/{case}/accept", {"responsible_unit": "u"})
    ).status_code == 200


async def test_nothing_is_sealed_under_a_clock_that_is_not_believed(doors: Doors) -> None:
    class Never:
        async def now(self) -> datetime:
            raise ClockNotBelieved("not now")

    await doors.file()
    as_superuser(doors, "update due_row set due_at = now() - interval '1 day'", ())
    ledger = Ledger(doors.office.pool, source="/intake", clock=Never())
    journal = SealJournal(journal_of(doors))
    sealing = SealScheduler(ledger, KEYS, journal, service="intake", county=COUNTY)
    with pytest.raises(ClockNotBelieved):
        await sealing._seal_up_to_yesterday(TOWNSHIP, [])
    assert journal.latest == {}


async def test_somebody_says_that_the_clock_is_right_in_one_ledger_alone(doors: Doors) -> None:
    assert await clocks(doors).accept() is None
    await doors.file()
    await doors.file()
    assert await clocks(doors).accept(only_if_needed=True) is None
    said = await clocks(doors).accept()
    assert said is not None
    assert said.ledger == f"intake/{TOWNSHIP}"
    assert await clocks(doors).accept() is not None
    kinds = [kind for kind, _ in await history(doors)]
    assert kinds == ["case-filed"] * 2 + [LedgerClockAccepted.kind] * 2


async def test_time_starts_again_at_a_correction_and_the_day_is_sealed(doors: Doors) -> None:
    await doors.file()
    later(doors, 400)
    await doors.file()
    await seal(doors, days_later=1)
    assert await clocks(doors).correct(ClockReason.CLOCK_AHEAD) != []
    assert await clocks(doors).correct(ClockReason.CLOCK_AHEAD) == []
    await doors.file()
    assert await history(doors) == [
        ("case-filed", 0),
        ("case-filed", 400),
        (LedgerSealed.kind, 400),
        (LedgerClockCorrected.kind, 0),
        ("case-filed", 0),
    ]
    assert await seal(doors, days_later=1) == 1
    found = await doors.office.ledger.read(COUNTY, TOWNSHIP)
    assert found[-1].load()["head_sequence"] == 5
    assert await scheduler(doors, days_later=2).look_for_rewritten_ledgers() == set()


async def test_a_day_that_a_wrong_clock_sealed_is_sealed_once_more(doors: Doors) -> None:
    """Also where the same day comes again: both seals have ids of their own."""
    await doors.file()
    assert await seal(doors, days_later=1) == 1
    as_superuser(
        doors,
        "update due_row set due_at = now() + interval '400 days' where kind = %s",
        ("seal",),
    )
    later(doors, 3)
    await doors.file()
    assert await seal(doors, days_later=401) == 1
    await clocks(doors).correct(ClockReason.CLOCK_AHEAD)
    for days in (1, 2, 3, 4):
        await doors.file()
        await seal(doors, days_later=days)
        later(doors, 1)
    events = await doors.office.ledger.read(COUNTY, TOWNSHIP)
    seals = [event.load() for event in events if event.kind == LedgerSealed.kind]
    days_sealed = [each["day"] for each in seals]
    assert len(days_sealed) == 6
    assert days_sealed[2] == days_sealed[0] < days_sealed[1]
    assert days_sealed[1] in days_sealed[2:]
    assert days_sealed[2:] == sorted(days_sealed[2:])
    assert await scheduler(doors, days_later=9).look_for_rewritten_ledgers() == set()


async def test_a_ledger_that_began_under_a_wrong_clock_is_sealed_after_its_correction(
    doors: Doors,
) -> None:
    await doors.file()
    later(doors, 400)
    as_superuser(doors, "update event set recorded_at = recorded_at + interval '400 days'", ())
    await scheduler(doors)._plan_new_ledgers()
    await clocks(doors).correct(ClockReason.CLOCK_AHEAD)
    assert await seal(doors, days_later=1) == 1

"""A rule with a state raises each command once, whatever is read twice, killed or folded anew."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.cloudevents import RecordedEvent
from shared.contracts.intake import CaseFiled
from shared.due import Done, DueRow, Refused
from shared.handling import RecordOfALaterRelease, StreamMovedOn
from shared.office.due_commands import DueCommands
from shared.office.following import Following
from shared.office.stateful_policy import DecidedTwice, Decision, Rule
from shared.postgres import transaction
from shared.refusals import Refusal
from shared.streaming import AfterParked
from shared.streaming.dead_letters import DeadLetters
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.folding.places import CLUSTER, PLACES, WINDOW, places_database
from tests.shared.following.cluster_rule import (
    KIND,
    LONG_AFTER,
    RULE,
    SERVICE,
    FailsOnce,
    Killed,
    Trial,
    stream_of,
    trial_again,
    trial_in,
)
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR
from tests.stats.lives import Ledger

pytestmark = pytest.mark.parts

_FIRST = date(2025, 3, 1)
filings = st.tuples(
    st.sampled_from([DIVISION, NEIGHBOUR]), st.sampled_from(["001", "002"]), st.integers(0, 12)
)
chances = st.sampled_from(["read", "killed reading", "run", "killed running", "rebuild"])
moves = st.lists(st.tuples(chances, st.integers(0, 6), st.integers(1, 8)), max_size=14)


@pytest.fixture(scope="module")
def database(
    postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory
) -> FreshDatabase:
    return places_database(postgres, tmp_path_factory.mktemp("trial"))


@pytest.fixture
async def trial(database: FreshDatabase) -> AsyncIterator[Trial]:
    async with trial_in(database) as opened:
        yield opened


def filed(*places: tuple[str, str, int]) -> list[RecordedEvent]:
    """Filings about villages, on days after the first, each in its township's ledger."""
    ledgers = {name: Ledger(division=name) for name in (DIVISION, NEIGHBOUR)}
    events = []
    for division, village, day in places:
        on = (_FIRST + timedelta(days=day)).isoformat()
        ledgers[division].file(on, village=f"{division}{village}")
        events.append(ledgers[division].events[-1])
    return events


def in_a_week(count: int = 3) -> list[RecordedEvent]:
    return filed(*((DIVISION, "001", day) for day in range(count)))


def expected(events: list[RecordedEvent]) -> set[tuple[str, str]]:
    """The plain model: the filing that completes each cluster of a place, and the place's stream."""
    open_filings: dict[str, list[RecordedEvent]] = defaultdict(list)
    found = set()
    for event in events:
        place = f"{event.division}-{event.load()['village_code']}"
        own = open_filings[place]
        own.append(event)
        latest = max(each.occurred_at for each in own)
        own[:] = [each for each in own if each.occurred_at > latest - WINDOW]
        if len(own) == CLUSTER:
            found.add((stream_of(place), event.event_id))
            own.clear()
    return found


async def _play(trial: Trial, played: list[tuple[str, int, int]]) -> None:
    """Read on (and some of it again), carry out, be killed, or forget the state."""
    reached = 0
    for what, back, length in played:
        match what:
            case "read" | "killed reading":
                start, end = max(0, reached - back), min(reached + length, len(trial.events))
                try:
                    await trial.read(start, end, killed=what == "killed reading")
                    reached = end
                except Killed:
                    pass
            case "run" | "killed running":
                with contextlib.suppress(Killed):
                    await trial.carry_out(killed_after=1 if what == "killed running" else None)
            case _:
                trial.rebuild()
                reached = 0
    await trial.read(0, len(trial.events))
    await trial.carry_out()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(places=st.lists(filings, min_size=3, max_size=14), played=moves)
def test_whatever_happens_each_decision_becomes_a_command_once(
    database: FreshDatabase,
    places: list[tuple[str, str, int]],
    played: list[tuple[str, int, int]],
) -> None:
    async def check() -> None:
        async with trial_in(database) as trial:
            events = filed(*places)
            trial.events = events
            await _play(trial, played)
            warned = await trial.warned()
            assert set(warned) == expected(events)
            assert len(warned) == len(set(warned))
            assert set((await trial.due()).values()) <= {"done"}

    asyncio.run(check())


async def test_three_of_one_place_within_seven_days_warn_once(trial: Trial) -> None:
    trial.events = in_a_week()
    await trial.read(0, 2)
    assert await trial.due() == {}
    await trial.read(0, 3)
    place = f"{DIVISION}-{DIVISION}001"
    key = f"{RULE.name}/{place}/{trial.events[2].event_id}"
    assert await trial.due() == {key: "waiting"}
    assert await trial.warned() == []
    await trial.carry_out()
    await trial.read(0, 3)
    await trial.carry_out()
    assert await trial.due() == {key: "done"}
    assert await trial.warned() == [(stream_of(place), trial.events[2].event_id)]


async def test_a_kill_before_the_commit_leaves_neither_state_nor_decision(trial: Trial) -> None:
    trial.events = in_a_week()
    with pytest.raises(Killed):
        await trial.read(0, 3, killed=True)
    assert await trial.due() == {}
    await trial.read(0, 3)
    await trial.carry_out()
    assert len(await trial.warned()) == 1


async def test_a_kill_between_commit_and_command_loses_nothing(trial: Trial) -> None:
    trial.events = in_a_week()
    await trial.read(0, 3)
    async with trial_again(trial) as later:
        await later.carry_out()
        assert len(await later.warned()) == 1


async def test_a_kill_between_command_and_settling_doubles_nothing(trial: Trial) -> None:
    trial.events = in_a_week()
    await trial.read(0, 3)
    with pytest.raises(Killed):
        await trial.carry_out(killed_after=1)
    assert set((await trial.due()).values()) == {"waiting"}
    async with trial_again(trial) as later:
        await later.carry_out()
        assert set((await later.due()).values()) == {"done"}
        assert len(await later.warned()) == 1


async def test_a_state_that_is_folded_anew_decides_nothing_again(trial: Trial) -> None:
    trial.events = in_a_week(7)
    await trial.read(0, 5)
    await trial.carry_out()
    trial.rebuild()
    await trial.read(0, 7)
    await trial.carry_out()
    assert [cause for _, cause in await trial.warned()] == [
        trial.events[2].event_id,
        trial.events[5].event_id,
    ]


async def test_an_event_that_a_policy_fails_on_leaves_no_state_and_its_ledger_waits(
    trial: Trial,
) -> None:
    policy = FailsOnce()
    trial.following = Following(
        service=SERVICE, source="/intake", stateful={CaseFiled.kind: [policy]}
    )
    trial.events = in_a_week(4)
    await trial.read(0, 4, singly=True)
    assert await trial.due() == {}
    policy.broken = False
    letters = DeadLetters(trial.pool, trial.following, county=COUNTY)
    assert [each.why async for each in letters.replay()] == [None]
    await trial.read(0, 4)
    await trial.carry_out()
    assert await trial.warned() == [
        (stream_of(f"{DIVISION}-{DIVISION}001"), trial.events[2].event_id)
    ]


def test_a_state_is_not_folded_without_what_is_parked() -> None:
    with pytest.raises(ValueError, match="in their order"):
        Following(
            service=SERVICE,
            source="/intake",
            stateful={CaseFiled.kind: [RULE]},
            after_parked=AfterParked.GOES_ON,
        )


async def test_one_rule_decides_once_about_one_thing_on_one_event(trial: Trial) -> None:
    twice = Rule(
        name="twice",
        kind=KIND,
        tables=PLACES,
        decide=lambda _before, after, _event: [
            Decision(about=after.place_id, payload={}),
            Decision(about=after.place_id, payload={"other": 1}),
        ],
    )
    following = Following(service=SERVICE, source="/intake", stateful={CaseFiled.kind: [twice]})
    async with transaction(trial.pool, COUNTY) as connection:
        with pytest.raises(DecidedTwice):
            await following.apply(connection, in_a_week(1))


class NotSo(Refusal):
    """It is not so."""


@pytest.mark.parametrize("fault", [StreamMovedOn, RecordOfALaterRelease])
async def test_a_refusal_ends_its_row_alone_and_contention_is_tried_again(
    fault: type[Refusal],
) -> None:
    rows = [DueRow(division=DIVISION, kind=KIND, key=key, due_at=LONG_AFTER) for key in ("a", "b")]

    async def refused(row: DueRow) -> None:
        if row.key == "a":
            raise NotSo

    outcomes = await DueCommands(carry_out=refused)(DIVISION, rows)
    assert outcomes == [Refused(NotSo.slug), Done()]

    async def contended(_: DueRow) -> None:
        raise fault

    with pytest.raises(fault):
        await DueCommands(carry_out=contended)(DIVISION, rows)

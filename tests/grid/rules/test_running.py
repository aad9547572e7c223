"""What the rules ask for becomes warnings: each once, whatever is read in which order, or killed."""

import asyncio
import contextlib
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.grid.api.office import Office
from services.grid.domain.early_warning.acting import DisposeWarning, ExpireWarning
from services.grid.domain.rules.state import RuleState
from services.grid.policies import early_warnings
from services.grid.policies.early_warnings import EARLY_WARNINGS
from services.grid.store import rule_state
from services.grid.store.followed_cases import follow
from services.grid.store.known_matters import streams_about
from services.grid.store.rule_state import Place
from services.grid.stream.early_warnings import Wakes, warning_runners
from services.grid.stream.policies import followed_by
from shared.contracts.catalogue import decode_data
from shared.contracts.early_warning_codes import DisposedHow
from shared.handling import CommandRequest, ready
from shared.ledger import Author
from shared.postgres import transaction
from tests.grid.doors import COUNTY, KEYS, Doors, fresh_grid, open_doors
from tests.grid.rules.given import (
    MATTER,
    TOWNSHIP,
    accepted,
    an_id,
    breached,
    events,
    filed,
    handled,
    on,
    received,
    replied,
    served,
    submitted,
    succeeded,
    the_day,
    voided,
)
from tests.grid.rules.running import FOLD, Running, in_division
from tests.grid.rules.test_any_order import interleavings
from tests.grid.rules.test_by_time import extended
from tests.parts import FreshDatabase, PostgresForTests

pytestmark = pytest.mark.parts
_TOWNSHIPS = count(200)
"""Each example has its own, as long as three digits last."""


@pytest.fixture(scope="module")
def database(postgres: PostgresForTests) -> FreshDatabase:
    return fresh_grid(postgres)


def a_township(doors: Doors) -> Running:
    """One that no other test has events in."""
    return Running(doors, f"519900{next(_TOWNSHIPS) % 800 + 200}")


cuts = st.lists(st.tuples(st.integers(1, 9), st.booleans(), st.booleans()), max_size=12)


async def play(running: Running, read: list[Any], played: list[tuple[int, bool, bool]]) -> None:
    """Read chunks of these lengths; be killed before a commit, or before a row is settled."""
    left = in_division(read, running.division)
    for length, killed, carries_out in played:
        chunk, rest = left[:length], left[length:]
        if killed:
            await running.fold(chunk, killed=True)
        await running.fold(chunk)
        left = rest
        if carries_out:
            await running.carry_out(killed=killed)
    await running.fold(left)
    for _ in range(3):
        await running.carry_out()


def without_time_rules(found: set[Any]) -> set[Any]:
    """What a clock that runs meanwhile does not change."""
    timed = {"term", "half-term-without-step", "compensation-overdue", "agreement-broken"}
    return {each for each in found if each[0] not in timed}


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(orders=interleavings(), one=cuts, other=cuts)
def test_any_interleaving_and_any_kill_gives_the_same_warnings(
    database: FreshDatabase, orders: Any, one: Any, other: Any
) -> None:
    async def check() -> None:
        async with open_doors(database) as doors:
            found = []
            for read, played in zip(orders, (one, other), strict=True):
                running = a_township(doors)
                await play(running, read, played)
                found.append(without_time_rules(await running.warnings()))
                assert await running.raised() == len(await running.board())
            assert found[0] == found[1]

    asyncio.run(check())


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(orders=interleavings(), lengths=st.lists(st.integers(1, 9), max_size=12))
def test_rules_of_time_come_to_the_same_once_all_is_read(
    database: FreshDatabase, orders: Any, lengths: list[int]
) -> None:
    async def check() -> None:
        async with open_doors(database) as doors:
            found = []
            for read in orders:
                running = a_township(doors)
                await play(running, read, [(length, False, False) for length in lengths])
                found.append(await running.warnings())
            assert found[0] == found[1]

    asyncio.run(check())


async def test_a_thousand_signals_about_one_matter_are_one_warning(doors: Doors) -> None:
    running = a_township(doors)
    signals = [(received(signal_id=an_id(0x70000 + each)), each / 100) for each in range(1_000)]
    read = in_division(events((replied(), -1), *signals), running.division)
    for start in range(0, len(read), 200):
        await running.fold(read[start : start + 200])
        await running.carry_out()
    (warning,) = await running.board()
    assert (warning["rule"], warning["episode"]) == ("raised-after-answer", 1)
    assert warning["counted"] == 1_000
    assert len(warning["because"]) == 100


async def test_a_cluster_is_kept_from_the_unit_complained_of_in_any_of_its_matters(
    doors: Doors,
) -> None:
    running = a_township(doors)
    cases = [(filed(case_id=an_id(each), matter_id=an_id(each)), 1) for each in (1, 2, 3)]
    await running.fold(in_division(events(*cases), running.division))
    await running.carry_out()
    (warning,) = await running.board()
    complaint = filed(case_id=an_id(2), matter_id=an_id(2), complained_unit="labour-office")
    [followed] = in_division(events((complaint, 1)), running.division)
    async with transaction(doors.pool, COUNTY) as connection:
        event = decode_data(followed.kind, followed.schema_version, followed.load())
        await follow(connection, followed, event)
    for unit, kept in (("labour-office", {warning["warning_id"]}), ("water-office", set())):
        own = {"own": [f"{running.division}/{unit}"], "own_units": [unit]}
        found = await streams_about(doors.pool, COUNTY, division=running.division, **own)
        assert found == kept


async def test_a_term_is_one_warning_whose_level_rises(doors: Doors) -> None:
    running = a_township(doors)
    await running.fold(in_division(events((filed(), 0), (accepted(), 1)), running.division))
    await running.carry_out()
    term = {each for each in await running.warnings() if each[0] == "term"}
    assert [(each[2], each[3]) for each in term] == [(1, "red")]
    stored = await doors.office.ledger.stream(COUNTY, (await running.board())[-1]["warning_id"])
    kinds = [each.kind for each in stored]
    assert kinds[0] == "warning-raised"
    assert f'"last_day":"{the_day(60)}"' in stored[0].data


async def test_a_warning_is_raised_when_it_is_shown_however_late_it_fell_due(doors: Doors) -> None:
    running = a_township(doors)
    read = events((filed(), 0), (accepted(due_at=on(10)), 1, 20))
    await running.fold(in_division(read, running.division))
    await running.carry_out(day=21)
    raised = {each["rule"]: each["raised_at"] for each in await running.board()}
    assert raised == {"term": on(21), "half-term-without-step": on(21)}
    [term] = [each for each in await running.board() if each["rule"] == "term"]
    stored = await doors.office.ledger.stream(COUNTY, term["warning_id"])
    assert {each.occurred_at for each in stored} == {on(21)}


async def test_an_answered_case_warns_of_no_term(doors: Doors) -> None:
    running = a_township(doors)
    read = events((filed(), 0), (accepted(), 1), (served(), 20))
    await running.fold(in_division(read, running.division))
    await running.carry_out()
    assert await running.warnings() == set()


@pytest.mark.parametrize("command", ["dispose", "expire"])
async def test_an_episode_ends_and_after_the_quiet_time_another_begins(
    doors: Doors, command: str
) -> None:
    running = a_township(doors)
    await running.fold(in_division(events((replied(), 0), (received(), 1)), running.division))
    await running.carry_out(day=2)
    (warning,) = await running.board()
    await _end(doors, warning["warning_id"], command, day=10)
    await running.fold(in_division(events((received(signal_id=an_id(1)), 20)), running.division))
    await running.carry_out(day=21)
    assert len(await running.board()) == 1
    again = events((handled(), 26), (received(signal_id=an_id(2)), 27))
    await running.fold(in_division(again, running.division))
    await running.carry_out(day=28)
    assert [each["episode"] for each in await running.board()] == [1, 2]
    assert await _state(doors, running) == (2, None, 1)


async def test_the_quiet_time_is_that_of_the_chosen_policy(doors: Doors, tmp_path: Path) -> None:
    shipped = (Path(early_warnings.__file__).parent / f"{EARLY_WARNINGS}.toml").read_text("utf-8")
    own = tmp_path / "own.toml"
    own.write_text(
        shipped.replace(EARLY_WARNINGS, "own.1").replace("quiet_days = 15", ""), "utf-8"
    )
    running = a_township(doors)
    await running.fold(in_division(events((replied(), 0), (received(), 1)), running.division))
    await running.carry_out(day=2)
    (warning,) = await running.board()
    office: Any = Office.over(doors.office.ledger, KEYS, early_warnings=str(own))
    await _end(replace(doors, office=office), warning["warning_id"], "dispose", day=10)
    await running.fold(in_division(events((received(signal_id=an_id(1)), 20)), running.division))
    await running.carry_out(day=21)
    assert [each["episode"] for each in await running.board()] == [1, 2]


@pytest.mark.parametrize("has_ended", [True, False])
async def test_rows_that_are_deleted_and_read_anew_go_on_with_the_episodes(
    database: FreshDatabase, *, has_ended: bool
) -> None:
    async with open_doors(database) as doors:
        running = a_township(doors)
        read = in_division(events((replied(), 0), (received(), 1)), running.division)
        await running.fold(read)
        await running.carry_out(day=2)
        (warning,) = await running.board()
        if has_ended:
            await _end(doors, warning["warning_id"], "dispose", day=10)
        _delete_states(database, running.division)
        await running.fold(read)
        await running.carry_out(day=2)
        if not has_ended:
            await _end(doors, warning["warning_id"], "dispose", day=10)
        for number, day, raised in ((1, 20, [1]), (2, 27, [1, 2])):
            signal = events((received(signal_id=an_id(number)), day))
            await running.fold(in_division(signal, running.division))
            await running.carry_out(day=day + 1)
            assert [each["episode"] for each in await running.board()] == raised


def _delete_states(database: FreshDatabase, division: str) -> None:
    with psycopg.connect(database.superuser_dsn) as connection:
        query = "delete from rule_state where division_code = %s"
        assert connection.execute(query, [division]).rowcount


async def test_a_breach_that_is_folded_after_the_end_is_warned_of_and_once(doors: Doors) -> None:
    running = a_township(doors)
    promised = events((succeeded(perform_by=the_day(10)), 0))
    await running.fold(in_division(promised, running.division))
    await running.carry_out(day=15)
    (warning,) = await running.board()
    await _end(doors, warning["warning_id"], "dispose", day=20)
    breach = in_division(events((breached(), 19)), running.division)
    for _ in range(2):
        await running.fold(breach)
        await running.carry_out(day=20.5)
    _, second = sorted(await running.board(), key=lambda each: each["episode"])
    assert (second["episode"], second["level"]) == (2, "orange")
    await _end(doors, second["warning_id"], "dispose", day=21)
    other = in_division(events((breached(instalment=1), 20)), running.division)
    await running.fold([*breach, *other])
    await running.carry_out(day=22)
    third = max(await running.board(), key=lambda each: each["episode"])
    assert third["episode"] == 3
    stored = await doors.office.ledger.stream(COUNTY, third["warning_id"])
    assert other[0].event_id in str(stored[0].data)
    assert breach[0].event_id not in str(stored[0].data)


async def test_a_term_that_ran_out_in_a_lag_is_warned_of_after_the_end_of_a_warning(
    doors: Doors,
) -> None:
    running = a_township(doors)
    await running.fold(in_division(events((accepted(), 0)), running.division))
    await running.carry_out(day=60.5)
    (warning,) = [each for each in await running.board() if each["rule"] == "term"]
    assert warning["level"] == "orange"
    await _end(doors, warning["warning_id"], "dispose", day=61.3)
    for _ in range(2):
        await running.carry_out(day=61.4)
    term = {each for each in await running.warnings() if each[0] == "term"}
    assert {(each[2], each[3]) for each in term} == {(1, "orange"), (2, "red")}


async def test_after_an_extension_the_red_level_names_the_new_last_day(doors: Doors) -> None:
    running = a_township(doors)
    await running.fold(in_division(events((accepted(), 0)), running.division))
    await running.carry_out(day=59.5)
    await running.fold(
        in_division(events((accepted(), 0), (extended(90), 59.6))[1:], running.division)
    )
    for _ in range(2):
        await running.carry_out(day=92)
    (warning,) = [each for each in await running.board() if each["rule"] == "term"]
    assert warning["level"] == "red"
    record = await doors.office.warnings.read(COUNTY, warning["warning_id"])
    raised = record.state.raised
    assert raised is not None
    assert (raised.last_day, record.state.last_day) == (the_day(60), the_day(90))
    assert the_day(60).isoformat() in raised.reason
    assert the_day(90).isoformat() in record.state.reason
    assert the_day(90).isoformat() in record.state.reason_en


async def test_an_open_warning_is_shown_with_what_its_rule_would_say_now(doors: Doors) -> None:
    """A year after the term: it is over, is extended, is answered."""
    running = a_township(doors)
    await running.fold(in_division(events((accepted(), 0)), running.division))
    await running.carry_out(day=59.5)
    (warning,) = [each for each in await running.board() if each["rule"] == "term"]
    assert warning["level"] == "orange"
    shown = await _now(doors, running, warning)
    assert (shown["level"], shown["last_day"]) == ("red", the_day(60).isoformat())
    stated = events((accepted(), 0), (extended(90), 59.6), (served(), 59.7))
    await running.fold(in_division(stated[1:2], running.division))
    shown = await _now(doors, running, warning)
    assert (shown["level"], shown["last_day"]) == ("red", the_day(90).isoformat())
    assert the_day(90).isoformat() in shown["reason"]
    await running.fold(in_division(stated[2:], running.division))
    shown = await _now(doors, running, warning)
    assert shown == dict.fromkeys(("level", "reason", "reason_en", "last_day"))
    await _end(doors, warning["warning_id"], "dispose", day=60)
    assert await _now(doors, running, warning) is None


async def test_a_breach_is_said_as_long_as_nothing_remedies_it(doors: Doors) -> None:
    running = a_township(doors)
    await running.fold(in_division(events((breached(), 1)), running.division))
    await running.carry_out(day=2)
    (warning,) = await running.board()
    shown = await _now(doors, running, warning)
    assert (warning["rule"], shown["level"]) == ("agreement-broken", "orange")


async def _now(doors: Doors, running: Running, warning: dict[str, Any]) -> Any:
    answer = await doors.get(f"/warnings/{warning['warning_id']}", division=running.division)
    assert answer.status_code == 200
    return answer.json()["now"]


async def _end(doors: Doors, warning_id: str, command: str, *, day: float) -> None:
    ends: Any = (
        ExpireWarning()
        if command == "expire"
        else DisposeWarning(how=DisposedHow.ANSWERED_ANEW, by_unit="petition-office")
    )
    request: CommandRequest[Any, Any] = CommandRequest(
        stream_id=warning_id,
        author=Author(scope=COUNTY, actor_ref="post-1"),
        prepare=ready(ends, at=on(day)),
    )
    await doors.office.warnings.handle(request)


async def _state(doors: Doors, running: Running) -> tuple[int, Any, int]:
    place = Place(
        running.division, "raised-after-answer", MATTER.replace("519900101", running.division)
    )
    async with transaction(doors.pool, COUNTY) as connection:
        state: RuleState = (await rule_state.lock(connection, [place]))[place]
    return state.episode, state.quiet_until and None, state.counted


async def test_events_that_no_rule_reads_are_passed_over(doors: Doors) -> None:
    folds = followed_by(COUNTY)(doors.office.ledger, KEYS)
    assert set(folds) == {"concord.intake", "concord.grid", "concord.mediation"}
    for fold in folds.values():
        passed = {kind for kind, _ in fold.passes_over}
        assert b"patrol-done" in passed
        assert b"warning-raised" in passed
        assert b"grid-report-submitted" not in passed


async def test_the_rows_that_fall_due_tell_nothing_of_a_person(doors: Doors) -> None:
    running = a_township(doors)
    read = events((submitted(persons=(an_id(0xBEEF),)), 5), (replied(), 1))
    await running.fold(in_division(read, running.division))
    query = "select payload from due_row where division_code = %(division)s"
    async with transaction(doors.pool, COUNTY) as connection:
        cursor = await connection.execute(query, {"division": running.division})
        found = str(await cursor.fetchall())
    assert "raised-after-answer" in found
    assert an_id(0xBEEF).partition("-")[2] not in found


async def test_a_raising_gives_way_to_a_fold_that_holds_its_subject(doors: Doors) -> None:
    """And is tried again: nothing is lost by it."""
    running = a_township(doors)
    await running.fold(in_division(events((replied(), 0), (received(), 1)), running.division))
    place = Place(
        running.division, "raised-after-answer", MATTER.replace(TOWNSHIP, running.division)
    )
    async with transaction(doors.pool, COUNTY) as connection:
        await rule_state.lock(connection, [place])
        await running.carry_out()
        assert await running.board() == []
    async with asyncio.timeout(30):  # the ledger's rows pause for some seconds
        while not await running.board():
            await asyncio.sleep(0.5)
            await running.carry_out()
    assert len(await running.board()) == 1


async def test_the_raising_runner_is_woken_once_it_is_committed_that_a_warning_is_asked_for(
    doors: Doors,
) -> None:
    running = a_township(doors)
    woken: list[int] = []
    fold = replace(FOLD, wake=lambda: woken.append(1))
    read = in_division(events((replied(), 0), (received(), 1)), running.division)
    async with transaction(doors.pool, COUNTY) as connection:
        await fold.apply(connection, read[:1])
    assert woken == []
    with contextlib.suppress(ZeroDivisionError):
        async with transaction(doors.pool, COUNTY) as connection:
            await fold.apply(connection, read[1:])
            raise ZeroDivisionError
    assert woken == []
    async with transaction(doors.pool, COUNTY) as connection:
        await fold.apply(connection, read[1:])
        assert woken == []
    assert woken == [1]
    wakes = Wakes()
    _, raises = warning_runners(doors.office.ledger, county=COUNTY, wakes=wakes)
    wakes()
    assert raises._nudged.is_set()


async def test_what_a_case_counted_with_is_known_in_a_later_chunk(doors: Doors) -> None:
    """Each event is a chunk of its own: the case is read from its row."""
    running = a_township(doors)
    cases = [
        {"matter_id": an_id(0xC100 + each), "case_id": an_id(0xC200 + each)} for each in range(4)
    ]
    stated = [
        *((filed(**each), day) for day, each in enumerate(cases[:2])),
        (voided(**cases[0]), 2),
        (filed(**cases[2]), 3),
    ]
    for each in in_division(events(*stated), running.division):
        await running.fold([each], killed=True)
        await running.fold([each])
    await running.carry_out()
    assert await running.warnings() == set()
    await running.fold(in_division(events((filed(**cases[3]), 4)), running.division))
    await running.carry_out()
    assert {each[0] for each in await running.warnings()} == {"cluster"}

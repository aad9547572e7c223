"""A view made anew beside the live one: the same rows, or the live ones untouched."""

import signal
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.local.ports import reserved_ports
from services.stats.rebuilding.refusals import (
    AnotherRebuildRuns,
    EventsMissing,
    NotTheOwner,
    PartAway,
    SchemaOfAnotherRelease,
)
from services.stats.stream.views import VIEWS
from tests.parts import KafkaForTests, PostgresForTests
from tests.shared.registry_events import RegistryLedger
from tests.stats.histories import ledgers
from tests.stats.lives import NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.rebuilds import Stage

pytestmark = pytest.mark.parts
_IN_PUBLIC = "where {} = 'public' order by 1"
A_LITTLE_WRONG = "update case_day_rollup set counts[1] = counts[1] + 7"
_REPEATS = st.lists(st.integers(0, 99), max_size=6)


@pytest.fixture
def stage(postgres: PostgresForTests, kafka: KafkaForTests) -> Iterator[Stage]:
    stage = Stage.fresh(postgres, kafka)
    with reserved_ports(1) as (stage.port,):
        yield stage


def a_ledger(cases: int, division: str = TOWNSHIP) -> Ledger:
    ledger = Ledger(division)
    for number in range(cases):
        case = ledger.file(f"2025-03-{number % 28 + 1:02}")
        ledger.accept(case, "2025-04-02")
        if number % 2:
            ledger.serve(case, "2025-05-02")
            ledger.resolve(case, "2025-05-03")
    return ledger


def every_table(stage: Stage) -> set[str]:
    found = stage.ask("select tablename from pg_tables where schemaname = 'public'")
    return {name for (name,) in found}


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ledger=ledgers(most=60).filter(lambda ledger: ledger.events), again=_REPEATS)
async def test_a_rebuilt_view_has_the_rows_of_the_live_one(
    postgres: PostgresForTests, kafka: KafkaForTests, ledger: Ledger, again: list[int]
) -> None:
    stage, neighbour = Stage.fresh(postgres, kafka), a_ledger(20, NEIGHBOUR)
    repeated = [ledger.events[: 1 + index % len(ledger.events)] for index in again]
    for some in [ledger.events, *repeated, neighbour.events]:
        await stage.send(some)
        await stage.send(some[-2:])
    await stage.fold(ledger.events)
    await stage.fold(neighbour.events)
    live = stage.rows()

    rebuilt = await stage.rebuild()

    assert stage.rows() == live
    assert rebuilt.swapped.ledgers == 2
    assert rebuilt.swapped.events == len(ledger.events) + len(neighbour.events)
    assert stage.schemas() == set()


async def test_rows_that_were_wrong_are_right_again(stage: Stage) -> None:
    ledger = a_ledger(10)
    await stage.send(ledger.events)
    await stage.fold(ledger.events)
    live = stage.rows()
    stage.ask(A_LITTLE_WRONG)
    stage.ask("delete from case_fact")

    await stage.rebuild()

    assert stage.rows() == live


async def test_the_service_may_do_with_the_new_tables_what_it_may_with_migrated_ones(
    stage: Stage,
) -> None:
    relations = f"select relname, relacl, relforcerowsecurity from pg_class {_IN_PUBLIC}"
    asked = (
        relations.format("relnamespace::regnamespace::text"),
        f"select tablename, indexdef from pg_indexes {_IN_PUBLIC}, 2".format("schemaname"),
        f"select tablename, policyname, qual from pg_policies {_IN_PUBLIC}".format("schemaname"),
    )
    before = [stage.ask(query) for query in asked]
    await stage.rebuild()
    assert [stage.ask(query) for query in asked] == before
    await stage.fold(a_ledger(3).events)
    assert stage.folded() == {TOWNSHIP: 8}


def test_every_table_belongs_to_one_view(postgres: PostgresForTests, kafka: KafkaForTests) -> None:
    own = [table for view in VIEWS for table in view.tables]
    others = {"inbox", "parked", "schema_version"}
    no_longer_written = {"case_rollup", "case_rollup_month"}
    found = every_table(Stage.fresh(postgres, kafka)) - others - no_longer_written
    assert sorted(own) == sorted(found)


async def test_units_that_the_live_fold_missed_are_known_afterwards(stage: Stage) -> None:
    registry = RegistryLedger()
    registry.unit("office")
    await stage.send(registry.events)
    await stage.fold(registry.events)
    stage.ask("delete from known_unit")
    await stage.rebuild()
    assert stage.ask("select code from known_unit") == [("office",)]


async def test_of_nothing_comes_nothing(stage: Stage) -> None:
    rebuilt = await stage.rebuild()
    assert (rebuilt.swapped.ledgers, rebuilt.swapped.events) == (0, 0)


async def test_a_view_that_was_never_folded_is_filled(stage: Stage) -> None:
    ledger = a_ledger(5)
    await stage.send(ledger.events)
    await stage.rebuild()
    assert stage.folded() == {TOWNSHIP: len(ledger.events)}


async def test_an_event_that_the_topic_lost_keeps_the_live_view_and_is_named(stage: Stage) -> None:
    ledger, whole = a_ledger(5), a_ledger(4, NEIGHBOUR)
    await stage.send([*ledger.events[:4], *ledger.events[5:], *whole.events])
    await stage.fold(ledger.events)
    await stage.fold(whole.events)
    live = stage.rows()

    with pytest.raises(EventsMissing) as refused:
        await stage.rebuild()

    last = len(ledger.events)
    assert f"intake/{TOWNSHIP} is live up to event {last}, and event 5 is not on" in str(
        refused.value
    )
    assert f"concord relay resend --service intake --division {TOWNSHIP}" in str(refused.value)
    assert NEIGHBOUR not in str(refused.value)
    assert stage.rows() == live
    assert stage.schemas() == set()

    await stage.send(ledger.events)
    await stage.rebuild()
    assert stage.rows() == live


async def test_told_so_it_forgets_what_the_topic_does_not_tell_of(stage: Stage) -> None:
    """As after a restored backup: the live view counted events that no ledger has any more."""
    ledger, gone = a_ledger(5), a_ledger(4, NEIGHBOUR)
    await stage.send(ledger.events[:9])
    await stage.fold(ledger.events)
    await stage.fold(gone.events)
    with pytest.raises(EventsMissing):
        await stage.rebuild()

    await stage.rebuild(replace=True)

    assert stage.folded() == {TOWNSHIP: 9}


async def test_a_second_rebuild_is_refused_and_disturbs_nothing(stage: Stage) -> None:
    await stage.send(a_ledger(5).events)

    with psycopg.connect(stage.database.owner_dsn, autocommit=True) as other:
        other.execute("select pg_advisory_lock(%s)", (0x52454255,))
        other.execute("create schema rebuild")
        with pytest.raises(AnotherRebuildRuns):
            await stage.rebuild()
        assert stage.schemas() == {"rebuild"}
    await stage.rebuild()
    assert stage.schemas() == set()


async def test_where_kafka_or_the_database_is_away_it_says_so(stage: Stage) -> None:
    nobody = replace(stage, kafka=_Nowhere())  # type: ignore[arg-type]
    with pytest.raises(PartAway, match="Kafka does not answer"):
        await nobody.rebuild()
    stage.database = replace(stage.database, owner_dsn="postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(PartAway, match="The database does not answer"):
        await stage.rebuild()


class _Nowhere:
    bootstrap = "127.0.0.1:1"


async def test_the_services_own_role_is_told_that_it_may_not(stage: Stage) -> None:
    stage.database = replace(stage.database, owner_dsn=stage.database.dsn)
    with pytest.raises(NotTheOwner):
        await stage.rebuild()


async def test_tables_of_another_release_are_left_alone(stage: Stage) -> None:
    stage.ask(
        "update schema_version set version_num = 'stats_9999' where version_num like 'stats%'"
    )
    with pytest.raises(SchemaOfAnotherRelease):
        await stage.rebuild()


@pytest.mark.parametrize(
    ("point", "is_swapped"),
    [("while building", False), ("before the commit", False), ("after the commit", True)],
)
async def test_killed_it_leaves_a_whole_view_and_the_next_one_succeeds(
    stage: Stage, point: str, *, is_swapped: bool
) -> None:
    ledger = a_ledger(12)
    await stage.send(ledger.events)
    await stage.fold(ledger.events)
    right = stage.rows()
    stage.ask(A_LITTLE_WRONG)
    wrong = stage.rows()

    killed = stage.process(killed_at=point)
    killed.communicate(timeout=30)

    assert killed.returncode == -signal.SIGKILL
    assert stage.schemas() == {"rebuild", "retired"}
    assert stage.rows() == (right if is_swapped else wrong)
    ledger.file("2025-06-01")
    await stage.send(ledger.events[-1:])
    await stage.fold(ledger.events[-1:])
    await stage.rebuild()
    assert stage.folded() == {TOWNSHIP: len(ledger.events)}
    assert len(stage.rows()["case_fact"]) == 13
    assert stage.schemas() == set()

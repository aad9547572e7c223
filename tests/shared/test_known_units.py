"""Whom a complaint about a unit concerns, as services that keep no registry know it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import OperationalError

from services.grid.migrate import VERSIONS
from shared.cloudevents import RecordedEvent
from shared.folding.subject import decoded
from shared.identity import Actor, Role
from shared.known_units import (
    REGISTRY_KINDS,
    KnownPost,
    KnownUnit,
    KnownUnits,
    KnownUnitsSnapshot,
    follow_registry,
)
from shared.postgres import Pool, new_pool, transaction
from tests.migrated import migrated
from tests.parts import PostgresForTests
from tests.shared.registry_events import RegistryLedger
from tests.stats.made_up_ledger import COUNTY, TOWNSHIP

TODAY = date(2025, 3, 1)


def of(unit: str | None, post: str | None = None, scope: str = TOWNSHIP) -> Actor:
    return Actor(sub="s", role=Role.CLERK, scope=scope, unit=unit, post=post)


def a_unit(code: str, **stated: Any) -> KnownUnit:
    return KnownUnit(
        unit_id=f"id-{code}", place=(TOWNSHIP, code), **{"unit_type": "other", **stated}
    )


def codes(known: KnownUnits, actor: Actor) -> set[str]:
    return {code for _, code in known.concerning(actor, on=TODAY)}


def test_a_unit_that_nobody_registered_concerns_its_members_alone() -> None:
    assert KnownUnits().concerning(of("roads"), on=TODAY) == {(TOWNSHIP, "roads")}
    assert KnownUnits().concerning(of(None), on=TODAY) == set()


def test_a_complaint_about_a_unit_concerns_those_below_it_and_none_above() -> None:
    known = KnownUnits.of(
        [a_unit("office"), a_unit("station", parent="office"), a_unit("team", parent="station")]
    )
    assert codes(known, of("team")) == {"office", "station", "team"}
    assert codes(known, of("office")) == {"office"}
    assert codes(known, of("team", scope=COUNTY)) == {"team"}


def test_what_has_a_units_matters_since_is_concerned() -> None:
    known = KnownUnits.of(
        [a_unit("old", successor="id-new"), a_unit("new", parent="office"), a_unit("office")]
    )
    assert codes(known, of("new")) == {"new", "office", "old"}
    assert codes(known, of("old")) == {"old"}


def test_a_post_is_concerned_by_its_unit_and_those_that_it_is_in_charge_of() -> None:
    posts = [
        KnownPost(place=(TOWNSHIP, "deputy"), unit="office", portfolio_units=["water"]),
        KnownPost(place=(TOWNSHIP, "gone"), unit="office", ended_on=TODAY),
        KnownPost(place=(TOWNSHIP, "moved"), unit="old"),
    ]
    known = KnownUnits.of([a_unit("old", successor="id-new"), a_unit("new")], posts)
    assert codes(known, of("other", "deputy")) == {"other", "office", "water"}
    assert codes(known, of("other", "gone")) == {"other"}
    assert codes(known, of(None, "moved")) == {"old", "new"}
    assert codes(known, of(None, "deputy", COUNTY)) == set()


def test_a_petition_office_is_also_the_one_that_every_division_has() -> None:
    known = KnownUnits.of([a_unit("letters-office", unit_type="petition-office")])
    assert codes(known, of("letters-office")) == {"letters-office", "petition-office"}


names = st.sampled_from(["a", "b", "c", "d"])


@given(
    units=st.lists(
        st.builds(
            lambda code, parent, after: a_unit(code, parent=parent, successor=after),
            names,
            st.none() | names,
            st.none() | names.map("id-{}".format),
        ),
        unique_by=lambda unit: unit.place,
    ),
    unit=names,
)
def test_circles_in_the_registry_end(units: list[KnownUnit], unit: str) -> None:
    assert unit in codes(KnownUnits.of(units), of(unit))


async def followed(pool: Pool, events: Sequence[RecordedEvent]) -> None:
    async with transaction(pool, COUNTY) as connection:
        for event in events:
            if event.kind in REGISTRY_KINDS:
                await follow_registry(connection, event, decoded(event))


async def snapshot_of(pool: Pool) -> KnownUnits:
    snapshot = KnownUnitsSnapshot(pool)
    await snapshot.look(COUNTY)
    return snapshot.known


@pytest.mark.parts
async def test_events_are_followed_and_read_again_without_effect(
    postgres: PostgresForTests,
) -> None:
    ledger = RegistryLedger()
    office, station, old = ledger.unit("office"), ledger.unit("station"), ledger.unit("old")
    ledger.put_below(station, "office")
    ledger.retitle(station)
    ledger.end_unit(old, station)
    deputy, gone, handed = (
        ledger.post("deputy", "office"),
        ledger.post("gone", "office", "station"),
        ledger.post("handed", "office", "station"),
    )
    ledger.charge(deputy, "station")
    ledger.end_post(gone, "2025-02-01")
    ledger.hand_over(handed, "deputy", "2025-02-01")
    async with new_pool(migrated(postgres, "grid", VERSIONS).dsn, name="test", size=2) as pool:
        await followed(pool, ledger.events)
        known = await snapshot_of(pool)
        assert codes(known, of("station")) == {"station", "office", "old"}
        assert codes(known, of(None, "deputy")) == {"office", "station", "old"}
        assert codes(known, of(None, "gone")) == codes(known, of(None, "handed")) == set()
        await followed(pool, ledger.events[:3] + ledger.events)
        assert await snapshot_of(pool) == known
        assert office in {each.unit_id for each in known.units.values()}


@pytest.mark.parts
async def test_a_look_is_taken_once_a_second_and_reads_what_has_changed(
    postgres: PostgresForTests,
) -> None:
    ledger, now = RegistryLedger(), 0.0
    async with new_pool(migrated(postgres, "grid", VERSIONS).dsn, name="test", size=2) as pool:
        snapshot = KnownUnitsSnapshot(pool, clock=lambda: now)
        await snapshot.look(COUNTY)
        nothing = snapshot.known
        ledger.unit("office")
        await followed(pool, ledger.events)
        await snapshot.look(COUNTY)
        assert snapshot.known is nothing
        now = 1.0
        await snapshot.look(COUNTY)
        assert (TOWNSHIP, "office") in snapshot.known.units
        known, now = snapshot.known, 2.0
        await snapshot.look(COUNTY)
        assert snapshot.known is known


@pytest.mark.parts
async def test_while_the_database_is_away_what_was_known_stays(postgres: PostgresForTests) -> None:
    ledger, now = RegistryLedger(), 0.0
    ledger.unit("office")
    async with new_pool(migrated(postgres, "grid", VERSIONS).dsn, name="test", size=2) as pool:
        await followed(pool, ledger.events)
        snapshot = KnownUnitsSnapshot(pool, clock=lambda: now)
        never_read = KnownUnitsSnapshot(pool)
        await snapshot.look(COUNTY)
    known, now = snapshot.known, 5.0
    await snapshot.look(COUNTY)
    assert snapshot.known is known
    with pytest.raises(OperationalError):
        await never_read.look(COUNTY)

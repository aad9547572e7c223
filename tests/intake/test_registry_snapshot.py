"""The registry in memory: no query while it is fresh, and never more than a second behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest

from services.intake.domain.registry import Registry
from services.intake.store.registry_rows import mark_of, registry_of
from services.intake.store.registry_snapshot import RegistrySnapshots
from shared.county_snapshots import EVERY
from tests.intake.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Doors
from tests.intake.registry import registered_unit

pytestmark = pytest.mark.parts
TODAY = date(2025, 6, 30)


@dataclass
class Stopwatch:
    """A clock that goes when it is told to."""

    at: float = 100.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Counted:
    """How often the database was asked for the mark, and for all of the registry."""

    marks: int = 0
    registries: int = 0


@dataclass
class Watched:
    snapshots: RegistrySnapshots
    watch: Stopwatch
    counted: Counted = field(default_factory=Counted)

    async def look(self, division: str = TOWNSHIP) -> Registry:
        with counting(self.counted):
            return await self.snapshots.of(division)


@contextmanager
def counting(counted: Counted) -> Iterator[None]:
    async def mark(*asked: Any) -> int:
        counted.marks += 1
        return await mark_of(*asked)

    async def registry(*asked: Any) -> Registry:
        counted.registries += 1
        return await registry_of(*asked)

    with patch.multiple(RegistrySnapshots.__module__, mark_of=mark, registry_of=registry):
        yield


@pytest.fixture
async def watched(doors: Doors) -> Watched:
    watch = Stopwatch()
    return Watched(RegistrySnapshots(doors.pool, clock=watch), watch)


async def a_new_unit(doors: Doors) -> str:
    code = f"unit-{uuid4().hex[:8]}"
    await registered_unit(doors, code)
    return code


async def test_while_it_is_fresh_there_is_no_query(watched: Watched) -> None:
    first = await watched.look()
    watched.watch.at += EVERY * 0.99
    for division in (TOWNSHIP, NEIGHBOUR, COUNTY) * 10:
        assert await watched.look(division) is first
    assert watched.counted == Counted(marks=1, registries=1)


async def test_what_has_not_moved_is_not_read_again(watched: Watched) -> None:
    first = await watched.look()
    for _ in range(3):
        watched.watch.at += EVERY
        assert await watched.look() is first
    assert watched.counted == Counted(marks=4, registries=1)


async def test_what_another_process_records_is_known_after_a_second(
    doors: Doors, watched: Watched
) -> None:
    await watched.look()
    code = await a_new_unit(doors)
    watched.watch.at += EVERY * 0.99
    assert (await watched.look()).unit(TOWNSHIP, code) is None
    watched.watch.at += EVERY * 0.01
    found = (await watched.look()).unit(TOWNSHIP, code)
    assert found is not None
    assert found.is_valid(TODAY)
    assert watched.counted == Counted(marks=2, registries=2)


async def test_every_event_of_the_registry_moves_it(doors: Doors, watched: Watched) -> None:
    code = f"unit-{uuid4().hex[:8]}"
    unit_id = await registered_unit(doors, code)
    await watched.look()
    await doors.told(f"/units/{unit_id}", ("correct", {"title": "水利站"}), role="clerk")
    watched.watch.at += EVERY
    found = (await watched.look()).unit(TOWNSHIP, code)
    assert found is not None
    assert found.title == "水利站"


async def test_its_own_records_are_known_at_once(doors: Doors) -> None:
    await doors.office.registry(TOWNSHIP)
    code = await a_new_unit(doors)
    assert (await doors.office.registry(TOWNSHIP)).unit(TOWNSHIP, code) is not None

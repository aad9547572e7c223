"""A figure whose ledger lacks a parked event says so, from that event's place on."""

import pytest

from shared import inbox
from shared.postgres import transaction
from tests.stats.doors import Doors
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.mediation_lives import Mediations

pytestmark = pytest.mark.parts
LEDGER = f"intake/{TOWNSHIP}"


async def test_figures_and_evidence_say_what_they_lack_from_its_place_on(doors: Doors) -> None:
    here, there = Ledger(), Ledger(NEIGHBOUR)
    case = here.file("2025-01-10")
    here.accept(case, "2025-01-12")
    here.file("2025-01-14")
    there.file("2025-01-10")
    await doors.fold([*here.events, *there.events])
    whole = await doors.figures("2025")
    assert whole["parked"] == {}
    assert whole["cases_filed"]["note"] is None
    async with transaction(doors.pool, COUNTY) as connection:
        await inbox.note_parked(connection, "/intake", TOWNSHIP, [2])

    lacking = await doors.figures("2025")
    # a figure stands by the ledgers that tell of what it counts
    assert lacking["mediations_ended"]["note"] is None
    assert lacking["parked"] == {LEDGER: 1}
    assert lacking["cases_filed"]["note"] == f"without parked events: 1 of {LEDGER}"
    county = await doors.figures("2025", division=COUNTY)
    assert county["parked"] == {LEDGER: 1}
    assert (await doors.figures("2025", division=NEIGHBOUR))["parked"] == {}
    assert (await doors.figures("2025", as_of=f"{LEDGER}@1"))["parked"] == {}
    path = "/figures/cases_filed/evidence"
    evidence = (await doors.get(path, division=TOWNSHIP, period="2025")).json()
    assert evidence["parked"] == {LEDGER: 1}


async def test_what_is_parked_of_mediations_is_told_of_by_their_figures_alone(
    doors: Doors,
) -> None:
    cases, ledger = Ledger(), Mediations()
    cases.file("2025-01-10")
    ledger.fail(ledger.apply("2025-01-10"), "2025-01-11")
    await doors.fold(cases.events)
    await doors.fold(ledger.events)
    async with transaction(doors.pool, COUNTY) as connection:
        await inbox.note_parked(connection, "/mediation", TOWNSHIP, [1])
    lacking = await doors.figures("2025")
    assert lacking["parked"] == {f"mediation/{TOWNSHIP}": 1}
    said = f"without parked events: 1 of mediation/{TOWNSHIP}"
    assert lacking["mediation_rate"]["note"] == lacking["mediators"]["note"] == said
    assert lacking["cases_filed"]["note"] is None

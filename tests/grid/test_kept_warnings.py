"""From whom warnings are kept: the unit that a dispute complains of, and all but leaders once sealed."""

from datetime import datetime
from typing import Any

import pytest

from services.grid.store.followed_disputes import follow_dispute
from services.grid.stream.outcomes import follow_mediation, outcomes_over
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category, Purpose
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.divisions import new_id
from shared.postgres import transaction
from tests.grid.doors import COUNTY, TOWNSHIP, Body, Doors, problem
from tests.grid.rules.given import applied
from tests.grid.test_suggestions import a_case
from tests.grid.test_watches import watch
from tests.grid.warnings_told import (
    AUDITOR,
    BACKFILL,
    CLERK,
    COUNTY_LEADER,
    LATE,
    RAISE,
    a_matter,
    an_event_of,
    by_a_rule,
    head_of,
    listed,
    told,
)

pytestmark = pytest.mark.parts
PAGES = f"/ledgers/{TOWNSHIP}/events"
AT = datetime.fromisoformat("2025-03-04T10:00:00+08:00")
OF_LATE: Body = {**CLERK, "claims": {"unit": LATE}}


async def apply(doors: Doors, matter: str, **changes: Any) -> None:
    """A dispute about the matter, as the worker folds it."""
    event = applied(matter_id=matter, mediation_id=new_id(TOWNSHIP), **changes)
    recorded = RecordedEvent(
        source="/mediation",
        division=TOWNSHIP,
        sequence=1,
        stream_id=event.mediation_id,
        event_id=new_id(TOWNSHIP),
        kind=event.kind,
        schema_version=event.schema_version,
        data=event.to_canonical(),
        occurred_at=AT,
        recorded_at=AT,
        previous_hash=b"",
        hash=b"",
    )
    async with transaction(doors.pool, COUNTY) as connection:
        assert await follow_dispute(connection, recorded, event) == ()
        assert await follow_dispute(connection, recorded, event) == ()


async def pages(doors: Doors, after: int, **who: Any) -> str:
    return (await doors.get(PAGES, limit=1000, after=after, **who)).text


async def test_a_warning_of_an_agreement_is_kept_from_whom_the_dispute_complains_of(
    doors: Doors,
) -> None:
    head, matter = await head_of(doors), new_id(TOWNSHIP)
    warning = await by_a_rule(
        doors,
        rule=WarningRule.AGREEMENT_BROKEN,
        subject_kind=WarningSubject.MATTER,
        subject=matter,
        matter_id=matter,
        unit=None,
    )
    assert warning in await listed(doors, **OF_LATE)
    await apply(doors, matter, complained_unit=LATE)
    assert warning not in await listed(doors, **OF_LATE)
    assert problem(await doors.get(f"/warnings/{warning}", **OF_LATE)) == "warning-not-found"
    assert warning not in await pages(doors, head, **{**AUDITOR, "claims": {"unit": LATE}})
    assert warning in await listed(doors, **CLERK)


async def test_the_first_facts_of_disputes_are_followed(doors: Doors) -> None:
    outcomes = outcomes_over(doors.office.ledger, county=COUNTY, terms=doors.office.terms)
    followed = follow_mediation(outcomes).stateful
    assert set(followed) == {"mediation-applied", "mediation-not-taken-up"}


async def test_an_older_warning_of_several_matters_is_kept_from_whom_one_complains_of(
    doors: Doors,
) -> None:
    matters = [await a_matter(doors), await a_matter(doors, about_unit=LATE)]
    (report,) = (await doors.get("/reports", matter_id=matters[0])).json()["items"]
    body = {
        "subject_kind": "issue-cluster",
        "level": "yellow",
        "source": "monitoring",
        "rule": "cluster",
        "rule_version": 1,
        "subject": f"{report['village_code']}/{report['matter_category']}",
        "because": [await an_event_of(doors, each) for each in matters],
        "occurred_at": "2024-05-01T08:00:00+08:00",
    }
    warning = (await doors.done(RAISE, body, 201, **BACKFILL))["warning_id"]
    assert (await doors.done(RAISE, body, 201, **BACKFILL))["version"] == 1
    assert warning in await listed(doors, **CLERK)
    assert warning not in await listed(doors, **OF_LATE)


@pytest.mark.parametrize(
    "sealed", [{"purpose": Purpose.ACCUSATION}, {"category": Category.DISCIPLINE}]
)
async def test_pages_of_the_ledger_show_what_was_sealed_since_to_leaders_alone(
    doors: Doors, sealed: Body
) -> None:
    head, matter = await head_of(doors), await a_matter(doors)
    warning = await told(doors, matter)
    entry = (await watch(doors, matter))["watch_id"]
    kept = (warning["warning_id"], entry)
    assert all([each in await pages(doors, head, **AUDITOR) for each in kept])
    await a_case(doors, warning["village_code"], matter_id=matter, **sealed)
    assert not any([each in await pages(doors, head, **AUDITOR) for each in kept])
    assert all([each in await pages(doors, head, **COUNTY_LEADER) for each in kept])

"""The day on which an agreement was signed: by it, not by its recording, the court's time runs."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from shared.identity import Role
from shared.office import paper_values
from shared.times import china_day
from tests.mediation.doors import Committee, Doors, problem, sign
from tests.mediation.filling import done_at_once, fill_in, history, in_session, written
from tests.office_doors import at

pytestmark = pytest.mark.parts
BEFORE_MIDNIGHT, MIDNIGHT = "2026-03-06T23:54:59.999999+08:00", "2026-03-07T00:00:00+08:00"


def on_paper(committee: Committee, digest: str, **changes: Any) -> dict[str, Any]:
    return sign(committee, paper=digest, text=None, parts=None, **changes)[1]


async def signed_on(doors: Doors, mediation_id: str, body: dict[str, Any]) -> str:
    """The day that the answer tells, which is that of the event."""
    told = (await doors.tell(mediation_id, ("sign", body))).json()
    event = (await history(doors, mediation_id))[-1]
    assert event["event"] == "mediation-succeeded"
    assert event["data"]["effective_on"] == told["effective_on"]
    # figures count by the moment of the event, so it lies on that day as well
    assert str(china_day(datetime.fromisoformat(event["occurred_at"]))) == told["effective_on"]
    return str(told["effective_on"])


async def test_the_courts_time_runs_from_the_day_that_is_stated(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    step = sign(committee, happened_on="2025-03-03")
    told = (await doors.tell(mediation_id, step)).json()
    assert (told["effective_on"], told["ask_a_court_by"]) == ("2025-03-03", "2025-04-02")
    # the same signing, told again on whatever day, is the same
    assert (await doors.tell(mediation_id, step)).json() == told
    asked = {"court": "county-court", "jointly_by": ["applicant", "respondent"]}
    late = asked | {"occurred_at": "2025-04-03T00:00:00+08:00"}
    path = f"/mediations/{mediation_id}/request-confirmation"
    assert problem(await doors.post(path, late, role=Role.BACKFILL)) == "confirmation-too-late"
    in_time = asked | {"occurred_at": "2025-04-02T23:59:59+08:00"}
    assert (await doors.post(path, in_time, role=Role.BACKFILL)).status_code == 200


@pytest.mark.parametrize(
    ("moment", "day"), [(BEFORE_MIDNIGHT, "2026-03-06"), (MIDNIGHT, "2026-03-07")]
)
async def test_without_a_day_it_is_that_of_the_recording_in_china(
    doors: Doors, committee: Committee, moment: str, day: str
) -> None:
    mediation_id = await in_session(doors, committee)
    with at(doors, moment):
        assert await signed_on(doors, mediation_id, sign(committee)[1]) == day


async def test_nothing_is_signed_tomorrow(doors: Doors, committee: Committee) -> None:
    mediation_id = await in_session(doors, committee)
    body = sign(committee, happened_on="2026-03-07")[1]
    with at(doors, BEFORE_MIDNIGHT):
        answer = await doors.post(f"/mediations/{mediation_id}/sign", body)
    assert (problem(answer), answer.json()["field"]) == ("not-yet-happened", "happened_on")
    with at(doors, MIDNIGHT):
        assert await signed_on(doors, mediation_id, body) == "2026-03-07"


async def test_nothing_is_signed_before_the_application(
    doors: Doors, committee: Committee
) -> None:
    # the application was made on 2 January, ten minutes past midnight in China
    mediation_id = await doors.apply(committee, occurred_at="2025-01-01T16:10:00Z")
    steps = ("consent", {"side": "respondent", "how": "orally"})
    await doors.tell(mediation_id, steps, ("assign", {"mediator_id": committee.mediator}))
    held = {"mode": "joint", "place_kind": "home", "people": {"party": 2, "mediator": 1}}
    session = held | {"mediator_id": committee.mediator, "record": "各让一步。"}
    await doors.tell(mediation_id, ("hold-session", session))
    early = sign(committee, happened_on="2025-01-01")[1]
    answer = await doors.post(f"/mediations/{mediation_id}/sign", early)
    assert problem(answer) == "happened-before-it-began"
    first = early | {"happened_on": "2025-01-02"}
    assert await signed_on(doors, mediation_id, first) == "2025-01-02"


@pytest.mark.parametrize(
    ("form", "agreed"),
    [("mediation-agreement", "dated"), ("oral-agreement-registration", "agreed")],
)
async def test_the_day_on_the_paper_counts_unless_another_is_stated(
    doors: Doors, committee: Committee, form: str, agreed: str
) -> None:
    days = {"dated": "2026-02-09", agreed: "2026-02-06"}
    how = {"form": "written" if form == "mediation-agreement" else "oral"}
    for stated, expected in ({}, "2026-02-06"), ({"happened_on": "2026-02-07"}, "2026-02-07"):
        mediation_id = await in_session(doors, committee)
        kept = await fill_in(doors, mediation_id, written(form, "number", **days))
        body = on_paper(committee, kept["digest"], **how, **stated)
        with at(doors, "2026-02-10T10:00:00+08:00"):
            assert await signed_on(doors, mediation_id, body) == expected


async def test_a_paper_that_is_dated_ahead_was_signed_by_the_day_of_recording(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    kept = await fill_in(doors, mediation_id, done_at_once(dated="2199-01-01"))
    day = await signed_on(doors, mediation_id, on_paper(committee, kept["digest"]))
    assert date.fromisoformat(day) <= china_day(datetime.now(UTC))


@pytest.mark.parametrize(
    "day", ["1200-01-01", "0001-01-01", "1949-09-30", "2200-01-01", "20260305", "2026-W10-4"]
)
async def test_a_paper_bears_a_day_of_the_offices_calendar(
    doors: Doors, committee: Committee, day: str
) -> None:
    mediation_id = await in_session(doors, committee)
    path = f"/mediations/{mediation_id}/fill-in-paper"
    refused = await doors.post(path, done_at_once(dated=day))
    assert problem(refused) == "invalid-input"
    assert refused.json()["errors"][0]["field"] == "values.dated"


@pytest.mark.parametrize(
    ("day", "serial"), [("1200-01-01", 61), ("0001-01-01", 62), ("9999-12-31", 63)]
)
async def test_what_an_older_paper_is_dated_to_outside_of_it_has_to_be_stated(
    doors: Doors, committee: Committee, day: str, serial: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    mediation_id = await in_session(doors, committee)
    with monkeypatch.context() as earlier:
        earlier.setattr(paper_values, "parse_day", date.fromisoformat)
        number = f"青云镇人调〔2019〕{serial}号"
        kept = await fill_in(doors, mediation_id, done_at_once(dated=day, number=number))
    body = on_paper(committee, kept["digest"])
    refused = await doors.post(f"/mediations/{mediation_id}/sign", body)
    assert problem(refused) == "invalid-input"
    assert refused.json()["errors"][0]["field"] == "happened_on"
    stated = body | {"happened_on": "2025-03-03"}
    assert await signed_on(doors, mediation_id, stated) == "2025-03-03"


async def test_a_backfill_states_the_day_by_the_moment(doors: Doors, committee: Committee) -> None:
    mediation_id = await in_session(doors, committee)
    kept = await fill_in(doors, mediation_id, written("mediation-agreement", "number"))
    body = on_paper(committee, kept["digest"], occurred_at="2025-03-04T12:00:00+08:00")
    told = await doors.tell(mediation_id, ("sign", body), role=Role.BACKFILL)
    assert told.json()["effective_on"] == "2025-03-04"

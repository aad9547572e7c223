"""Wages of two months, reported at once, converted, paid in three days, closed in three services."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.identity import Role
from shared.testing.waiters import eventually
from shared.times import china_day
from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.flow.mediating import Mediating, instalment
from tests.mediation.doors import CONSENT, LI, WU, Committee, Step, assign, hold, sign

pytestmark = [pytest.mark.parts, pytest.mark.slow]

# one that no other flow or attack writes to
TOWNSHIP = "519900187"
OF_ANOTHER = "519900186"
WORDS, ADDED = "饭店欠了四个人两个月工资。", "请按信访件登记。"
CAUSE = {"title": "青云饭店有限责任公司"}
BEGAN = datetime.now(UTC) - timedelta(days=3) + timedelta(hours=1)
PAYDAYS = tuple(china_day(BEGAN + timedelta(days=days)).isoformat() for days in (1, 3))


def at(hours: float) -> dict[str, str]:
    """So many hours after the report, as a backfill states it."""
    return {"occurred_at": (BEGAN + timedelta(hours=hours)).isoformat()}


@pytest.fixture(scope="module")
def here(doors: Doors) -> Mediating:
    return Mediating(doors, TOWNSHIP)


def in_grid(here: Mediating, path: str, body: dict[str, Any], *, role: Role) -> dict[str, Any]:
    return here.done("grid", role, path, body)


def reported(here: Mediating) -> str:
    """The report, three days ago, at once as urgent as can be; gives its id."""
    leader, township = Role.TOWNSHIP_LEADER, here.township
    village_code, grid_code = f"{township}201", f"{township}201001"
    village = {"village_code": village_code, "name": "青云村", "valid_from": "2025-01-01"}
    grid = {"grid_code": grid_code, "name": "一组", "kind": "basic", "valid_from": "2025-01-01"}
    in_grid(here, f"/townships/{township}/villages", village, role=leader)
    in_grid(here, f"/townships/{township}/grids", grid, role=leader)
    body = {
        "grid_code": grid_code,
        "topic": "unpaid-wages",
        "urgency": "at-once",
        "source": "patrol",
        "words": WORDS,
        "persons": [{"name": WU["name"], "phone": WU["phone"]}],
        "cause": CAUSE,
    }
    path = f"/townships/{township}/reports"
    report_id = in_grid(here, path, body | at(0), role=Role.BACKFILL)["report_id"]
    in_grid(here, f"/reports/{report_id}/validate", at(0.5), role=Role.BACKFILL)
    return str(report_id)


def reported_and_converted(here: Mediating, **to: str) -> dict[str, Any]:
    """The report as it is converted."""
    report_id = reported(here)
    convert = {"words": ADDED, **to} | at(1)
    return in_grid(here, f"/reports/{report_id}/convert", convert, role=Role.BACKFILL)


def read_by(here: Mediating, report_id: str, role: Role) -> dict[str, Any]:
    """What whoever takes the report up reads of it."""
    read = here.doors.client.get(
        f"{here.doors.run.url('grid')}/reports/{report_id}/for-take-over",
        headers=here.doors.bearer(role, here.township),
    )
    assert read.status_code == 200, read.text
    shown: dict[str, Any] = read.json()
    return shown


def taken_up(here: Mediating, report_id: str, case_id: str, committee: Committee) -> None:
    """A clerk reads the report, completes the case, and has it accepted and referred."""
    told = read_by(here, report_id, Role.CLERK)
    assert (told["words"], told["remarks"], told["cause"]) == (WORDS, [ADDED], CAUSE)
    completed = {
        "why": "completed",
        "purpose": "request",
        "headcount": 4,
        "joint": False,
        "contact_unclear": False,
        "person": {name: told["persons"][0][name] for name in ("name", "phone")},
        "narrative": told["words"],
    }
    for verb, body in (
        ("correct", completed | at(2)),
        ("accept", {"responsible_unit": "labour-office", "handler": "handler"} | at(2.5)),
        ("refer-to-mediation", {"committee_id": committee.committee_id} | at(3)),
    ):
        here.done("intake", Role.BACKFILL, f"/cases/{case_id}/{verb}", body)


def agreed(
    here: Mediating, mediation_id: str, committee: Committee, *, applicants: bool = True
) -> None:
    """Both sides agree on the same day, half of it paid the next day; the rest is paid now."""
    steps: list[Step] = [
        ("consent", {"side": "applicant", "how": "orally", "parties": [{"person": WU}]}),
        ("consent", CONSENT[1] | {"parties": [{"person": LI}]}),
        assign(committee),
        hold(committee),
        ("draft", {"dictation": "双方同意分两次给三千块"}),
        sign(committee, *PAYDAYS),
    ]
    path = f"/mediations/{mediation_id}"
    for place, (verb, body) in enumerate(steps if applicants else steps[1:]):
        dated = body | at(4 + place / 10)
        here.done("mediation", Role.BACKFILL, f"{path}/{verb}", dated)
    verb, body = instalment(1)
    here.done("mediation", Role.BACKFILL, f"{path}/{verb}", body | at(24))
    here.tell(mediation_id, instalment(2))


def closed(here: Mediating, case_id: str) -> str:
    """Checked by two posts and closed; gives the position of the closing."""
    for role, by in ((Role.TOWNSHIP_LEADER, "unit-head"), (Role.CLERK, "petition-office")):
        here.done("intake", role, f"/cases/{case_id}/check-closing", {"by": by})
    path = f"/cases/{case_id}/close"
    answer = here.ask("intake", Role.TOWNSHIP_LEADER, path, {"outcome": "mediated"})
    assert answer.status_code == 200, answer.text
    return answer.headers["Concord-Position"]


def outcomes(here: Mediating, report_id: str) -> list[str]:
    facts = [each["data"] for each in here.history("grid", f"/reports/{report_id}")]
    return [fact["outcome"] for fact in facts if "outcome" in fact]


def state(here: Mediating, service: str, path: str) -> str:
    return str(here.doors.get(service, path, here.township).json()["state"])


def by_another_spelling(here: Mediating, committee: Committee) -> str:
    """The mark of the same organisation in a dispute of its own."""
    body = {
        "origin": "proactive",
        "category": "labour",
        "dispute_kind": "labour",
        "committee_id": committee.committee_id,
        "cause": {"title": "青云饭店 (有限公司)"},
    }
    path = f"/townships/{TOWNSHIP}/mediations"
    begun = here.done("mediation", Role.TOWNSHIP_LEADER, path, body)
    applied = here.history("mediation", f"/mediations/{begun['mediation_id']}")[0]
    return str(applied["data"]["cause_ref"])


async def test_wages_are_reported_converted_paid_in_three_days_and_closed_in_three_services(
    here: Mediating, whole: System, tmp_path: Any
) -> None:
    committee = here.set_up()
    converted = reported_and_converted(here, to="case")
    report_id, case_id = converted["report_id"], converted["record_id"]
    case, report = f"/cases/{case_id}", f"/reports/{report_id}"
    assert converted["state"] == "converted"
    assert converted["due_at"] is None  # what a backfill states begins no term
    await eventually(
        lambda: here.doors.get("intake", case, TOWNSHIP).status_code == 200, within=20
    )
    filed = here.history("intake", case)[0]
    assert (filed["data"]["channel"], filed["data"]["report_id"]) == ("grid", report_id)
    assert filed["data"]["matter_id"] == converted["matter_id"]

    taken_up(here, report_id, case_id, committee)
    [mediation_id] = await eventually(lambda: here.of_case(case_id), within=20)
    agreed(here, mediation_id, committee)
    await eventually(lambda: here.events(case_id)[-1] == "case-resolved", within=20)
    await eventually(lambda: state(here, "grid", report) == "handled", within=20)
    for verb, body in (
        ("verify", {"confirmed": True, "how": "call"}),
        ("close", {}),
        ("rate", {"rater": "affected", "grade": "satisfied"}),
    ):
        in_grid(here, f"{report}/{verb}", body, role=Role.TOWNSHIP_LEADER)
    position = closed(here, case_id)
    told = ["taken-up", "completed", "accepted", "resolved", "closed"]
    await eventually(lambda: outcomes(here, report_id) == told, within=20)

    assert state(here, "grid", report) == state(here, "intake", case) == "closed"
    records = (("grid", report), ("intake", case), ("mediation", f"/mediations/{mediation_id}"))
    causes = {here.history(*record)[0]["data"].get("cause_ref") for record in records}
    assert causes == {by_another_spelling(here, committee)}
    paid = here.history("mediation", f"/mediations/{mediation_id}")[-1]
    assert paid["event"] == "agreement-performed"
    passed = datetime.fromisoformat(paid["occurred_at"]) - BEGAN
    assert passed <= timedelta(days=3)
    figures = here.doors.figures(TOWNSHIP, "all", at_least=position)
    assert figures["cases_filed"]["value"] == "1"
    assert figures["resolution_rate"]["value"] == "100.0"

    out = tmp_path / "export"
    whole.concord("export", "--division", TOWNSHIP, "--out", str(out))
    ledgers = [
        (out / "ledgers" / service / f"{TOWNSHIP}.ndjson").read_text(encoding="utf-8")
        for service in ("intake", "grid", "mediation")
    ]
    assert all(converted["matter_id"] in ledger for ledger in ledgers)
    for word in (WORDS, ADDED, CAUSE["title"], WU["name"], WU["phone"]):
        assert not any(word in ledger for ledger in ledgers)
    assert "NOT OK" not in whole.concord("verify", str(out))


async def test_a_mediator_takes_person_and_words_of_a_report_over_and_closes_it_with_the_promise(
    doors: Doors, whole: System, tmp_path: Any
) -> None:
    here = Mediating(doors, OF_ANOTHER)
    committee = here.set_up()
    converted = reported_and_converted(here, to="mediation", committee_id=committee.committee_id)
    report_id, mediation_id = converted["report_id"], converted["record_id"]
    dispute = f"/mediations/{mediation_id}"
    await eventually(
        lambda: doors.get("mediation", dispute, OF_ANOTHER).status_code == 200, within=20
    )
    told = read_by(here, report_id, Role.MEDIATOR)
    person = {name: told["persons"][0][name] for name in ("name", "phone")}
    naming = {"side": "applicant", "parties": [{"person": person}], "narrative": told["words"]}
    here.done("mediation", Role.BACKFILL, f"{dispute}/name-parties", naming | at(2))
    sheet = doors.client.get(
        f"{doors.run.url('mediation')}{dispute}/sheet",
        headers=doors.bearer(Role.MEDIATOR, OF_ANOTHER),
    ).json()
    assert (sheet["narrative"], sheet["sides"][0]["people"][0]["name"]) == (WORDS, WU["name"])
    [known] = sheet["sides"][0]["people"]
    consent = {"side": "applicant", "how": "orally", "parties": [{"party_id": known["party_id"]}]}
    here.done("mediation", Role.BACKFILL, f"{dispute}/consent", consent | at(3))
    agreed(here, mediation_id, committee, applicants=False)
    await eventually(lambda: state(here, "grid", f"/reports/{report_id}") == "handled", within=20)
    expected = ["taken-up", "consented", "begun", "succeeded", "performed"]
    assert outcomes(here, report_id) == expected
    out = tmp_path / "export"
    whole.concord("export", "--division", OF_ANOTHER, "--out", str(out))
    ledgers = [path.read_text(encoding="utf-8") for path in (out / "ledgers").rglob("*.ndjson")]
    assert any(converted["matter_id"] in ledger for ledger in ledgers)
    for word in (WORDS, ADDED, WU["name"], WU["phone"]):
        assert not any(word in ledger for ledger in ledgers)

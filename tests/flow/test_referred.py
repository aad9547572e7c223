"""A petition referred to mediation: how two services hear of each other, through events alone."""

import pytest
import uuid_utils

from shared.identity import Role
from shared.testing.waiters import eventually
from tests.flow.doors import Doors
from tests.flow.mediating import FAILED, REFUSED, UNDONE, Mediating, instalment, to_the_signing
from tests.mediation.doors import Committee

pytestmark = [pytest.mark.parts, pytest.mark.slow]


@pytest.fixture(scope="module")
def here(doors: Doors) -> Mediating:
    return Mediating(doors, "519900162")


@pytest.fixture(scope="module")
def committee(here: Mediating) -> Committee:
    return here.set_up()


async def referred(here: Mediating, committee: Committee) -> tuple[str, str]:
    """A case, and the dispute that it becomes by an event."""
    case_id = here.file()
    return case_id, await dispute_of(here, case_id, committee)


async def dispute_of(here: Mediating, case_id: str, committee: Committee) -> str:
    here.refer(case_id, committee)
    [mediation_id] = await eventually(lambda: here.of_case(case_id), within=20)
    return mediation_id


async def test_a_kept_promise_resolves_the_petition_and_a_broken_one_opens_it(
    here: Mediating, committee: Committee
) -> None:
    case_id, mediation_id = await referred(here, committee)
    here.tell(mediation_id, *to_the_signing(committee), instalment(1))
    await eventually(lambda: here.has_heard(case_id, "succeeded"), within=20)
    assert "case-resolved" not in here.events(case_id)
    here.tell(mediation_id, instalment(2))
    await eventually(lambda: here.events(case_id)[-1] == "case-resolved", within=20)

    facts = here.history("mediation", f"/mediations/{mediation_id}")
    resolved = here.history("intake", f"/cases/{case_id}")[-1]
    assert resolved["data"]["how"] == "agreement-performed"
    asked = [each for each in facts if each["event"] == "mediation-applied"]
    assert asked[0]["data"]["origin"] == "referred"
    assert asked[0]["causation_id"] is not None
    assert [each["data"].get("mode") for each in facts if "held" in each["event"]] == [
        "caucus",
        "caucus",
        "joint",
    ]
    assert facts[-1]["event"] == "agreement-performed"

    here.tell(mediation_id, UNDONE)
    await eventually(lambda: here.events(case_id)[-1] == "case-reopened", within=20)
    assert here.events(case_id).count("case-resolved") == 1


async def test_what_another_service_records_of_a_request_bears_its_correlation_id(
    here: Mediating, committee: Committee
) -> None:
    """From the header by the ledger, Kafka's headers and the fold to the other ledger."""
    case_id, identifier = here.file(), str(uuid_utils.uuid7())
    answer = here.doors.client.post(
        f"{here.doors.run.url('intake')}/cases/{case_id}/refer-to-mediation",
        json={"committee_id": committee.committee_id},
        headers=here.doors.bearer(Role.CLERK, here.township) | {"X-Correlation-Id": identifier},
    )
    assert answer.headers["X-Correlation-Id"] == identifier
    await eventually(lambda: here.of_case(case_id), within=20)
    page = f"/ledgers/{here.township}/events"
    found = here.doors.get("mediation", page, here.township, limit="1000").json()["items"]
    assert [each["type"] for each in found if each.get("correlationid") == identifier] == [
        "mediation-applied"
    ]


async def test_a_promise_that_is_not_kept_settles_nothing(
    here: Mediating, committee: Committee
) -> None:
    case_id, mediation_id = await referred(here, committee)
    here.tell(mediation_id, *to_the_signing(committee), REFUSED)
    await eventually(lambda: here.has_heard(case_id, "breached"), within=20)
    assert here.events(case_id)[4:] == ["mediation-outcome-noted"] * 2


async def test_the_petition_learns_that_its_mediation_has_failed(
    here: Mediating, committee: Committee
) -> None:
    case_id, mediation_id = await referred(here, committee)
    here.tell(mediation_id, *to_the_signing(committee)[:2], FAILED)
    await eventually(lambda: here.has_heard(case_id, "failed"), within=20)
    shown, told = here.heard(case_id), here.history("mediation", f"/mediations/{mediation_id}")
    assert shown is not None
    assert (shown["mediation_id"], shown["since"]) == (mediation_id, told[-1]["occurred_at"])
    assert here.events(case_id)[4:] == ["mediation-outcome-noted"]


async def test_a_promise_kept_before_the_petition_was_accepted_resolves_it_then(
    here: Mediating, committee: Committee
) -> None:
    case_id = here.register()
    mediation_id = await dispute_of(here, case_id, committee)
    here.tell(mediation_id, *to_the_signing(committee), instalment(1), instalment(2))
    await eventually(lambda: here.has_heard(case_id, "performed"), within=20)
    assert "case-resolved" not in here.events(case_id)
    here.accept(case_id)
    assert here.events(case_id)[-2:] == ["case-accepted", "case-resolved"]
    here.tell(mediation_id, UNDONE)
    await eventually(lambda: here.events(case_id)[-1] == "case-reopened", within=20)


async def test_a_dispute_that_only_names_a_case_settles_nothing_of_it(
    here: Mediating, committee: Committee
) -> None:
    case_id = here.file()
    body = {
        "origin": "proactive",
        "category": "land",
        "dispute_kind": "neighbours",
        "committee_id": committee.committee_id,
        "case_id": case_id,
    }
    path = f"/townships/{here.township}/mediations"
    told = here.done("mediation", Role.MEDIATOR, path, body)
    mediation_id = str(told["mediation_id"])
    here.tell(mediation_id, *to_the_signing(committee), instalment(1), instalment(2))
    other, its_mediation = await referred(here, committee)
    here.tell(its_mediation, *to_the_signing(committee), instalment(1), instalment(2))
    await eventually(lambda: here.events(other)[-1] == "case-resolved", within=20)
    assert here.events(case_id) == ["case-filed", "case-routed", "case-accepted"]


async def test_who_refers_to_nobody_is_told_and_may_refer_to_somebody(
    here: Mediating, committee: Committee
) -> None:
    nobody = Committee(here.file(), ())
    lost = here.file()
    here.refer(lost, nobody)
    await eventually(lambda: here.has_heard(lost, "not-taken-up"), within=20)
    assert here.of_case(lost) == []
    mediation_id = await dispute_of(here, lost, committee)
    here.tell(mediation_id, *to_the_signing(committee), instalment(1), instalment(2))
    await eventually(lambda: here.events(lost)[-1] == "case-resolved", within=20)

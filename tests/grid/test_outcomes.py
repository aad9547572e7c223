"""What became of a converted report is noted once of each event, and moves the report on."""

from dataclasses import replace
from typing import Any

import orjson
import psycopg
import pytest

from services.grid.policies import STEPS, shipped_terms
from services.grid.stream.outcomes import follow_intake, follow_mediation, outcomes_over
from shared.cloudevents import RecordedEvent
from shared.contracts.agreements import AgreementPerformed, MediationSucceeded
from shared.contracts.case_codes import Purpose, ReopenReason
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact
from shared.contracts.case_holding import RecusalRecorded
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportOutcomeNoted
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseFiled,
    CaseReopened,
    CaseResolved,
    FilingCorrected,
    FilingVoided,
)
from shared.contracts.mediation import MediationApplied, MediationEvent, MediationNotTakenUp
from shared.contracts.referral import declined_as, taken_up_as
from shared.contracts.transfer_codes import TransferStep
from shared.contracts.transfers import TransferNoted
from shared.divisions import new_id
from shared.identity import Role
from shared.postgres import transaction
from tests.grid.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Body, Doors, problem
from tests.grid.test_attaching import attached
from tests.grid.test_reports import PERSON, WORDS, a_report, go, history
from tests.office_doors import Step
from tests.shared.attachments.files import pdf
from tests.shared.recorded import recorded
from tests.stored_events import stored

pytestmark = pytest.mark.parts
VALIDATE: Step = ("validate", {})
CONVERT: Step = ("convert", {"to": "case", "words": "请立案处理。"})
CONFIRM: Step = ("verify", {"confirmed": True, "how": "call"})


async def read(doors: Doors, *events: RecordedEvent) -> None:
    outcomes = outcomes_over(doors.office.ledger, county=COUNTY, terms=shipped_terms(STEPS))
    follow = {"/intake": follow_intake(outcomes), "/mediation": follow_mediation(outcomes)}
    async with transaction(doors.pool, COUNTY) as connection:
        for event in events:
            await follow[event.source].apply(connection, [event])


async def converted(doors: Doors, step: Any = CONVERT) -> tuple[str, str]:
    """A report that was converted, and the id of the conversion."""
    report_id = await a_report(doors)
    await go(doors, report_id, VALIDATE, step)
    events = await doors.office.ledger.stream(COUNTY, report_id)
    return report_id, events[-1].event_id


def of_case(case_id: str, kind: type[Event], **said: Any) -> RecordedEvent:
    fact = stored(kind).model_copy(update={"case_id": case_id, "report_id": None, **said})
    return recorded("/intake", case_id, fact)


def of_mediation(mediation_id: str, report_id: str, kind: type[MediationEvent]) -> RecordedEvent:
    about = {"mediation_id": mediation_id, "report_id": report_id, "case_id": None}
    return recorded("/mediation", mediation_id, stored(kind).model_copy(update=about))


async def now(doors: Doors, report_id: str) -> Body:
    answer = await doors.get(f"/reports/{report_id}")
    assert answer.status_code == 200, answer.text
    told: Body = answer.json()
    return told


async def outcomes_of(doors: Doors, report_id: str) -> list[str]:
    notes = [
        each["data"]
        for each in await history(doors, report_id)
        if each["event"] == "grid-report-outcome-noted"
    ]
    return [each["outcome"] for each in notes]


async def noted_of(doors: Doors, report_id: str) -> list[str]:
    """The outcomes that the ledger has of the report, whatever its page shows."""
    notes = await doors.office.ledger.stream(COUNTY, report_id)
    return [
        orjson.loads(each.data)["outcome"]
        for each in notes
        if each.kind == GridReportOutcomeNoted.kind
    ]


async def test_a_case_from_its_filing_to_its_end_is_noted_once_of_each_event(
    doors: Doors,
) -> None:
    report_id, case_id = await converted(doors)
    told = await now(doors, report_id)
    assert (told["state"], told["converted_to"], told["record_id"]) == (
        "converted",
        "case",
        case_id,
    )
    assert told["due_at"] is not None
    assert told["outcome"] is None
    kinds = (CaseAccepted, CaseResolved)
    await read(doors, of_case(case_id, CaseFiled))
    assert (await now(doors, report_id))["due_at"] is not None
    await read(doors, of_case(case_id, FilingCorrected, why=CorrectionReason.COMPLETED))
    told = await now(doors, report_id)
    assert (told["state"], told["outcome"], told["due_at"]) == ("converted", "completed", None)
    events = [of_case(case_id, kind) for kind in kinds]
    await read(doors, *events)
    # killed before the inbox moved: all of it comes again
    await read(doors, *events)
    assert await outcomes_of(doors, report_id) == ["taken-up", "completed", "accepted", "resolved"]
    told = await now(doors, report_id)
    assert (told["state"], told["outcome"]) == ("handled", "resolved")
    assert told["due_at"] is not None
    assert told["history"][-1]["causation_id"] == events[-1].event_id
    assert told["history"][-1]["actor_ref"] == "policy:grid"
    await read(doors, of_case(case_id, CaseReopened, reason=ReopenReason.NEW_FACTS))
    assert (await now(doors, report_id))["state"] == "converted"
    await read(doors, of_case(case_id, CaseResolved), of_case(case_id, CaseClosed))
    closed = await go(doors, report_id, CONFIRM, ("close", {}))
    assert (closed["state"], closed["outcome"]) == ("closed", "closed")


async def test_of_other_cases_nothing_is_noted(doors: Doors) -> None:
    report_id, _ = await converted(doors)
    await read(doors, of_case(new_id(TOWNSHIP), CaseAccepted), of_case(report_id, CaseClosed))
    assert await outcomes_of(doors, report_id) == []


async def test_a_note_is_of_no_earlier_than_the_conversion(doors: Doors) -> None:
    report_id, case_id = await converted(doors)
    event = of_case(case_id, CaseAccepted)
    await read(doors, event)
    before, noted = (await history(doors, report_id))[-2:]
    # the recorded example is of long before
    assert noted["occurred_at"] == before["occurred_at"]
    assert event.occurred_at.isoformat() < noted["occurred_at"]


async def test_a_void_case_is_dispatched_anew_within_a_term(doors: Doors) -> None:
    report_id, case_id = await converted(doors)
    await read(doors, of_case(case_id, CaseFiled), of_case(case_id, FilingVoided))
    told = await now(doors, report_id)
    assert (told["state"], told["outcome"]) == ("returned", "voided")
    assert told["due_at"] is not None
    told = await go(doors, report_id, ("dispatch", {"to_unit": "labour-office"}))
    assert told["state"] == "dispatched"


async def test_a_declined_case_comes_back_and_is_closed_with_words(doors: Doors) -> None:
    report_id, case_id = await converted(doors)
    await read(doors, of_case(case_id, CaseFiled), of_case(case_id, CaseDeclined))
    told = await now(doors, report_id)
    assert (told["state"], told["outcome"]) == ("returned", "declined")
    assert told["due_at"] is not None
    answer = await doors.post(f"/reports/{report_id}/close", {})
    assert (answer.status_code, problem(answer)) == (422, "report-closed-without-words")
    told = await go(doors, report_id, ("close", {"words": "已告知向法院起诉。"}))
    assert told["state"] == "closed"
    shown = (await doors.get(f"/reports/{report_id}/words")).json()
    assert set(shown["remarks"]) == {"请立案处理。", "已告知向法院起诉。"}


async def test_a_mediation_is_followed_in_whatever_township_it_is(doors: Doors) -> None:
    committee = new_id(NEIGHBOUR)
    step = ("convert", {"to": "mediation", "committee_id": committee})
    report_id, cause = await converted(doors, step)
    mediation_id = taken_up_as(cause, committee)
    await read(
        doors,
        of_mediation(mediation_id, report_id, MediationApplied),
        of_mediation(mediation_id, report_id, MediationSucceeded),
        of_mediation(mediation_id, report_id, AgreementPerformed),
        # a dispute that its committee registered by itself may name the report
        of_mediation(new_id(NEIGHBOUR), report_id, MediationApplied),
    )
    assert await outcomes_of(doors, report_id) == ["taken-up", "succeeded", "performed"]
    told = await now(doors, report_id)
    assert (told["state"], told["record_id"]) == ("handled", mediation_id)


async def test_what_no_committee_has_taken_is_converted_anew(doors: Doors) -> None:
    committee = new_id(TOWNSHIP)
    step = ("convert", {"to": "mediation", "committee_id": committee})
    report_id, cause = await converted(doors, step)
    declined = declined_as(cause, report_id)
    await read(doors, of_mediation(declined, report_id, MediationNotTakenUp))
    assert (await now(doors, report_id))["state"] == "returned"
    assert (await go(doors, report_id, CONVERT))["converted_to"] == "case"
    found = (await doors.get("/reports", converted_to="case", limit=200)).json()["items"]
    assert report_id in {each["report_id"] for each in found}


async def for_take_over(doors: Doors, report_id: str, role: Role, **how: Any) -> Any:
    return await doors.get(f"/reports/{report_id}/for-take-over", role=role, **how)


async def test_whoever_takes_it_up_reads_it_and_each_reading_is_recorded(doors: Doors) -> None:
    report_id = await a_report(doors)
    early = await for_take_over(doors, report_id, Role.CLERK)
    assert (early.status_code, problem(early)) == (409, "nothing-to-take-over")
    await go(doors, report_id, VALIDATE, CONVERT)
    for role in (Role.CLERK, Role.TOWNSHIP_LEADER):
        answer = await for_take_over(doors, report_id, role)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["words"], answer.json()["remarks"]) == (WORDS, ["请立案处理。"])
        assert answer.json()["persons"][0]["name"] == PERSON["name"]
    other = await for_take_over(doors, report_id, Role.MEDIATOR)
    assert (other.status_code, problem(other)) == (403, "not-for-this-office")
    handler = await for_take_over(doors, report_id, Role.HANDLER)
    assert (handler.status_code, problem(handler)) == (403, "role-not-allowed")
    county = await for_take_over(doors, report_id, Role.CLERK, division=COUNTY)
    assert (county.status_code, problem(county)) == (403, "not-for-this-office")
    assert (
        await for_take_over(doors, report_id, Role.CLERK, division=NEIGHBOUR)
    ).status_code == 404
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        rows = superuser.execute(
            "select role from report_read where report_id = %s order by read_id", (report_id,)
        ).fetchall()
    assert [role for (role,) in rows] == ["clerk", "township-leader"]


async def corrected(doors: Doors, case_id: str, **said: Any) -> None:
    """Intake says more of the case that was filed for the report."""
    blank = dict.fromkeys(("purpose", "complained_unit", "village_code", "category"))
    changed = tuple(FilingFact.of(name.replace("_", "-")) for name in said)
    matter = {"matter_id": case_id, **blank, "changed": changed, **said}
    plain = {"complained_unit": None, "purpose": Purpose.NOT_STATED}
    filed = of_case(case_id, CaseFiled, matter_id=case_id, **plain)
    fact = of_case(case_id, FilingCorrected, **matter)
    await read(doors, filed, replace(fact, sequence=filed.sequence + 1))


async def test_the_unit_of_which_the_case_complains_reads_nothing_more_of_the_report(
    doors: Doors,
) -> None:
    report_id = await a_report(doors)
    digest = await attached(doors, report_id, pdf())
    await go(doors, report_id, VALIDATE, ("dispatch", {"to_unit": "labour-office"}))
    await go(doors, report_id, CONVERT)
    case_id = (await now(doors, report_id))["record_id"]
    await corrected(doors, case_id, complained_unit="labour-office")
    path = f"/reports/{report_id}"
    files = f"{path}/attachments/{digest}"
    for role in (Role.HANDLER, Role.CLERK):
        own: dict[str, Any] = {"role": role, "claims": {"unit": "labour-office"}}
        for asked in (path, f"{path}/words", files):
            assert problem(await doors.get(asked, **own)) == "report-not-found", asked
        listed = await doors.get("/reports", converted_to="case", limit=200, **own)
        assert report_id not in listed.text
    taken = await for_take_over(doors, report_id, Role.CLERK, claims={"unit": "labour-office"})
    assert problem(taken) == "report-not-found"
    auditor: dict[str, Any] = {"role": Role.AUDITOR, "claims": {"unit": "labour-office"}}
    assert report_id not in (await doors.get(f"/ledgers/{TOWNSHIP}/events", **auditor)).text
    for asked in (path, f"{path}/words", f"{path}/for-take-over", files):
        assert (await doors.get(asked, role=Role.CLERK)).status_code == 200, asked


async def test_what_became_an_accusation_is_the_leaders_alone(doors: Doors) -> None:
    report_id = await a_report(doors)
    digest = await attached(doors, report_id, pdf())
    await go(doors, report_id, VALIDATE, CONVERT)
    case_id = (await now(doors, report_id))["record_id"]
    await corrected(doors, case_id, purpose=Purpose.ACCUSATION)
    for role in (Role.CLERK, Role.TOWNSHIP_LEADER):
        taken = await for_take_over(doors, report_id, role)
        assert (taken.status_code, problem(taken)) == (403, "not-for-this-office")
    for asked in (f"/reports/{report_id}/words", f"/reports/{report_id}/attachments/{digest}"):
        refused = await doors.get(asked, role=Role.CLERK)
        assert (refused.status_code, problem(refused)) == (403, "words-not-for-this-post")
        assert (await doors.get(asked, role=Role.TOWNSHIP_LEADER)).status_code == 200


async def test_nothing_is_noted_of_what_becomes_of_an_accusation(doors: Doors) -> None:
    report_id, case_id = await converted(doors)
    await corrected(doors, case_id, purpose=Purpose.ACCUSATION)
    kinds: tuple[type[Event], ...] = (CaseAccepted, CaseResolved, CaseClosed)
    ends = [replace(of_case(case_id, kind), sequence=place) for place, kind in enumerate(kinds, 3)]
    await read(doors, *ends)
    elsewhere = stored(TransferNoted).model_copy(
        update={"case_id": case_id, "receiver_case_id": case_id, "step": TransferStep.ACCEPTED}
    )
    await read(doors, recorded("/intake", case_id, elsewhere))
    assert await noted_of(doors, report_id) == ["taken-up"]
    assert (await now(doors, report_id))["state"] == "converted"
    await read(doors, replace(of_case(case_id, FilingVoided), sequence=9))
    assert await noted_of(doors, report_id) == ["taken-up", "voided"]
    assert (await now(doors, report_id))["state"] == "returned"


async def test_what_a_chunk_makes_an_accusation_is_followed_by_no_note_of_it(doors: Doors) -> None:
    report_id, case_id = await converted(doors)
    named = {"matter_id": case_id, "complained_unit": None}
    accusation = {
        **named,
        **dict.fromkeys(("village_code", "category")),
        "changed": (FilingFact.PURPOSE,),
        "why": CorrectionReason.COMPLETED,
        "purpose": Purpose.ACCUSATION,
    }
    chunk = (
        of_case(case_id, CaseFiled, **named, purpose=Purpose.NOT_STATED),
        of_case(case_id, CaseAccepted),
        of_case(case_id, FilingCorrected, **accusation),
    )
    outcomes = outcomes_over(doors.office.ledger, county=COUNTY, terms=shipped_terms(STEPS))
    async with transaction(doors.pool, COUNTY) as connection:
        events = [replace(each, sequence=place) for place, each in enumerate(chunk, 1)]
        await follow_intake(outcomes).apply(connection, events)
    assert await noted_of(doors, report_id) == ["taken-up", "completed"]


async def test_a_late_accusation_shows_nothing_of_its_way(doors: Doors) -> None:
    report_id, case_id = await converted(doors)
    plain = {"complained_unit": None, "purpose": Purpose.NOT_STATED}
    await read(doors, of_case(case_id, CaseFiled, **plain))
    await read(doors, replace(of_case(case_id, CaseAccepted), sequence=2))
    assert await outcomes_of(doors, report_id) == ["taken-up", "accepted"]
    fact = of_case(
        case_id,
        FilingCorrected,
        changed=(FilingFact.PURPOSE,),
        purpose=Purpose.ACCUSATION,
        **dict.fromkeys(("complained_unit", "village_code", "category")),
    )
    await read(doors, replace(fact, sequence=3))
    assert await outcomes_of(doors, report_id) == ["taken-up"]
    assert (await now(doors, report_id))["outcome"] == "taken-up"
    listed = (await doors.get("/reports", converted_to="case", limit=200)).json()["items"]
    assert [each["outcome"] for each in listed if each["report_id"] == report_id] == ["taken-up"]
    assert await noted_of(doors, report_id) == ["taken-up", "accepted"]


async def test_a_post_that_was_recused_from_the_case_reads_and_does_nothing_more(
    doors: Doors,
) -> None:
    report_id = await a_report(doors)
    digest = await attached(doors, report_id, pdf())
    await go(doors, report_id, VALIDATE, CONVERT)
    case_id = (await now(doors, report_id))["record_id"]
    await read(doors, of_case(case_id, CaseFiled, complained_unit=None))
    path = f"/reports/{report_id}"
    texts = (f"{path}/words", f"{path}/for-take-over", f"{path}/attachments/{digest}")
    recused: dict[str, Any] = {"role": Role.CLERK, "claims": {"post": "clerk-he"}}
    for asked in texts:
        assert (await doors.get(asked, **recused)).status_code == 200, asked
    fact = of_case(case_id, RecusalRecorded, post="clerk-he")
    await read(doors, replace(fact, sequence=2), replace(fact, sequence=2))
    for asked in texts:
        refused = await doors.get(asked, **recused)
        assert (refused.status_code, problem(refused)) == (403, "recused-from-matter"), asked
    for sent in (
        await doors.post(f"{path}/verify", CONFIRM[1], **recused),
        await doors.upload(report_id, pdf(), **recused),
    ):
        assert (sent.status_code, problem(sent)) == (403, "recused-from-matter")
    assert (await doors.get(path, **recused)).status_code == 200
    others: tuple[dict[str, Any], ...] = (
        {"role": Role.CLERK},
        {"role": Role.TOWNSHIP_LEADER, "claims": {"post": "leader-li"}},
    )
    for other in others:
        for asked in texts:
            assert (await doors.get(asked, **other)).status_code == 200, asked


async def test_a_mediator_of_the_committee_that_is_asked_reads_it(doors: Doors) -> None:
    step = ("convert", {"to": "mediation", "committee_id": new_id(NEIGHBOUR)})
    report_id, _ = await converted(doors, step)
    answer = await for_take_over(doors, report_id, Role.MEDIATOR, division=NEIGHBOUR)
    assert (answer.status_code, answer.json()["words"]) == (200, WORDS)
    here = await for_take_over(doors, report_id, Role.MEDIATOR)
    assert (here.status_code, problem(here)) == (403, "not-for-this-office")
    clerk = await for_take_over(doors, report_id, Role.CLERK, division="519900103")
    assert clerk.status_code == 404
    county = await for_take_over(doors, report_id, Role.MEDIATOR, division=COUNTY)
    assert (county.status_code, problem(county)) == (403, "not-for-this-office")


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"to": "mediation"}, "conversion-names-its-record"),
        ({"to": "case", "committee_id": new_id(TOWNSHIP)}, "conversion-names-its-record"),
        ({"to": "mediation", "committee_id": new_id("629900101")}, "invalid-input"),
    ],
)
async def test_a_conversion_is_refused(doors: Doors, body: Body, refusal: str) -> None:
    report_id = await a_report(doors)
    await go(doors, report_id, VALIDATE)
    answer = await doors.post(f"/reports/{report_id}/convert", body)
    assert (answer.status_code, problem(answer)) == (422, refusal)


async def test_a_report_that_was_not_checked_is_not_converted(doors: Doors) -> None:
    report_id = await a_report(doors)
    answer = await doors.post(f"/reports/{report_id}/convert", CONVERT[1])
    assert (answer.status_code, problem(answer)) == (409, "report-not-ready")

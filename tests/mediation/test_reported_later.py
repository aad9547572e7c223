"""What happened on Friday and is recorded on Monday is Friday's, in the ledger and for the clocks."""

from datetime import datetime
from typing import Any

import pytest

from services.mediation.api.party_bodies import Registration
from shared.identity import Role
from shared.times import CHINA, china_day
from tests.mediation.doors import (
    CONSENT,
    REFUSE,
    TOWNSHIP,
    Committee,
    Doors,
    Step,
    an_application,
    assign,
    hold,
    problem,
    sign,
)
from tests.mediation.filling import history, in_session
from tests.office_doors import at

pytestmark = pytest.mark.parts
THURSDAY, FRIDAY, MONDAY = "2026-03-05", "2026-03-06", "2026-03-09"
FRIDAY_IS_OVER = "2026-03-06T23:59:59+08:00"
ON_MONDAY = f"{MONDAY}T10:00:00+08:00"
ASK_A_COURT: Step = (
    "request-confirmation",
    {"court": "county-court", "jointly_by": ["applicant", "respondent"]},
)


def on(day: str, step: Step) -> Step:
    return step[0], step[1] | {"happened_on": day}


async def when(doors: Doors, mediation_id: str) -> str:
    """When the last fact happened, as the office's clock shows it."""
    last = (await history(doors, mediation_id))[-1]["occurred_at"]
    return datetime.fromisoformat(last).astimezone(CHINA).isoformat()


async def applied(doors: Doors, committee: Committee) -> str:
    return await doors.apply(committee, occurred_at=f"{THURSDAY}T09:00:00+08:00")


async def signed(doors: Doors, committee: Committee, *days: str) -> str:
    """With the day of the signing on Friday, as all that comes before."""
    mediation_id = await applied(doors, committee)
    friday = [on(FRIDAY, step) for step in (CONSENT, hold(committee), sign(committee, *days))]
    with at(doors, ON_MONDAY):
        await doors.tell(mediation_id, friday[0], assign(committee), *friday[1:])
    return mediation_id


async def test_a_session_is_of_the_day_on_which_it_was_held(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await applied(doors, committee)
    with at(doors, ON_MONDAY):
        await doors.tell(mediation_id, CONSENT, assign(committee), on(FRIDAY, hold(committee)))
    assert await when(doors, mediation_id) == FRIDAY_IS_OVER
    sheet = (await doors.get(f"/mediations/{mediation_id}/sheet")).json()
    assert "第1次，2026年3月6日" in str(sheet["sessions"])


async def test_on_the_day_itself_it_is_of_that_moment(doors: Doors, committee: Committee) -> None:
    mediation_id = await applied(doors, committee)
    with at(doors, ON_MONDAY):
        await doors.tell(mediation_id, CONSENT, assign(committee), on(MONDAY, hold(committee)))
    assert await when(doors, mediation_id) == ON_MONDAY


async def test_the_period_runs_from_the_day_of_the_second_consent(
    doors: Doors, committee: Committee
) -> None:
    late, prompt = [await applied(doors, committee) for _ in range(2)]
    with at(doors, ON_MONDAY):
        told_late = (await doors.tell(late, on(FRIDAY, CONSENT))).json()
    with at(doors, f"{FRIDAY}T10:00:00+08:00"):
        told_at_once = (await doors.tell(prompt, CONSENT)).json()
    assert told_late["due_at"] == told_at_once["due_at"]


async def facts(doors: Doors, mediation_id: str) -> list[tuple[str, str]]:
    """What happened and on which day in China, in the order in which it was told."""
    return [
        (each["event"], str(china_day(datetime.fromisoformat(each["occurred_at"]))))
        for each in await history(doors, mediation_id)
    ]


async def test_the_period_runs_from_the_later_consent_though_the_earlier_is_told_last(
    doors: Doors, committee: Committee
) -> None:
    asked = {"origin": "proactive", "occurred_at": f"{THURSDAY}T09:00:00+08:00"}
    in_turn, out_of_turn = [await doors.apply(committee, **asked) for _ in range(2)]
    applicant = on(THURSDAY, ("consent", {"side": "applicant", "how": "orally"}))
    respondent = on(FRIDAY, CONSENT)
    with at(doors, ON_MONDAY):
        expected = (await doors.tell(in_turn, applicant, respondent)).json()["due_at"]
        told = (await doors.tell(out_of_turn, respondent, applicant)).json()["due_at"]
    assert told == expected
    assert (await facts(doors, out_of_turn))[-2:] == [
        ("mediation-consented", THURSDAY),
        ("mediation-opened", FRIDAY),
    ]


async def test_the_period_runs_from_the_later_consent_though_it_is_told_in_between(
    doors: Doors, committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"origin": "proactive", "occurred_at": f"{THURSDAY}T09:00:00+08:00"}
    in_turn, at_once = [await doors.apply(committee, **asked) for _ in range(2)]
    applicant = on(THURSDAY, ("consent", {"side": "applicant", "how": "orally"}))
    respondent, refs = on(FRIDAY, CONSENT), Registration.refs

    async def refs_while_another_agrees(self: Registration, *who: Any, **where: Any) -> Any:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(Registration, "refs", refs)
            await doors.tell(at_once, respondent)
        return await refs(self, *who, **where)

    with at(doors, ON_MONDAY):
        expected = (await doors.tell(in_turn, applicant, respondent)).json()["due_at"]
        monkeypatch.setattr(Registration, "refs", refs_while_another_agrees)
        told = (await doors.tell(at_once, applicant)).json()["due_at"]
    assert told == expected


async def test_a_consent_that_was_taken_back_delays_no_period(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(
        committee, origin="proactive", occurred_at=f"{THURSDAY}T09:00:00+08:00"
    )
    applicant = on(THURSDAY, ("consent", {"side": "applicant", "how": "orally"}))
    taken_back = ("void-consent", {"side": "respondent", "reason": "by-mistake"})
    with at(doors, ON_MONDAY):
        await doors.tell(mediation_id, on(MONDAY, CONSENT), taken_back)
        await doors.tell(mediation_id, applicant, on(FRIDAY, CONSENT))
    assert (await facts(doors, mediation_id))[-1] == ("mediation-opened", FRIDAY)


async def test_all_was_performed_on_the_last_day_though_an_earlier_one_is_told_last(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await signed(doors, committee, "2026-05-31", "2026-06-30")
    first, second = [("perform-instalment", {"instalment": n}) for n in (1, 2)]
    with at(doors, "2026-07-20T10:00:00+08:00"):
        await doors.tell(mediation_id, on("2026-06-29", second), on("2026-05-30", first))
    assert (await facts(doors, mediation_id))[-3:] == [
        ("instalment-performed", "2026-06-29"),
        ("instalment-performed", "2026-05-30"),
        ("agreement-performed", "2026-06-29"),
    ]


async def test_what_was_performed_in_time_is_not_late_because_it_is_recorded_late(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await signed(doors, committee, FRIDAY)
    with at(doors, ON_MONDAY):
        await doors.tell(mediation_id, on(FRIDAY, ("perform-instalment", {"instalment": 1})))
    assert await doors.state(mediation_id) == "performed"
    assert await when(doors, mediation_id) == FRIDAY_IS_OVER


async def test_nothing_is_performed_before_the_agreement(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await signed(doors, committee, FRIDAY)
    _, body = on(THURSDAY, ("perform-instalment", {"instalment": 1}))
    answer = await doors.post(f"/mediations/{mediation_id}/perform-instalment", body)
    assert problem(answer) == "not-yet-agreed"


async def test_a_court_that_was_asked_in_time_is_not_asked_too_late_because_it_is_told_late(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await signed(doors, committee)
    path, last_day = f"/mediations/{mediation_id}/request-confirmation", "2026-04-07"
    with at(doors, "2026-04-20T09:00:00+08:00"):
        assert problem(await doors.post(path, ASK_A_COURT[1])) == "confirmation-too-late"
        told = await doors.post(path, on(last_day, ASK_A_COURT)[1])
    assert told.status_code == 200, told.text


async def test_who_applied_in_the_village_on_friday_is_entered_with_that_day(
    doors: Doors, committee: Committee
) -> None:
    body = an_application(committee, occurred_at=None, happened_on=FRIDAY)
    with at(doors, ON_MONDAY):
        answer = await doors.post(f"/townships/{TOWNSHIP}/mediations", body, role=Role.CLERK)
    assert answer.status_code == 201, answer.text
    assert await when(doors, answer.json()["mediation_id"]) == FRIDAY_IS_OVER


@pytest.mark.parametrize("step", [CONSENT, REFUSE])
@pytest.mark.parametrize(
    ("day", "refused"),
    [("2026-03-10", "not-yet-happened"), ("2026-03-04", "happened-before-it-began")],
)
async def test_no_day_lies_ahead_or_before_the_application(
    doors: Doors, committee: Committee, step: Step, day: str, refused: str
) -> None:
    verb, body = on(day, step)
    mediation_id = await applied(doors, committee)
    with at(doors, "2026-03-09T23:54:59.999999+08:00"):
        answer = await doors.post(f"/mediations/{mediation_id}/{verb}", body)
    assert problem(answer) == refused
    assert await doors.state(mediation_id) == "applied"


@pytest.mark.parametrize("day", ["2026-02-30", "06.03.2026", 20260306, "2026-03-06T00:00:00Z", ""])
async def test_a_day_is_written_as_a_day(doors: Doors, committee: Committee, day: Any) -> None:
    answer = await doors.post(
        f"/mediations/{await applied(doors, committee)}/consent", on(day, CONSENT)[1]
    )
    assert problem(answer) == "invalid-input"
    assert answer.json()["errors"][0]["field"].endswith("happened_on")


async def test_a_moment_and_a_day_are_not_stated_together(
    doors: Doors, committee: Committee
) -> None:
    body = on(FRIDAY, CONSENT)[1] | {"occurred_at": ON_MONDAY}
    path = f"/mediations/{await applied(doors, committee)}/consent"
    assert problem(await doors.post(path, body, role=Role.BACKFILL)) == "invalid-input"


async def test_who_states_the_moment_and_is_no_backfill_is_told_of_the_day(
    doors: Doors, committee: Committee
) -> None:
    path = f"/mediations/{await applied(doors, committee)}"
    answer = await doors.post(f"{path}/consent", CONSENT[1] | {"occurred_at": ON_MONDAY})
    assert problem(answer) == "backfill-only"
    assert "happened_on" in answer.json()["detail"]
    # a draft is made at the desk and takes no other day
    draft = {"dictation": "沟归两家共用。", "occurred_at": ON_MONDAY}
    answer = await doors.post(f"{path}/draft", draft)
    assert problem(answer) == "backfill-only"
    assert "happened_on" not in answer.json()["detail"]


async def test_told_again_with_the_same_key_it_is_the_same(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    before = len(await history(doors, mediation_id))
    body, path = on(FRIDAY, hold(committee))[1], f"/mediations/{mediation_id}/hold-session"
    first, again = [
        await doors.post(path, body, Idempotency_Key="a-session-of-friday") for _ in range(2)
    ]
    assert first.json() == again.json()
    assert len(await history(doors, mediation_id)) == before + 1

"""What a sheet tells of an agreement: how far it was kept, and of a court."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.mediation.domain.agreement_file import AgreementFile
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.sheet_sentences import court_says, performance_says
from services.mediation.examples import CONFIRMED, FIRST, LAST, REQUEST
from shared.times import china_day
from tests.mediation.doors import Committee, Doors, sign
from tests.mediation.facts import IN_SESSION_BY, SIGNED_BY, facts_of
from tests.mediation.filling import in_session

TODAY, LAST_DAY = date(2025, 5, 1), date(2025, 5, 20)
ASKED_BY = (*SIGNED_BY, REQUEST)


def after(*commands: MediationCommand) -> AgreementFile:
    return MEDIATION.fold(facts_of(*commands), MEDIATION.initial).agreement


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        (IN_SESSION_BY, ""),
        (SIGNED_BY, "共2期，已经履行0期。"),
        ((*SIGNED_BY, FIRST), "共2期，已经履行1期。"),
        ((*SIGNED_BY, FIRST, LAST), "共2期，已经履行2期。"),
    ],
)
def test_it_is_told_how_much_was_kept(commands: tuple[MediationCommand, ...], said: str) -> None:
    assert performance_says(after(*commands)) == said


@pytest.mark.parametrize(
    ("commands", "last_day", "said"),
    [
        (SIGNED_BY, LAST_DAY, "双方愿意的话，最迟2025年5月20日一起去申请司法确认。"),
        (SIGNED_BY, TODAY, "双方愿意的话，最迟2025年5月1日一起去申请司法确认。"),
        (SIGNED_BY, date(2025, 4, 30), "申请司法确认的期限是2025年4月30日，已经过了。"),
        (SIGNED_BY, None, "这件事法院不作司法确认。"),
        (ASKED_BY, LAST_DAY, "已经申请司法确认，等法院答复。"),
        ((*ASKED_BY, CONFIRMED), LAST_DAY, "申请过司法确认，结果：裁定有效。"),
    ],
)
def test_it_is_told_until_when_a_court_may_be_asked_and_what_it_said(
    commands: tuple[MediationCommand, ...], last_day: date | None, said: str
) -> None:
    assert court_says(after(*commands), last_day=last_day, today=TODAY) == said


@pytest.mark.parts
async def test_the_sheet_has_the_days_of_the_promise_and_the_last_one_for_the_court(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    today = china_day(datetime.now(UTC))
    days = [str(today + timedelta(days=after)) for after in (10, 20)]
    signed = await doors.tell(
        mediation_id, sign(committee, *days), ("perform-instalment", {"instalment": 1})
    )
    assert signed.json()["state"] == "partly-performed"
    told = (await doors.get(f"/mediations/{mediation_id}/sheet")).json()["agreement"]
    assert told["instalments"] == [
        {"instalment": 1, "due_on": days[0], "done": True},
        {"instalment": 2, "due_on": days[1], "done": False},
    ]
    assert told["performance"] == "共2期，已经履行1期。"
    assert date.fromisoformat(told["ask_a_court_by"]) >= today + timedelta(days=30)
    last = date.fromisoformat(told["ask_a_court_by"])
    assert f"最迟{last.year}年{last.month}月{last.day}日" in told["court"]


@pytest.mark.parts
async def test_of_status_no_court_is_asked(doors: Doors, committee: Committee) -> None:
    mediation_id = await in_session(doors, committee)
    await doors.tell(mediation_id, sign(committee, status_matters=["marriage"]))
    told = (await doors.get(f"/mediations/{mediation_id}/sheet")).json()["agreement"]
    assert (told["ask_a_court_by"], told["performance"]) == (None, "")
    assert told["court"] == "这件事法院不作司法确认。"

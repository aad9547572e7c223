"""A visit of seven about unpaid wages, act by act, over the real Kafka and PostgreSQL.

One goes from its receipt to a served opinion and, when the time for review is over, to its
resolution. Its twin is withdrawn, the withdrawal taken back, and it goes the same way.
"""

from typing import Any

import httpx
import pytest

from shared.identity import Role
from tests.flow.doors import Doors
from tests.opinions import an_opinion

pytestmark = [pytest.mark.parts, pytest.mark.slow]

TOWNSHIP = "519900163"
FILING = {
    "channel": "visit",
    "purpose": "request",
    "category": "labour",
    "headcount": 7,
    "joint": True,
    "first_or_repeat": "first",
    "person": {"name": "测试丙", "phone": "000-5550102"},
    "narrative": "工程完工后拖欠七人工资两个月。",
    "received_on": "2025-03-03",
}


def at(day: str, clock: str = "10:00") -> dict[str, str]:
    return {"occurred_at": f"{day}T{clock}:00+08:00"}


def act(doors: Doors, case: str, verb: str, body: dict[str, Any]) -> httpx.Response:
    return doors.post(f"/cases/{case}/{verb}", body, role=Role.BACKFILL, division=TOWNSHIP)


def done(doors: Doors, case: str, verb: str, body: dict[str, Any]) -> str:
    answer = act(doors, case, verb, body)
    assert answer.status_code == 200, (verb, answer.text)
    return answer.headers["Concord-Position"]


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition("/")[2]


def received_and_accepted(doors: Doors) -> str:
    """Registered two days after the receipt, told so on the spot, accepted, investigated."""
    filed = doors.post(
        f"/townships/{TOWNSHIP}/cases",
        FILING | at("2025-03-05"),
        role=Role.BACKFILL,
        division=TOWNSHIP,
    )
    assert filed.status_code == 201, filed.text
    case = str(filed.json()["case_id"])
    handed_over = {"served": {"method": "in-person"}}
    done(doors, case, "notices", {"kind": "receipt", **handed_over, **at("2025-03-05")})
    assert problem(
        act(doors, case, "accept", {"responsible_unit": "labour-office", **at("2025-03-01")})
    ) == (422, "happened-before-it-began")
    done(
        doors,
        case,
        "accept",
        {"responsible_unit": "labour-office", "handler": "post-li", **at("2025-03-04")},
    )
    done(doors, case, "notices", {"kind": "accepted", **handed_over, **at("2025-03-05")})
    return case


def answered(doors: Doors, case: str) -> None:
    """Posted on 10 April, received on the 14th as the posting receipt says."""
    opinion = an_opinion("用工方拖欠七人两个月工资。")
    issued = {"result": "supported", "measures": ["solve"], "opinion": opinion}
    done(doors, case, "issue-opinion", issued | at("2025-04-10"))
    done(doors, case, "dispatch", {"document": "opinion", "method": "post", **at("2025-04-10")})
    assert state_of(doors, case) == "accepted"
    assert problem(act(doors, case, "serve-opinion", {"method": "post", **at("2025-04-11")})) == (
        422,
        "service-not-proven",
    )
    served = {"method": "post", "proof": "posting-receipt"}
    done(doors, case, "serve-opinion", served | at("2025-04-14"))
    assert state_of(doors, case) == "answered"


def settled(doors: Doors, case: str) -> str:
    """The thirty days of article 35 end on 14 May; nobody asked for a review."""
    passed = {"how": "time-for-review-passed"}
    assert problem(act(doors, case, "resolve", passed | at("2025-05-14"))) == (
        409,
        "time-for-review-runs",
    )
    return done(doors, case, "resolve", passed | at("2025-05-15"))


def state_of(doors: Doors, case: str) -> str:
    return str(doors.get("intake", f"/cases/{case}", TOWNSHIP).json()["state"])


def kinds(doors: Doors, case: str) -> list[str]:
    shown = doors.get("intake", f"/cases/{case}", TOWNSHIP).json()
    return [item["event"] for item in shown["history"]]


def test_it_is_settled_when_the_time_for_review_is_over(doors: Doors) -> None:
    case = received_and_accepted(doors)
    answered(doors, case)
    position = settled(doors, case)
    assert kinds(doors, case) == [
        "case-filed",
        *("notice-issued", "notice-served"),
        *("case-routed", "case-accepted"),
        *("notice-issued", "notice-served"),
        *("opinion-issued", "document-dispatched", "opinion-served"),
        "case-resolved",
    ]
    shown = doors.get("intake", f"/cases/{case}", TOWNSHIP).json()
    served = next(each for each in shown["history"] if each["event"] == "opinion-served")
    resolved = next(each for each in shown["history"] if each["event"] == "case-resolved")
    assert resolved["data"]["grounds"] == [served["event_id"]]
    assert shown["registration_delay"] == 2
    figures = doors.figures(TOWNSHIP, "2025", at_least=position)
    assert int(figures["cases_resolved"]["value"]) >= 1
    assert figures["resolution_rate"]["numerator"] == figures["resolution_rate"]["denominator"]


def test_its_twin_is_withdrawn_and_the_withdrawal_taken_back(doors: Doors) -> None:
    before = doors.figures(TOWNSHIP, "2025")["cases_withdrawn"]["value"]
    case = received_and_accepted(doors)
    stated = {"way": "in-writing", "text": "我们撤回。", **at("2025-03-20")}
    done(doors, case, "state-withdrawal", stated)
    assert state_of(doors, case) == "accepted"
    early = {"statement_recorded": True, **at("2025-03-25")}
    assert problem(act(doors, case, "withdraw", early)) == (409, "withdrawal-may-be-taken-back")
    done(doors, case, "take-back-withdrawal", {"way": "by-phone", **at("2025-03-24")})
    late = {"statement_recorded": True, **at("2025-03-29")}
    assert problem(act(doors, case, "withdraw", late)) == (409, "withdrawal-not-stated")
    answered(doors, case)
    position = settled(doors, case)
    figures = doors.figures(TOWNSHIP, "2025", at_least=position)
    assert figures["cases_withdrawn"]["value"] == before
    assert state_of(doors, case) == "resolved"

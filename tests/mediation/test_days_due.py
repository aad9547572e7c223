"""When something is due is what the signed paper says: taken from it, or held against it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.papers.due_days import due_days, instalment_days
from tests.mediation.doors import Committee, Doors, problem, sign
from tests.mediation.filling import done_at_once, erase, fill_in, history, in_session, written
from tests.office_doors import at

ON_PAPER = ["2026-03-05", "2026-08-31", "2026-12-31"]
"""The days of the sample's three instalments."""
SIGNING_DAY = "2026-03-05T10:00:00+08:00"


def rows(*due: str) -> list[dict[str, str]]:
    return [{"term": f"第{n}期", "due": day, "amount": "1000元"} for n, day in enumerate(due, 1)]


def by(said: str) -> dict[str, Any]:
    return {"performance_by": said, "instalments": []}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026年5月1日", "2026-05-01"),
        ("二〇二六年五月一日前付清", "2026-05-01"),
        ("不迟于2026年2月底", "2026-02-28"),
        ("2026年2月30日", None),
        ("2026年底", "2026-12-31"),
        ("2026年底前付清。", "2026-12-31"),
        ("二〇二六年年末前", "2026-12-31"),
        ("2026年12月底前", "2026-12-31"),
        ("2028年2月末前", "2028-02-29"),
        ("2026年5月1日前一起付清", "2026-05-01"),
        ("已支付1000元，2000元于2026年12月31日付清", "2026-12-31"),
        ("农历2026年底前", None),
        ("2027年春节前", None),
        ("年底前", None),
        ("12026年5月1日", None),
        ("3026年5月1日前", None),
        ("二二〇二六年底", None),
        ("2026年12月前", None),
        ("2026年底以后", None),
        ("2026年5月1日之后", None),
        ("自2026年5月1日开始", None),
        ("5月1日", None),
        ("秋收后", None),
        ("每月5日", None),
        ("签字后三个月内", None),
        ("自2026年5月1日起", None),
        ("2026年5月1日一半，2026年6月1日一半", None),
    ],
)
def test_a_day_is_read_only_where_it_is_named_in_full_and_alone(
    said: str, day: str | None
) -> None:
    (read,) = due_days(by(said))
    assert (read and read.isoformat()) == day
    assert instalment_days({"instalments": rows(said)}) == [read]


@pytest.mark.parametrize(
    "said",
    [
        "当场付清",
        "签字时当场履行",
        "即时履行",
        "已当场履行完毕",
        "签字时当场付清。",
        "本协议签字时一次性付清。",
        "签订协议时乙方付清3000元",
        "李乙当场支付王甲3000元。",
        "已于2026年2月20日付清。",
        "2026年2月20日已付清。",
        "款项已全部付清",
        "",
    ],
)
def test_what_is_done_at_the_signing_is_due_on_no_day(said: str) -> None:
    assert due_days(by(said)) == ()


@pytest.mark.parametrize(
    "said",
    [
        "当场付一半，秋收后付清",
        "当场支付1000元，余款年底前付清",
        "不能当场付清，择日给付",
        "当场未履行",
        "5月1日当场付清",
        "三天内现场交付",
        "签字后当场付清",
        "签字后及时履行",
        "及时履行",
        "双方已约定秋收时付清",
        "已付清首付款",
        "每月5日当场付清",
        "长期履行",
        "已支付1000元，尚欠2000元",
        "已支付1000元，2000元年底付清",
        "已支付1000元，2000元由李乙于秋收支付",
        "签字时支付1000元，2000元两个月付清",
        "签字时支付定金",
        "当场支付三分之一",
        "已履行一半",
    ],
)
def test_what_is_left_to_be_done_is_not_passed_for_done(said: str) -> None:
    assert due_days(by(said)) == (None,)


async def on_paper(
    doors: Doors, committee: Committee, paper: dict[str, Any], *days: str, **changes: Any
) -> tuple[str, dict[str, Any]]:
    """A dispute of which the paper is filled in, and the body by which that is signed."""
    mediation_id = await in_session(doors, committee)
    kept = await fill_in(doors, mediation_id, paper)
    _, body = sign(committee, *days, paper=kept["digest"], text=None, parts=None, **changes)
    return mediation_id, body


async def answer(doors: Doors, signing: tuple[str, dict[str, Any]]) -> Any:
    with at(doors, SIGNING_DAY):
        return await doors.post(f"/mediations/{signing[0]}/sign", signing[1])


@pytest.mark.parts
async def test_what_is_left_out_is_taken_from_the_paper(
    doors: Doors, committee: Committee
) -> None:
    paper = written("mediation-agreement", "number")
    signing = await on_paper(doors, committee, paper)
    told = await answer(doors, signing)
    assert told.json()["instalments"] == ON_PAPER
    signed = (await history(doors, signing[0]))[-1]["data"]
    assert (signed["instalments"], signed["perform_by"]) == (ON_PAPER, ON_PAPER[-1])


@pytest.mark.parts
async def test_one_day_by_which_all_is_done_is_due_on_that_day(
    doors: Doors, committee: Committee
) -> None:
    paper = written("mediation-agreement", "number", **by("2026年5月1日前付清。"))
    told = await answer(doors, await on_paper(doors, committee, paper))
    assert told.json()["instalments"] == ["2026-05-01"]
    otherwise = await on_paper(doors, committee, paper, "2026-06-01")
    assert problem(await answer(doors, otherwise)) == "instalments-not-as-on-paper"
    none = await on_paper(doors, committee, paper, instalments=[])
    assert problem(await answer(doors, none)) == "instalments-not-as-on-paper"


@pytest.mark.parts
async def test_days_that_the_paper_does_not_name_have_to_be_stated(
    doors: Doors, committee: Committee
) -> None:
    paper = written("mediation-agreement", "number", instalments=rows("秋收后", "2026年12月31日"))
    signing = await on_paper(doors, committee, paper)
    refused = await answer(doors, signing)
    assert (problem(refused), refused.json()["field"]) == (
        "instalment-days-not-read",
        "instalments",
    )
    days = ["2026-10-31", "2026-12-31"]
    told = await answer(doors, (signing[0], signing[1] | {"instalments": days}))
    assert told.json()["instalments"] == days


@pytest.mark.parts
@pytest.mark.parametrize("said", ["秋收后", "2027年春节前", "长期履行，互不干涉。"])
async def test_an_unread_day_by_which_all_is_done_has_to_be_stated_or_stated_to_be_none(
    doors: Doors, committee: Committee, said: str
) -> None:
    paper = written("mediation-agreement", "number", **by(said))
    signing = await on_paper(doors, committee, paper)
    refused = await answer(doors, signing)
    assert problem(refused) == "instalment-days-not-read"
    assert refused.json()["field"] == "instalments"
    none = await answer(doors, (signing[0], signing[1] | {"instalments": []}))
    assert none.json()["instalments"] == []
    stated = await on_paper(doors, committee, paper, "2026-10-31")
    assert (await answer(doors, stated)).json()["instalments"] == ["2026-10-31"]


@pytest.mark.parts
@pytest.mark.parametrize(
    ("days", "instalment"),
    [
        (ON_PAPER[:2], None),
        ([*ON_PAPER, "2027-01-31"], None),
        ([], None),
        ([ON_PAPER[0], "2026-09-01", ON_PAPER[2]], 2),
    ],
)
async def test_what_is_stated_otherwise_than_on_the_paper_is_refused(
    doors: Doors, committee: Committee, days: list[str], instalment: int | None
) -> None:
    paper = written("mediation-agreement", "number")
    refused = await answer(doors, await on_paper(doors, committee, paper, instalments=days))
    assert problem(refused) == "instalments-not-as-on-paper"
    assert refused.json().get("instalment") == instalment


@pytest.mark.parts
async def test_an_agreement_done_at_once_has_no_day(doors: Doors, committee: Committee) -> None:
    told = await answer(doors, await on_paper(doors, committee, done_at_once()))
    assert told.json()["instalments"] == []


@pytest.mark.parts
async def test_a_paper_that_nobody_can_read_any_more_does_not_pass_for_one_without_days(
    doors: Doors, committee: Committee
) -> None:
    signing = await on_paper(doors, committee, written("mediation-agreement", "number"))
    erase(doors, signing[0])
    assert problem(await answer(doors, signing)) == "person-erased"
    stated = await answer(doors, (signing[0], signing[1] | {"instalments": ON_PAPER}))
    assert stated.json()["instalments"] == ON_PAPER


@pytest.mark.parts
async def test_a_signing_that_is_repeated_has_its_first_answer_though_the_paper_was_erased(
    doors: Doors, committee: Committee
) -> None:
    mediation_id, body = await on_paper(doors, committee, written("mediation-agreement", "number"))
    path, key = f"/mediations/{mediation_id}/sign", "signing-on-paper"
    with at(doors, SIGNING_DAY):
        first = await doors.post(path, body, idempotency_key=key)
        erase(doors, mediation_id)
        again = await doors.post(path, body, idempotency_key=key)
        another = await doors.post(path, body)
    assert (first.status_code, again.content) == (200, first.content)
    assert problem(another) == "agreement-is-signed"


@pytest.mark.parts
async def test_a_paper_that_was_never_filled_in_is_no_paper(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    _, body = sign(committee, paper="00" * 32, text=None, parts=None)
    assert problem(await answer(doors, (mediation_id, body))) == "paper-not-kept"


words = st.lists(
    st.sampled_from(
        [
            *"年月日底末前后内起已当场签字时付清二〇一十3059，。；",
            "2026",
            "农历",
            "每",
            "以",
            "履行",
            "协议",
            "下个月",
            "半",
            "明",
        ]
    ),
    max_size=14,
).map("".join)


@given(words | st.text(max_size=30))
def test_whatever_stands_on_a_paper_is_a_day_or_none_or_asked_for(said: str) -> None:
    days = due_days(by(said))
    assert len(days) <= 1
    assert all(day is None or date(1949, 1, 1) <= day <= date(2199, 12, 31) for day in days)

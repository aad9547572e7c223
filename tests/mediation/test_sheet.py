"""The sheet through the door: what a mediator is shown before speaking with the people."""

from typing import Any, LiteralString

import pytest
from psycopg.rows import DictRow
from structlog.testing import capture_logs

from shared.divisions import new_id
from shared.identity import Role
from shared.postgres import Connection, rows
from tests.mediation.doors import (
    CONSENT,
    LI,
    NEIGHBOUR,
    POST,
    REFUSE,
    TOWNSHIP,
    Body,
    Committee,
    Doors,
    Step,
    assign,
    hold,
    problem,
    sign,
)
from tests.mediation.filling import erase, fill_in, in_session, written

pytestmark = pytest.mark.parts
HOSTILE = "<script>alert('柒')</script>\"\\\n'; drop table event; --\u202e01234\u2028${7*7}"


async def shown(doors: Doors, mediation_id: str, **how: Any) -> Body:
    answer = await doors.get(f"/mediations/{mediation_id}/sheet", **how)
    assert answer.status_code == 200, answer.text
    told: Body = answer.json()
    return told


def caucus(committee: Committee, side: str, record: str | None) -> Step:
    people = {"party": 1, "mediator": 1}
    return hold(committee, mode="caucus", side=side, people=people, record=record)


def dated(step: Step, day: str) -> Step:
    return step[0], step[1] | {"occurred_at": f"{day}T09:00:00+08:00"}


async def test_before_the_other_side_has_agreed_it_says_whom_to_ask(
    doors: Doors, committee: Committee
) -> None:
    told = await shown(doors, await doors.apply(committee))
    applicants, respondents = told["sides"]
    assert [(each["name"], each["phone"]) for each in applicants["people"]] == [
        ("吴桂兰", "13900000001")
    ]
    assert [(each["name"], each["phone"]) for each in respondents["people"]] == [("李长根", None)]
    assert told["narrative"] == "滴水沟归谁，两家各说各的。"
    assert (told["about"], told["sessions"], told["agreement"]) == ("房屋宅基地", [], None)
    assert told["call"] == "请先问愿不愿意调解。被申请方：李长根，没有留电话。"
    assert [side["say"] for side in told["sides"]] == [
        "申请方：同意调解，提出申请。",
        "被申请方：还没有同意。",
    ]


async def test_those_who_agreed_take_the_place_of_those_whom_the_application_names(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee, respondents=[])
    assert "没有登记是谁" in (await shown(doors, mediation_id))["call"]
    step = CONSENT[1] | {"parties": [{"person": LI | {"phone": "139"}}], "text": "谈谈也好。"}
    await doors.tell(mediation_id, ("consent", step))
    told = await shown(doors, mediation_id)
    assert told["sides"][1]["consent_text"] == "谈谈也好。"
    assert told["call"] == (
        "请约双方来谈。申请方：吴桂兰，电话 13900000001。被申请方：李长根，电话 139。"
    )
    assert "，还有30天。" in told["say"]


async def test_sessions_are_told_in_the_order_in_which_they_were_held(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    steps = [
        dated(CONSENT, "2025-01-05"),
        dated(assign(committee), "2025-01-05"),
        dated(
            hold(committee, record="一起谈。", session_id=(last := new_id(TOWNSHIP))), "2025-01-09"
        ),
        dated(caucus(committee, "applicant", "她先说。"), "2025-01-07"),
        dated(caucus(committee, "respondent", None), "2025-01-08"),
        dated(
            hold(committee, record="记错了。", session_id=(wrong := new_id(TOWNSHIP))),
            "2025-01-06",
        ),
        ("void-session", {"session_id": wrong, "reason": "by-mistake"}),
    ]
    await doors.tell(mediation_id, *steps, role=Role.BACKFILL)
    sessions = (await shown(doors, mediation_id))["sessions"]
    assert [(each["mode"], each["side"], each["record"]) for each in sessions] == [
        ("caucus", "applicant", "她先说。"),
        ("caucus", "respondent", None),
        ("joint", None, "一起谈。"),
    ]
    assert sessions[0]["held_at"] == "2025-01-07T01:00:00.000000Z"
    assert sessions[0]["say"] == (
        "第1次，2025年1月7日，背靠背（申请方），村(居)委会，当事人1人、调解员1人。"
    )
    assert (sessions[2]["session_id"], sessions[2]["say"][:3]) == (last, "第3次")


async def test_the_vault_is_asked_once_however_many_sessions_there_were(
    doors: Doors, committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    mediation_id = await doors.apply(committee)
    sessions = [hold(committee, record=f"第{number}次的话。") for number in range(40)]
    await doors.tell(mediation_id, CONSENT, assign(committee), *sessions)
    asked: list[int] = []

    async def counted(connection: Connection, query: LiteralString, named: Any) -> list[DictRow]:
        asked.append(len(named["refs"]))
        return await rows(connection, query, named)

    monkeypatch.setattr("shared.vault.vault.rows", counted)
    told = await shown(doors, mediation_id)
    assert [each["record"] for each in told["sessions"]] == [
        f"第{number}次的话。" for number in range(40)
    ]
    assert asked == [3]


async def test_an_older_agreement_is_told_in_its_words_and_a_paper_by_its_digest(
    doors: Doors, committee: Committee
) -> None:
    older, printed = await in_session(doors, committee), await in_session(doors, committee)
    await doors.tell(older, sign(committee, "2199-01-01", number="2025-7"))
    told = (await shown(doors, older))["agreement"]
    assert (told["text"], told["paper"]) == ("沟归两家共用，分两次补偿。", None)
    assert told["say"] == "书面协议，编号 2025-7，内容如下。"
    paper = await fill_in(doors, printed, written("mediation-agreement", "number"))
    await doors.tell(printed, sign(committee, paper=paper["digest"], text=None, parts=None))
    told = (await shown(doors, printed))["agreement"]
    assert (told["text"], told["paper"]) == (None, paper["digest"])
    assert told["say"] == f"书面协议，编号 {paper['number']}，请看文书。"
    assert (await doors.get(f"/mediations/{printed}/papers/{told['paper']}")).status_code == 200


async def test_who_was_erased_is_null_and_so_are_the_texts_of_an_erased_dispute(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    await doors.tell(mediation_id, sign(committee))
    [wu] = (await shown(doors, mediation_id))["sides"][0]["people"]
    erase(doors, wu["party_id"])
    told = await shown(doors, mediation_id)
    assert told["sides"][0]["people"] == [wu | {"name": None, "phone": None}]
    assert told["sides"][1]["people"][0]["name"] == "李长根"
    assert "申请方：姓名电话查不到。" in told["call"]
    assert told["sessions"][0]["record"] == "双方都让了一步。"
    erase(doors, mediation_id)
    told = await shown(doors, mediation_id)
    assert (told["narrative"], told["sessions"][0]["record"]) == (None, None)
    assert told["agreement"]["text"] is None
    assert told["agreement"]["say"].endswith("内容已经没有了。")


async def test_whatever_was_typed_comes_back_as_text(doors: Doors, committee: Committee) -> None:
    person = {"name": HOSTILE, "phone": HOSTILE}
    mediation_id = await doors.apply(
        committee, respondents=[{"person": person}], narrative=HOSTILE
    )
    steps = (CONSENT, assign(committee), hold(committee, record=HOSTILE))
    await doors.tell(mediation_id, *steps)
    answer = await doors.get(f"/mediations/{mediation_id}/sheet")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = answer.json()
    [party] = told["sides"][1]["people"]
    texts = (party["name"], party["phone"], told["narrative"], told["sessions"][0]["record"])
    assert texts == (HOSTILE,) * 4
    # in a sentence nothing turns the digits around and nothing begins a line of its own
    assert not {"\u202e", "\u2028", "\n"} & set(told["call"])
    assert "〔U+202E〕01234" in told["call"]


@pytest.mark.parametrize("role", [Role.COUNTY_LEADER, Role.AUDITOR, Role.BACKFILL])
async def test_who_does_not_speak_with_people_is_refused(
    doors: Doors, committee: Committee, role: Role
) -> None:
    path = f"/mediations/{await doors.apply(committee)}/sheet"
    assert (await doors.get(path.removesuffix("/sheet"), role=role)).status_code == 200
    answer = await doors.get(path, role=role)
    assert (problem(answer), answer.status_code) == ("role-not-allowed", 403)


@pytest.mark.parametrize("role", [Role.CLERK, Role.MEDIATOR, Role.TOWNSHIP_LEADER])
async def test_another_township_s_dispute_is_as_if_there_were_none(
    doors: Doors, committee: Committee, role: Role
) -> None:
    mediation_id = await doors.apply(committee)
    path = f"/mediations/{mediation_id}/sheet"
    here = await doors.get(path, role=role)
    assert (here.status_code, here.headers["cache-control"]) == (200, "no-store")
    assert here.headers["ETag"] == f'"{here.json()["version"]}"'
    there = await doors.get(path, role=role, division=NEIGHBOUR)
    nowhere = await doors.get(f"/mediations/{new_id(NEIGHBOUR)}/sheet", role=role)
    assert [(problem(each), each.status_code) for each in (there, nowhere)] == [
        ("mediation-not-found", 404)
    ] * 2
    assert "吴桂兰" not in there.text


async def test_it_shows_what_was_just_written_where_that_is_asked(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    position = (await doors.tell(mediation_id, REFUSE)).headers["Concord-Position"]
    told = await shown(doors, mediation_id, at_least=position)
    assert (told["state"], told["say"]) == ("refused", "有一方不愿意调解，已告知其他途径。")
    assert told["sides"][1]["say"] == "被申请方：不愿意调解。"
    assert told["call"].startswith("已经结束，可以回访。")


async def test_the_log_tells_who_looked_and_nothing_of_whom(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    with capture_logs() as lines:
        await shown(doors, mediation_id)
    [line] = [each for each in lines if each["event"] == "request"]
    assert (line["route"], line["role"]) == ("/mediations/{mediation_id}/sheet", "mediator")
    assert line["actor"]
    told = repr(lines)
    assert not [word for word in ("吴桂兰", "13900000001", POST, mediation_id) if word in told]

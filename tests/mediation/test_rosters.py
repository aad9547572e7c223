"""The roster, the committees and the lists: who is there, and who is shown what."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.mediation.api import today
from shared.divisions import new_id
from shared.identity import Role
from shared.times import china_day
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    LONG_AGO,
    NEIGHBOUR,
    POST,
    REFUSE,
    TOWNSHIP,
    Committee,
    Doors,
    a_committee,
    assign,
    hold,
    problem,
    sign,
)

BACKWARDS: dict[str, Any] = {"from": "2025-02-01", "to": "2025-01-01"}
A_MONTH: dict[str, Any] = {"from": "2025-03-01", "to": "2025-03-31"}
pytestmark = pytest.mark.parts


async def test_the_count_of_open_disputes_orders_nothing(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    third = Committee(committee.committee_id, committee.mediators[::-1])
    busy, over = await doors.apply(committee), await doors.apply(committee)
    await doors.tell(busy, CONSENT, assign(third))
    await doors.tell(over, assign(third), REFUSE)
    roster = (await doors.get("/mediators", role=Role.CLERK)).json()["items"]
    assert [each["mediator_id"] for each in roster] == list(committee.mediators)
    assert [each["open_disputes"] for each in roster] == [0, 0, 1]


async def test_names_are_shown_to_those_who_speak_with_people(doors: Doors) -> None:
    await doors.enrol(person={"name": "周文远"})
    for role, seen in ((Role.CLERK, True), (Role.AUDITOR, False), (Role.COUNTY_LEADER, False)):
        text = (await doors.get("/mediators", role=role, limit=500)).text
        assert ("周文远" in text) is seen


async def test_a_mediator_gains_kinds_leaves_and_comes_back(doors: Doors) -> None:
    mediator_id = await doors.enrol(kinds=["retired-cadre"])
    path = f"/mediators/{mediator_id}"
    more = await doors.post(f"{path}/enrol", {"kinds": ["certified"]}, role=Role.CLERK)
    assert more.json()["kinds"] == ["certified", "retired-cadre"]
    left = await doors.post(f"{path}/strike", role=Role.CLERK)
    assert left.json()["on_roster"] is False
    shown = (await doors.get("/mediators", limit=500)).text
    assert mediator_id not in shown
    assert mediator_id in (await doors.get("/mediators", limit=500, everyone="true")).text
    back = await doors.post(f"{path}/enrol", {"kinds": ["certified"]}, role=Role.CLERK)
    assert (back.json()["kinds"], back.json()["on_roster"]) == (["certified"], True)


async def test_a_mediator_elsewhere_is_as_if_there_were_none(doors: Doors) -> None:
    mediator_id = await doors.enrol(NEIGHBOUR)
    for verb, body in (("enrol", {"kinds": ["certified"]}), ("strike", {})):
        answer = await doors.post(f"/mediators/{mediator_id}/{verb}", body, role=Role.CLERK)
        assert (problem(answer), answer.status_code) == ("mediator-not-found", 404)
    nobody = {"person": {"name": "周某"}, "kinds": []}
    answer = await doors.post(f"/townships/{TOWNSHIP}/mediators", nobody, role=Role.CLERK)
    assert problem(answer) == "mediator-needs-a-kind"


async def test_a_committee_is_filled_renewed_sealed_and_dissolved(doors: Doors) -> None:
    committee = await doors.set_up()
    members = [*committee.mediators, await doors.enrol()]
    path, seats = f"/committees/{committee.committee_id}", {"members": members, "women": 2}

    async def told(verb: str, body: dict[str, object]) -> dict[str, object]:
        answer = await doors.post(f"{path}/{verb}", body, role=Role.CLERK)
        assert answer.status_code == 200, answer.text
        shown: dict[str, object] = answer.json()
        return shown

    assert (await told("fill-seats", seats))["women"] == 2
    assert (await told("renew-term", seats | {"term_from": "2028-01-01"}))["term_to"] == (
        "2030-12-31"
    )
    await told("file-seal", {"seal_digest": "c" * 64})
    assert (await told("dissolve", {}))["dissolved"] is True
    listed = (await doors.get("/committees", limit=500)).json()["items"]
    [line] = [each for each in listed if each["committee_id"] == committee.committee_id]
    assert (line["name"], line["seal_digest"], line["dissolved"]) == ("青云镇", "c" * 64, True)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"women": 4}, "more-women-than-members"),
        ({"kind": "village"}, "village-committee-needs-its-village"),
        ({"members": []}, "committee-size-not-lawful"),
        ({"name": "青云 镇"}, "invalid-input"),
        ({"name": "青云镇<b>"}, "invalid-input"),
        ({"women": 0}, "committee-without-women"),
        ({"women": -1}, "invalid-input"),
    ],
)
async def test_a_committee_is_as_the_law_has_it(
    doors: Doors, committee: Committee, change: dict[str, object], refusal: str
) -> None:
    body = a_committee(committee.mediators, **change)
    answer = await doors.post(
        f"/townships/{TOWNSHIP}/committees", body, role=Role.BACKFILL, division=COUNTY
    )
    assert problem(answer) == refusal


async def test_members_are_on_the_roster_and_elsewhere_nothing_is_told(
    doors: Doors, committee: Committee
) -> None:
    stranger = [*committee.mediators, new_id(TOWNSHIP)]
    body = {"members": stranger, "women": 1}
    path = f"/committees/{committee.committee_id}/fill-seats"
    assert problem(await doors.post(path, body, role=Role.CLERK)) == "members-not-on-roster"
    answer = await doors.post(path, body, role=Role.CLERK, division=NEIGHBOUR)
    assert problem(answer) == "committee-not-found"


async def test_what_is_repeated_has_its_first_answer_though_a_member_left_meanwhile(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    seats = {"members": list(committee.mediators), "women": 2}
    own = f"/committees/{committee.committee_id}"
    begun = a_committee(committee.mediators, occurred_at=None)
    commands = {
        f"/townships/{TOWNSHIP}/committees": begun,
        f"{own}/fill-seats": seats,
        f"{own}/renew-term": seats | {"term_from": "2028-01-01"},
    }

    async def tell(key: str) -> list[tuple[int, bytes]]:
        told = [
            await doors.post(path, body, role=Role.CLERK, idempotency_key=key)
            for path, body in commands.items()
        ]
        return [(each.status_code, each.content) for each in told]

    first = await tell("seats-told")
    assert [status for status, _ in first] == [201, 200, 200]
    await doors.post(f"/mediators/{committee.mediator}/strike", role=Role.CLERK)
    assert await tell("seats-told") == first
    assert [status for status, _ in await tell("seats-anew")] == [422, 422, 422]


async def test_lists_page_and_filter_within_the_scope(empty_doors: Doors) -> None:
    doors, here, there = (
        empty_doors,
        await empty_doors.set_up(),
        await empty_doors.set_up(NEIGHBOUR),
    )
    case_id = new_id(TOWNSHIP)
    wanted = [await doors.apply(here, case_id=case_id), await doors.apply(here)]
    await doors.apply(there)
    first = (await doors.get("/mediations", limit=1)).json()
    second = (await doors.get("/mediations", limit=1, cursor=first["next"])).json()
    ids = [each["mediation_id"] for page in (first, second) for each in page["items"]]
    assert (ids, second["next"]) == (wanted[::-1], None)
    of_case = (await doors.get("/mediations", case_id=case_id)).json()["items"]
    assert [each["mediation_id"] for each in of_case] == wanted[:1]
    assert (await doors.get("/mediations", state="open")).json()["items"] == []
    nonsense = await doors.get("/mediations", **BACKWARDS)
    assert problem(nonsense) == "invalid-input"
    committees = (await doors.get("/committees", division=COUNTY, role=Role.AUDITOR)).json()
    assert len(committees["items"]) == 2


async def test_what_was_written_is_shown_once_asked_for(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    position = (await doors.tell(mediation_id, CONSENT)).headers["Concord-Position"]
    shown = await doors.get(f"/mediations/{mediation_id}", at_least=position)
    assert (shown.json()["state"], shown.headers["ETag"]) == ("open", '"4"')


async def test_subsidies_are_paid_by_disputes_and_written_agreements(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    at = {"occurred_at": "2025-03-31T23:30:00+08:00"}
    begun = [CONSENT, assign(committee), hold(committee)]
    fail = ("fail", {"ground": "no-agreement", "routes_told": ["court"]})
    for end in (sign(committee), sign(committee, form="oral"), fail, None):
        mediation_id = await doors.apply(committee)
        steps = [(verb, body | at) for verb, body in [*begun, *([end] if end else [])]]
        await doors.tell(mediation_id, *steps, role=Role.BACKFILL)
    refused = await doors.apply(committee)
    steps = [(verb, body | at) for verb, body in (assign(committee), REFUSE)]
    await doors.tell(refused, *steps, role=Role.BACKFILL)

    async def paid(first: str, last: str) -> list[tuple[int, int]]:
        period: dict[str, Any] = {"from": first, "to": last}
        answer = await doors.get("/mediators/subsidies", role=Role.CLERK, **period)
        items = answer.json()["items"]
        assert [each["mediator_id"] for each in items] == list(committee.mediators)
        return [(each["disputes"], each["written_agreements"]) for each in items]

    assert await paid("2025-03-01", "2025-03-31") == [(3, 1), (0, 0), (0, 0)]
    assert await paid("2025-04-01", "2025-04-30") == [(0, 0)] * 3
    backwards = await doors.get("/mediators/subsidies", role=Role.CLERK, **BACKWARDS)
    assert problem(backwards) == "invalid-input"


async def test_a_dispute_that_failed_before_any_session_is_a_mediated_one_in_the_list(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    at = {"occurred_at": "2025-03-31T23:30:00+08:00"}
    for verb, told in (("fail", "party-absent"), ("terminate", "party-not-found")):
        end = (verb, {"ground": told, "routes_told": ["court"]})
        steps = [(verb, body | at) for verb, body in (CONSENT, assign(committee), end)]
        await doors.tell(await doors.apply(committee), *steps, role=Role.BACKFILL)
    answer = await doors.get("/mediators/subsidies", role=Role.CLERK, **A_MONTH)
    assert [each["disputes"] for each in answer.json()["items"]] == [1, 0, 0]


async def test_nothing_hides_in_a_name_on_a_mediator_s_day(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    committee = await doors.set_up(post="post-hidden")
    people = [{"person": {"name": name}} for name in ("吴\u202e桂\n兰\u200b", "\u200b")]
    with monkeypatch.context() as earlier_release:
        earlier_release.setattr("shared.vault.bodies.says_nothing", lambda _: False)
        mediation_id = await doors.apply(committee, applicants=people[:1], respondents=people[1:])
    await doors.tell(mediation_id, assign(committee))
    [item] = (await doors.get("/mediations/mine/today", ref="post-hidden")).json()["items"]
    assert item["who"] == "吴〔U+202E〕桂 兰 与 某人"


async def test_a_mediator_s_day_is_told_in_plain_words(doors: Doors) -> None:
    ref = "post-day"
    committee = await doors.set_up(post=ref)
    open_one, signed_one, waiting = [await doors.apply(committee) for _ in range(3)]
    await doors.tell(open_one, CONSENT, assign(committee))
    await doors.tell(signed_one, CONSENT, assign(committee), hold(committee))
    at = {"occurred_at": LONG_AGO}
    old = [
        (verb, body | at)
        for verb, body in (
            CONSENT,
            assign(committee),
            hold(committee),
            sign(committee, "2025-02-01"),
        )
    ]
    await doors.tell(waiting, *old, role=Role.BACKFILL)
    told = (await doors.get("/mediations/mine/today", ref=ref)).json()
    assert told["say"] == "今天您手上有3件。"
    overdue = told["items"][0]
    assert (overdue["mediation_id"], overdue["who"]) == (waiting, "吴桂兰 与 李长根")
    assert overdue["say"].startswith("协议已签。有一期已过期")
    assert "，还有30天。" in told["items"][1]["say"]
    nobody = (await doors.get("/mediations/mine/today", ref="post-nobody")).json()
    assert (nobody["items"], nobody["say"]) == ([], "今天您手上没有要办的。")
    assert (
        await doors.get("/mediations/mine/today", ref=POST, role=Role.CLERK)
    ).status_code == 403


async def test_a_signed_dispute_presses_by_its_instalments_alone(doors: Doors) -> None:
    ref = "post-pressed"
    committee = await doors.set_up(post=ref)
    open_one, signed, unasked = [await doors.apply(committee) for _ in range(3)]
    at = {"occurred_at": LONG_AGO}
    late = str(china_day(datetime.now(UTC)) + timedelta(days=300))
    steps = (CONSENT, assign(committee), hold(committee), sign(committee, late))
    await doors.tell(signed, *[(verb, body | at) for verb, body in steps], role=Role.BACKFILL)
    await doors.tell(open_one, CONSENT, assign(committee))
    await doors.tell(unasked, assign(committee))
    items = (await doors.get("/mediations/mine/today", ref=ref)).json()["items"]
    assert [each["mediation_id"] for each in items] == [unasked, open_one, signed]


async def test_a_list_that_is_cut_says_how_many_there_are(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "_MOST", 1)
    committee = await doors.set_up(post="post-many")
    for _ in range(2):
        await doors.tell(await doors.apply(committee), assign(committee))
    told = (await doors.get("/mediations/mine/today", ref="post-many")).json()
    assert (told["say"], len(told["items"])) == ("今天您手上有2件，先列出1件。", 1)

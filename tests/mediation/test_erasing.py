"""A party is erased: nobody reads their name, their phone or the texts about them any more."""

import asyncio
from typing import Any

import psycopg
import pytest

from shared.divisions import new_id
from shared.identity import Role
from shared.office.purging import delete_files
from tests.erased_texts import readable
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    KEYS,
    NEIGHBOUR,
    TOWNSHIP,
    WU,
    Body,
    Committee,
    Doors,
    assign,
    hold,
    problem,
    sign,
)
from tests.mediation.filling import history, written

pytestmark = pytest.mark.parts

NAME, PHONE = "欧阳秋水", "13777770001"
TEXT = f"{NAME}说沟是她挖的，电话{PHONE}。"
WHY = {"reason_code": "at-request"}
FAILED = ("fail", {"ground": "no-agreement", "routes_told": ["court", "arbitration"]})


async def a_dispute(doors: Doors, committee: Committee, *, ended: bool = True) -> tuple[str, str]:
    """A dispute full of the person's words, some of them sent under a key; and the party's id."""
    mediation_id = await doors.apply(
        committee,
        applicants=[{"person": {"name": NAME, "phone": PHONE}}],
        narrative=TEXT,
    )
    consent = (CONSENT[0], CONSENT[1] | {"text": TEXT})
    for verb, body in (
        consent,
        assign(committee),
        hold(committee, record=TEXT),
        ("draft", {"dictation": TEXT}),
        ("fill-in-paper", written("mediation-application", request=TEXT)),
    ):
        path = f"/mediations/{mediation_id}/{verb}"
        answer = await doors.post(path, body, Idempotency_Key=f"{mediation_id}-{verb}")
        assert answer.status_code == 200, answer.text
    if ended:
        await doors.tell(mediation_id, FAILED)
    applied = (await history(doors, mediation_id))[0]["data"]
    return mediation_id, str(applied["applicants"][0])


async def erase(doors: Doors, party_id: str, body: Body = WHY, **how: Any) -> Any:
    how = {"role": Role.TOWNSHIP_LEADER} | how
    return await doors.post(f"/parties/{party_id}/erase", body, **how)


def found(doors: Doors, *words: str) -> list[str]:
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        texts = list(readable(superuser, doors.office.vault, KEYS))
    return [word for word in words if any(word in text for text in texts)]


async def test_whoever_has_the_service_key_and_all_rows_reads_nothing_of_them(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    mediation_id, party_id = await a_dispute(doors, committee)
    assert found(doors, NAME, PHONE) == [NAME, PHONE]
    answer = await erase(doors, party_id)
    assert answer.status_code == 200, answer.text
    assert answer.json()["files"] == 2
    assert delete_files(doors.database.owner_dsn, COUNTY) == (2, [])
    assert found(doors, NAME, PHONE) == []
    assert delete_files(doors.database.owner_dsn, COUNTY) == (0, [])
    sheet = await doors.get(f"/mediations/{mediation_id}/sheet")
    assert sheet.status_code == 200
    assert NAME not in sheet.text
    assert (await doors.get(f"/mediations/{mediation_id}/papers")).json()["items"] == []


async def test_the_event_says_why_and_as_what_and_never_who(
    doors: Doors, committee: Committee
) -> None:
    _, party_id = await a_dispute(doors, committee)
    answer = (await erase(doors, party_id)).json()
    (event,) = await doors.office.ledger.stream(COUNTY, answer["erasure_id"])
    assert event.kind == "person-erased"
    assert party_id not in event.data
    assert '"by_role":"township-leader"' in event.data
    assert '"reason_code":"at-request"' in event.data


async def test_others_keep_their_files_and_other_disputes_their_texts(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    other = await doors.apply(committee, narrative="另一件事。")
    _, party_id = await a_dispute(doors, committee)
    await erase(doors, party_id)
    assert found(doors, WU["name"], "另一件事。", "李长根") == [WU["name"], "另一件事。", "李长根"]
    assert (await doors.get(f"/mediations/{other}/sheet")).json()["narrative"] == "另一件事。"


async def test_a_party_who_was_replaced_is_erased_from_the_dispute_as_well(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    mediation_id = await doors.apply(
        committee, applicants=[{"person": {"name": NAME}}], narrative=TEXT
    )
    first = (await history(doors, mediation_id))[0]["data"]["applicants"][0]
    named = {"side": "respondent", "parties": [{"person": {"name": "王五"}}]}
    before = (await history(doors, mediation_id))[0]["data"]["respondents"][0]
    await doors.tell(mediation_id, ("name-parties", named))
    assert problem(await erase(doors, before)) == "party-of-a-running-dispute"
    refused = {"side": "respondent", "routes_told": ["court"]}
    assert (await doors.post(f"/mediations/{mediation_id}/refuse", refused)).status_code == 200
    assert (await erase(doors, before)).json()["files"] == 2
    assert (await erase(doors, first)).json()["files"] == 1
    delete_files(doors.database.owner_dsn, COUNTY)
    assert found(doors, NAME, "王五") == ["王五"]


async def test_while_a_dispute_goes_on_its_parties_are_not_erased(
    doors: Doors, committee: Committee
) -> None:
    mediation_id, party_id = await a_dispute(doors, committee, ended=False)
    refused = await erase(doors, party_id)
    assert problem(refused) == "party-of-a-running-dispute"
    assert refused.json()["mediation_id"] == mediation_id
    assert (await doors.get(f"/mediations/{mediation_id}/sheet")).json()["narrative"] == TEXT


async def test_only_the_townships_leader_erases_and_only_whom_the_township_knows(
    doors: Doors, committee: Committee
) -> None:
    mediation_id, party_id = await a_dispute(doors, committee)
    for role in set(Role) - {Role.TOWNSHIP_LEADER}:
        assert problem(await erase(doors, party_id, role=role)) == "role-not-allowed"
    for nobody in (new_id(TOWNSHIP), mediation_id):
        assert problem(await erase(doors, nobody)) == "person-not-found"
    assert problem(await erase(doors, party_id, division=NEIGHBOUR)) == "person-not-found"
    assert problem(await erase(doors, party_id, {"reason_code": "why not"})) == "invalid-input"


async def test_a_mediator_is_not_erased(doors: Doors, committee: Committee) -> None:
    (event,) = await doors.office.ledger.stream(COUNTY, committee.mediator)
    person_ref = event.data.split('"person_ref":"')[1].split('"')[0]
    assert problem(await erase(doors, person_ref)) == "mediator-is-not-erased"


async def test_who_was_erased_is_not_erased_twice_and_a_repeat_has_its_answer(
    doors: Doors, committee: Committee
) -> None:
    _, party_id = await a_dispute(doors, committee)
    first = await erase(doors, party_id, Idempotency_Key="erase-1")
    again = await erase(doors, party_id, Idempotency_Key="erase-1")
    assert again.content == first.content
    assert problem(await erase(doors, party_id)) == "person-erased"


async def test_a_repeated_draft_has_ids_and_no_words(doors: Doors, committee: Committee) -> None:
    mediation_id, party_id = await a_dispute(doors, committee)
    await erase(doors, party_id)
    again = await doors.post(
        f"/mediations/{mediation_id}/draft",
        {"dictation": TEXT},
        Idempotency_Key=f"{mediation_id}-draft",
    )
    assert again.status_code == 200
    assert again.json()["mediation_id"] == mediation_id
    assert "draft" not in again.json()


async def test_nothing_of_an_erased_person_is_read_before_the_files_are_deleted(
    doors: Doors, committee: Committee
) -> None:
    mediation_id, party_id = await a_dispute(doors, committee)
    await erase(doors, party_id)
    sheet = await doors.get(f"/mediations/{mediation_id}/sheet")
    assert sheet.status_code == 200
    assert NAME not in sheet.text
    assert PHONE not in sheet.text
    assert problem(await doors.get(f"/mediations/{mediation_id}/draft")) == "no-draft-stands"
    assert (await doors.get(f"/mediations/{mediation_id}/papers")).json()["items"] == []


async def test_two_parties_of_a_dispute_erased_at_the_same_time_are_both_erased(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    mediation_id, party_id = await a_dispute(doors, committee)
    other = (await history(doors, mediation_id))[0]["data"]["respondents"][0]
    answers = await asyncio.gather(erase(doors, party_id), erase(doors, other))
    assert sorted(each.json()["files"] for each in answers) == [1, 2]
    assert delete_files(doors.database.owner_dsn, COUNTY) == (3, [])


async def test_receipts_of_an_earlier_release_go_with_the_texts_that_they_hold(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    _, party_id = await a_dispute(doors, committee)
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        answers_in_full(superuser, TEXT.encode())
    assert found(doors, TEXT) == [TEXT]
    await erase(doors, party_id)
    delete_files(doors.database.owner_dsn, COUNTY)
    assert found(doors, TEXT) == []


async def test_a_request_is_a_repeat_also_after_the_files_are_deleted(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    mediation_id, party_id = await a_dispute(doors, committee, ended=False)
    await doors.tell(mediation_id, sign(committee), ("perform", {}))
    path, visited = (
        f"/mediations/{mediation_id}/follow-up",
        {"method": "visit", "outcome": "settled"},
    )
    first = await doors.post(path, visited, Idempotency_Key="visit-1")
    assert first.status_code == 200, first.text
    assert (await erase(doors, party_id)).status_code == 200
    assert delete_files(doors.database.owner_dsn, COUNTY) == (2, [])
    again = await doors.post(path, visited, Idempotency_Key="visit-1")
    assert again.content == first.content
    kinds = [each["event"] for each in await history(doors, mediation_id)]
    assert kinds.count("follow-up-made") == 1


def answers_in_full(superuser: psycopg.Connection, answer: bytes) -> None:
    """As earlier releases sealed them."""
    envelope = KEYS.for_purpose("receipt-seal")
    for route, key, mac in superuser.execute(
        "select route, idempotency_key, request_mac from command_receipt"
    ).fetchall():
        bound_to = b"\0".join((route.encode(), key.encode(), bytes(mac)))
        superuser.execute(
            "update command_receipt set response = %s where idempotency_key = %s",
            (envelope.seal(answer, bound_to=bound_to), key),
        )


async def test_the_service_can_change_and_delete_nothing_of_the_vault(
    doors: Doors, committee: Committee
) -> None:
    with psycopg.connect(doors.database.dsn, autocommit=True) as connection:
        connection.execute("select set_config('concord.scope', %s, false)", (TOWNSHIP,))
        for attempt in (
            "delete from vault_person",
            "delete from vault_entry",
            "delete from vault_erased",
            "update vault_person set wrapped_key = ''",
            "update vault_entry set sealed = ''",
            "update vault_erased set person_ref = ''",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(attempt.encode())


async def test_files_closed_without_an_erasure_are_not_deleted(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    await a_dispute(doors, committee)
    with psycopg.connect(doors.database.dsn, autocommit=True) as connection:
        connection.execute("select set_config('concord.scope', %s, false)", (TOWNSHIP,))
        connection.execute(
            "insert into vault_erased select division_code, person_ref from vault_person"
        )
    assert delete_files(doors.database.owner_dsn, COUNTY) == (0, [TOWNSHIP])
    assert found(doors, NAME) == [NAME]

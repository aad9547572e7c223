"""A request that is sent again is answered again, from receipts that name nobody."""

import psycopg
import pytest

from tests.mediation.doors import (
    CONSENT,
    KEYS,
    LI,
    WU,
    Body,
    Committee,
    Doors,
    Step,
    assign,
    hold,
    sign,
)
from tests.mediation.filling import erase, in_session, written
from tests.receipts import opened_receipts

pytestmark = pytest.mark.parts

RARE = "\U000323af"
"""A character of a name that no face has."""
DICTATION = f"甲方{WU['name']}（电话{WU['phone']}），乙方{LI['name']}。乙方六月三十日前付两千元。"
FAR = "2030-06-30"


def steps(committee: Committee) -> list[Step]:
    return [
        CONSENT,
        assign(committee),
        hold(committee),
        ("draft", {"dictation": DICTATION}),
        ("fill-in-paper", written("mediation-application", request=f"{RARE}要一个说法。")),
        sign(committee, FAR),
        (
            "request-confirmation",
            {"court": "county-court", "jointly_by": ["applicant", "respondent"]},
        ),
    ]


async def test_every_command_is_answered_again_as_it_was_when_the_record_went_on(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await doors.apply(committee)
    sent = []
    for place, (verb, body) in enumerate(steps(committee)):
        path = f"/mediations/{mediation_id}/{verb}"
        key = f"{mediation_id}-{place}"
        sent.append((path, body, key, await doors.post(path, body, Idempotency_Key=key)))
    for path, body, key, first in sent:
        assert first.status_code == 200, first.text
        again = await doors.post(path, body, Idempotency_Key=key)
        assert again.content == first.content
        assert again.headers["Concord-Position"] == first.headers["Concord-Position"]


async def test_no_receipt_names_anybody_to_whoever_has_the_services_key(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    for verb, body in steps(committee)[3:5]:
        path = f"/mediations/{mediation_id}/{verb}"
        answer = await doors.post(path, body, Idempotency_Key=f"{mediation_id}-{verb}")
        assert answer.status_code == 200, answer.text
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        receipts = list(opened_receipts(superuser, KEYS))
    assert len(receipts) >= 2
    for word in (WU["name"], WU["phone"], LI["name"], "两千", RARE):
        assert not [each for each in receipts if word in each.decode()]


async def test_a_repeat_after_the_erasure_of_a_disputes_texts_has_ids_and_no_text(
    doors: Doors, committee: Committee
) -> None:
    mediation_id = await in_session(doors, committee)
    sent: list[tuple[str, Body, Body]] = []
    for verb, body in steps(committee)[3:5]:
        path = f"/mediations/{mediation_id}/{verb}"
        answer = await doors.post(path, body, Idempotency_Key=f"{mediation_id}-{verb}")
        sent.append((path, body, answer.json()))
    erase(doors, mediation_id)
    for path, body, once in sent:
        verb = path.rpartition("/")[2]
        again = await doors.post(path, body, Idempotency_Key=f"{mediation_id}-{verb}")
        assert again.status_code == 200
        private = {"draft": once.pop("draft", None), "unprinted": once.pop("unprinted", None)}
        assert any(private.values())
        left = again.json()
        assert left.pop("unprinted", []) == []
        assert left == once

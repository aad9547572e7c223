"""Brings a petitioner's words in by the routes of residents, and an office's question to them."""

from typing import Any

import httpx

from tests.attack.planting import (
    ADDRESS,
    FILING,
    NAME,
    PHONE,
    REPLY,
    SENTENCE,
    TOWNSHIP,
    Planting,
)


def plant_by_residents(planting: Planting) -> None:
    begun = planting.post(f"/townships/{TOWNSHIP}/cases", FILING)
    assert begun.status_code == 201
    filed = begun.json()
    known = {"number": filed["number"], "code": filed["query_code"]}
    asking = planting.post(f"/cases/{filed['case_id']}/ask", {"code": "facts", "text": REPLY})
    assert asking.status_code == 200, asking.text
    question = _seen(planting, known)["questions"][0]["question_id"]
    key = {"Idempotency-Key": PHONE, "X-Correlation-Id": PHONE, "User-Agent": PHONE}
    for verb, body in (
        ("contact", {"phone": PHONE, "address": ADDRESS}),
        ("answer", {"question_id": question, "text": SENTENCE + NAME}),
        ("receipt", {}),
        ("receipt", {"format": "pdf"}),
    ):
        assert _asked(planting, verb, known | body, headers=key).status_code == 200, verb
    for verb, body in (
        ("contact", {"phone": PHONE, NAME: 1}),
        ("contact", {"address": ADDRESS * 200}),
        ("answer", {"question_id": NAME, "text": SENTENCE}),
        ("answer", {"question_id": filed["case_id"], "text": SENTENCE}),
        ("answer", {"question_id": question, "text": NAME}),
        ("request-review", {"level": NAME}),
        ("request-review", {"level": "review"}),
        ("receipt", {"format": PHONE}),
        ("", {"code": PHONE[:10]}),
        ("", {"number": NAME}),
    ):
        assert _asked(planting, verb, known | body).is_error, (verb, body)


def _asked(planting: Planting, verb: str, body: dict[str, Any], **more: Any) -> httpx.Response:
    path = f"/resident/case/{verb}".rstrip("/")
    return planting.post(path, body, **more)


def _seen(planting: Planting, known: dict[str, str]) -> dict[str, Any]:
    """What the petitioner is shown, with the question's own words: that is no leak."""
    answer = planting.doors.client.post(f"{planting.run.url('intake')}/resident/case", json=known)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown

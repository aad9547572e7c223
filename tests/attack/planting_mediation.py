"""Brings what the parties of a dispute say in by mediation's doors, through refusals and faults."""

from typing import Any

import orjson

from services.mediation.api.context import NAMING
from shared.divisions import new_id
from shared.identity import Role
from shared.office.paper_values import written_of
from tests.attack.holdings import failing
from tests.attack.mediation_wishes import APPLICATION
from tests.attack.planting import (
    ADDRESS,
    ANSWER_TEXT,
    CAUSE,
    EMPLOYER,
    IDENTITY,
    NAME,
    PERSON,
    PHONE,
    REPLY,
    SENTENCE,
    TOWNSHIP,
    Planting,
)
from tests.flow.mediating import Mediating
from tests.mediation.doors import Committee, Step, assign, hold, sign
from tests.mediation.papers.samples import BY_FORM

_APPLY = f"/townships/{TOWNSHIP}/mediations"


def plant_by_mediation(planting: Planting) -> None:
    """A whole mediation, with a person's words wherever a text is taken."""
    committee = Mediating(planting.doors, TOWNSHIP).set_up()
    member = {"person": PERSON, "kinds": ["certified"]}
    assert _post(planting, f"/townships/{TOWNSHIP}/mediators", member).status_code == 201
    body = _application(committee)
    begun = _post(planting, _APPLY, body)
    assert begun.status_code == 201
    mediation = str(begun.json()["mediation_id"])
    for verb, wish in _steps(committee):
        answer = _post(planting, f"/mediations/{mediation}/{verb}", wish)
        if answer.status_code != 200:
            raise AssertionError(f"{verb}: {answer.status_code}")
    for path in (f"/mediations/{mediation}", "/mediations", "/committees"):
        planting.ask("mediation", "GET", path, role=Role.AUDITOR)
    planting.ask("mediation", "GET", "/mediators", role=Role.AUDITOR)
    _on_a_sheet(planting, mediation)
    _refused(planting, committee, mediation)
    _failing(planting, committee, mediation)


def _on_a_sheet(planting: Planting, mediation: str) -> None:
    """Shown to those who speak with people; what is answered to anybody else is looked through."""
    path = f"/mediations/{mediation}/sheet"
    for role in NAMING:
        told = planting.ask("mediation", "GET", path, role=role).text
        planting.said.pop()
        assert all(word in told for word in (NAME, PHONE, SENTENCE, ANSWER_TEXT, REPLY, EMPLOYER))
        assert not [word for word in (IDENTITY, ADDRESS) if word in told]
    for role in set(Role) - set(NAMING):
        assert planting.ask("mediation", "GET", path, role=role).status_code == 403
    for asked in ({NAME: PHONE}, {"at_least": NAME}):
        assert planting.ask("mediation", "GET", path, params=asked).status_code == 422


def _post(planting: Planting, path: str, body: Any) -> Any:
    """What is answered is looked through as well, but for a draft: it is what was said."""
    key = {"Idempotency-Key": new_id(TOWNSHIP)}
    answer = planting.ask("mediation", "POST", path, json=body, headers=key)
    if path.endswith("/draft"):
        planting.said.pop()
    return answer


def _application(committee: Committee) -> dict[str, Any]:
    return APPLICATION | {
        "committee_id": committee.committee_id,
        "applicants": [{"person": PERSON}],
        "respondents": [{"person": PERSON | {"name": NAME}}],
        "narrative": SENTENCE,
        "cause": CAUSE,
    }


def _steps(committee: Committee) -> list[Step]:
    paper = written_of(BY_FORM["mediation-agreement"])
    party = {"side": "申请人", "name": NAME, "address": ADDRESS, "contact": PHONE}
    values = paper | {"parties": [party], "facts": SENTENCE, "terms": REPLY}
    found = {
        "side": "respondent",
        "parties": [{"person": PERSON | {"name": NAME}}],
        "narrative": SENTENCE,
    }
    return [
        ("name-parties", found),
        ("consent", {"side": "respondent", "how": "orally", "text": ANSWER_TEXT}),
        assign(committee),
        hold(committee, record=REPLY),
        ("draft", {"dictation": f"甲方{NAME}说{SENTENCE}"}),
        ("fill-in-paper", {"form": "mediation-agreement", "values": values}),
        sign(committee, text=f"{SENTENCE}{REPLY}"),
    ]


def _refused(planting: Planting, committee: Committee, mediation: str) -> None:
    good = _application(committee)
    for body in (
        good | {NAME: SENTENCE, "origin": NAME},
        good | {"applicants": [{"party_id": IDENTITY}], "village_code": PHONE},
        good | {"applicants": [{"person": PERSON | {NAME: 1}}], "narrative": SENTENCE * 2000},
        good | {"committee_id": f"{TOWNSHIP}-{PHONE}"},
    ):
        assert _post(planting, _APPLY, body).status_code == 422
    # of one that is not signed, where a notice of its end may be filled in
    other = str(_post(planting, _APPLY, good).json()["mediation_id"])
    form = {"form": "mediation-termination"}
    numbered = written_of(BY_FORM["mediation-termination"]) | {"number": f"{NAME}{PHONE}"}
    for values in (
        numbered,
        {NAME: SENTENCE},
        {"facts": 1, "dated": NAME},
        {"seal": NAME, "copies": 1},
    ):
        path = f"/mediations/{other}/fill-in-paper"
        assert _post(planting, path, form | {"values": values}).status_code == 422
    for path in (f"/mediations/{NAME}", f"/mediations/{mediation}/papers/{PHONE}"):
        assert planting.ask("mediation", "GET", path, params={"q": NAME}).is_error


def _failing(planting: Planting, committee: Committee, mediation: str) -> None:
    for table in ("vault_entry", "mediation_board", "event"):
        with failing(planting.run, table, database="mediation"):
            answer = _post(planting, _APPLY, _application(committee))
        assert (answer.status_code, answer.json()["type"]) == (500, "/problems/unexpected")
    values = written_of(BY_FORM["mediation-application"]) | {"facts": SENTENCE, "request": NAME}
    body = {"form": "mediation-application", "values": values}
    with failing(planting.run, "mediation_paper", database="mediation"):
        answer = _post(planting, f"/mediations/{mediation}/fill-in-paper", body)
    assert answer.status_code == 500
    assert orjson.loads(answer.content)["status"] == 500

"""Brings a petitioner's words in by every door, through refusals, faults and an import.

Every planted word is made up and stands nowhere else; what is found of one is a leak.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson

from deploy.local.run_folder import RunFolder
from shared.identity import Role
from shared.organisation import check_character
from tests.attack.holdings import failing
from tests.attack.townships import POST, UNIT, filed, registered
from tests.deploy.commands import System
from tests.flow.doors import Doors
from tests.opinions import an_opinion
from tests.shared.attachments.files import jpeg, pdf

TOWNSHIP = "519900173"
NAME, PHONE, IDENTITY = "欧阳柒贰叁", "00055501739", "519900000055501732"
ADDRESS, SENTENCE = "槐荫巷柒拾叁号后院", "夜里总有人把柒号井的井盖搬走。"
ANSWER_TEXT, REPLY = "井盖已经换成带锁的柒式样。", "已派人每晚巡看柒号井。"
EMPLOYER, _CODE = "柒泓砖瓦有限责任公司", "91500110MA7301739"
EMPLOYER_CODE = _CODE + check_character(_CODE)
CAUSE = {"title": EMPLOYER, "registration_number": EMPLOYER_CODE}
PLANTED = (
    *(NAME, PHONE, IDENTITY, ADDRESS, SENTENCE, ANSWER_TEXT, REPLY),
    *(EMPLOYER, EMPLOYER_CODE),
)
PERSON = {"name": NAME, "phone": PHONE, "id_number": IDENTITY, "address": ADDRESS}
FILING = {
    "channel": "visit",
    "purpose": "request",
    "category": "land",
    "person": PERSON,
    "narrative": SENTENCE,
    "cause": CAUSE,
}
MAPPING = """
[source]
name = "planted"
timezone = "Asia/Shanghai"
[case]
number = { column = "号" }
filed_at = { column = "日" }
channel = { value = "visit" }
purpose = { value = "request" }
category = { value = "land" }
division = { value = "519900173" }
person = { column = "人" }
phone = { column = "话" }
narrative = { column = "事" }
[answer]
at = { column = "复日" }
text = { column = "复" }
"""


@dataclass
class Planting:
    """Brings the words in, and keeps whatever was said about it."""

    doors: Doors
    said: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def run(self) -> RunFolder:
        return self.doors.run

    def ask(self, service: str, method: str, path: str, **more: Any) -> httpx.Response:
        bearer = self.doors.bearer(more.pop("role", Role.TOWNSHIP_LEADER), TOWNSHIP)
        headers = bearer | more.pop("headers", {})
        answer = self.doors.client.request(
            method, f"{self.run.url(service)}{path}", headers=headers, **more
        )
        told = f"{answer.headers}\n{answer.text}".encode()
        self.said.append((f"{method} {path[:20]}: {answer.status_code}", told))
        return answer

    def post(self, path: str, body: Any, **more: Any) -> httpx.Response:
        return self.ask("intake", "POST", path, json=body, **more)


def plant_by_commands(planting: Planting) -> None:
    path = f"/townships/{TOWNSHIP}/cases"
    key = {"Idempotency-Key": PHONE, "X-Correlation-Id": PHONE, "User-Agent": PHONE}
    begun = planting.post(path, FILING, headers=key)
    assert begun.status_code == 201
    case = begun.json()["case_id"]
    assert planting.post(path, FILING, headers=key).json() == begun.json()
    for verb, body in (
        ("accept", {"responsible_unit": "water-bureau"}),
        (
            "answer",
            {"result": "supported", "method": "in-person", "opinion": an_opinion(ANSWER_TEXT)},
        ),
        (
            "record-statement",
            {"statement": "opinion-accepted", "way": "in-writing", "text": SENTENCE + PHONE},
        ),
        ("correct", {"why": "typing-error", "cause": {"title": EMPLOYER}}),
        ("state-withdrawal", {"way": "by-phone", "text": NAME + SENTENCE}),
    ):
        assert planting.post(f"/cases/{case}/{verb}", body).status_code == 200
    plant_by_files(planting, case)
    plant_by_accusing(planting)
    plant_by_conferring(planting)
    plant_by_owning(planting, case)
    planting.ask("intake", "GET", f"/cases/{case}")
    planting.ask("intake", "GET", "/cases")
    plant_by_reading(planting, case)


def plant_by_accusing(planting: Planting) -> None:
    """As an accusation, and as a case that is recognised as one later."""
    path = f"/townships/{TOWNSHIP}/cases"
    stated = {name: value for name, value in FILING.items() if name != "cause"}
    accusing = planting.post(path, stated | {"purpose": "accusation"})
    assert accusing.status_code == 201
    assert planting.post(path, FILING | {"purpose": "accusation"}).status_code == 422
    case = planting.post(path, stated).json()["case_id"]
    routed = planting.post(f"/cases/{case}/route", {"lane": "discipline", "ground": "by-law"})
    assert routed.status_code == 200
    for part in ("person", "text"):
        assert planting.ask("intake", "GET", f"/cases/{case}/{part}").status_code == 404


def plant_by_conferring(planting: Planting) -> None:
    """In the minutes of a conference, in a decision, and in what was done."""
    registered(planting.doors, TOWNSHIP, "units", UNIT)
    unit = UNIT["code"]
    held = {"form": "joint-assessment", "units": [unit], "minutes": NAME + SENTENCE}
    begun = planting.post(f"/townships/{TOWNSHIP}/conferences", held)
    assert begun.status_code == 201
    path = f"/conferences/{begun.json()['conference_id']}"
    task = {"unit": unit, "due_on": "2199-12-31", "decision": ANSWER_TEXT}
    [task_id] = planting.post(f"{path}/set-task", task).json()["task_ids"]
    done = planting.post(f"{path}/complete-task", {"task_id": task_id, "words": REPLY + PHONE})
    assert done.status_code == 200
    planting.ask("intake", "GET", path)


def plant_by_owning(planting: Planting, case: str) -> None:
    """In the plan of a key case, and in what was done."""
    registered(planting.doors, TOWNSHIP, "posts", POST | {"unit": UNIT["code"]})
    taken = {
        "case_id": case,
        "leader_post": POST["code"],
        "task_force": [UNIT["code"]],
        "plan": NAME + SENTENCE,
        "backlog": True,
    }
    begun = planting.post(f"/townships/{TOWNSHIP}/key-cases", taken)
    assert begun.status_code == 201, begun.text
    path = f"/key-cases/{begun.json()['key_case_id']}"
    step = {"step": "petitioner-met", "words": REPLY + PHONE}
    assert planting.post(f"{path}/record-step", step).status_code == 200
    planting.ask("intake", "GET", path)
    planting.ask("intake", "GET", "/key-cases")


def plant_by_files(planting: Planting, case: str) -> None:
    """In a PDF that is taken, in what describes a photograph, and in files that are refused."""
    scanned = pdf(PHONE + IDENTITY)
    photograph = jpeg(by=PHONE + IDENTITY)
    for content, status in (
        (scanned, 201),
        (photograph, 201),
        (scanned[:-40] + PHONE.encode(), 422),
        (f"<svg>{NAME}</svg>".encode(), 415),
        (NAME.encode() * 200_000, 415),
        (PHONE.encode() * 2**20, 413),
    ):
        headers = {"Content-Type": f"image/{PHONE}", "Idempotency-Key": f"{PHONE}{len(content)}"}
        answer = planting.ask(
            "intake", "PUT", "/attachments", params={"of": case}, content=content, headers=headers
        )
        assert answer.status_code == status, answer.text
        if status == 201:
            body = {"digest": answer.json()["digest"], "kind": "evidence"}
            assert planting.post(f"/cases/{case}/attach", body).status_code == 200


def plant_by_reading(planting: Planting, case: str) -> None:
    """Whom the case is with reads it whole, and looks the petitioner up; both are recorded."""
    bearer = planting.doors.bearer(Role.TOWNSHIP_LEADER, TOWNSHIP)
    for part, word in (("person", PHONE), ("text", SENTENCE)):
        shown = planting.doors.client.get(
            f"{planting.run.url('intake')}/cases/{case}/{part}", headers=bearer
        )
        assert (shown.status_code, word in shown.text) == (200, True)
        assert planting.ask("intake", "GET", f"/cases/{case}/{part}", role=Role.AUDITOR).is_error
    for body in ({"phone": PHONE}, {"id_number": IDENTITY}, {"phone": PHONE, NAME: PHONE}):
        planting.post("/persons/look-up", body)
    assert planting.post("/persons/look-up", {"phone": PHONE}).json()["items"]
    asking = {"reason_code": "supervision", "purpose": SENTENCE + NAME}
    asked = planting.post(f"/cases/{case}/ask-reveal", asking, role=Role.CLERK).json()
    approved = planting.post(f"/cases/{case}/approve-reveal", {"reveal_id": asked["reveal_id"]})
    assert approved.status_code == 200, approved.text
    log = planting.ask("intake", "GET", "/openings", params={"of": case}, role=Role.AUDITOR)
    assert len(log.json()["items"]) >= 3


def plant_by_refusals(planting: Planting) -> None:
    path = f"/townships/{TOWNSHIP}/cases"
    for body in (
        FILING | {NAME: SENTENCE, PHONE: 1},
        FILING | {"channel": NAME, "village_code": PHONE, "occurred_at": SENTENCE},
        FILING | {"person": PERSON | {"name": {PHONE: NAME}, NAME: 1}},
        FILING | {"narrative": SENTENCE * 2000, "matter_id": IDENTITY, "headcount": PHONE},
        FILING | {"cause": {"title": NAME, "registration_number": EMPLOYER_CODE}},
        FILING | {"cause": {"title": EMPLOYER, "registration_number": IDENTITY}},
        FILING | {"cause": {"title": EMPLOYER + NAME}},
        FILING | {"cause": CAUSE | {NAME: PHONE}},
        FILING | {"complained_unit": NAME, "repeat_of": f"{TOWNSHIP}-{IDENTITY}"},
        [FILING],
    ):
        assert planting.post(path, body).status_code == 422
    whole = orjson.dumps(FILING)
    for content in (whole[:-3], whole + whole, whole[:-1] + b',"narrative":"' + SENTENCE.encode()):
        headers = {"Content-Type": "application/json"}
        assert planting.ask("intake", "POST", path, content=content, headers=headers).is_error
    for address in (f"/cases/{NAME}", f"/{SENTENCE}", f"/cases/{TOWNSHIP}-{PHONE}", f"/{PHONE}/x"):
        assert planting.ask("intake", "GET", address, params={"q": NAME}).is_error
        assert planting.ask("stats", "GET", address, params={NAME: PHONE}).is_error
    for query in ({NAME: PHONE}, {"division": PHONE}, {"cursor": SENTENCE}, {"at_least": NAME}):
        assert planting.ask("intake", "GET", "/cases", params=query).status_code == 422
    for query in ({"ids": NAME}, {"period": NAME}, {"as_of": SENTENCE}, {"category": PHONE}):
        asked = {"division": TOWNSHIP, "period": "all"} | query
        assert planting.ask("stats", "GET", "/figures", params=asked).is_error
    for header in ("Authorization", "If-Match", "Idempotency-Key", "Content-Type", "Accept"):
        planting.ask("intake", "POST", path, json=FILING, headers={header: f"Bearer {PHONE} x"})
    planting.ask("issuer", "POST", "/token", json={"role": NAME, "division": PHONE})


def plant_by_faults(planting: Planting) -> None:
    path = f"/townships/{TOWNSHIP}/cases"
    for table in ("vault_entry", "case_board", "event"):
        with failing(planting.run, table):
            answer = planting.post(path, FILING | {"narrative": SENTENCE})
        assert (answer.status_code, answer.json()["type"]) == (500, "/problems/unexpected")
    case = filed(planting.doors, TOWNSHIP)
    with failing(planting.run, "vault_entry"):
        planting.post(f"/cases/{case}/accept", {"responsible_unit": "water-bureau"})
        body = {"result": "supported", "method": "in-person", "opinion": an_opinion(ANSWER_TEXT)}
        assert planting.post(f"/cases/{case}/answer", body).status_code == 500


def plant_by_import(planting: Planting, whole: System, folder: Path) -> None:
    good = ["7301", "2025-03-04 10:00:00", NAME, PHONE, SENTENCE, "2025-03-09 10:00:00", REPLY]
    late = ["7302", SENTENCE, NAME, PHONE, SENTENCE, NAME, REPLY]
    lines = [["号", "日", "人", "话", "事", "复日", "复"], good, late]
    register, mapping = folder / "register.csv", folder / "mapping.toml"
    register.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    rejects = folder / "rejects.csv"
    words = ["import", str(register), "--mapping", str(mapping), "--rejects", str(rejects)]
    said = whole.concord(*words, expect=1)
    assert "7301" not in said
    planting.said += [("concord import", said.encode()), ("rejects", rejects.read_bytes())]
    assert rejects.read_bytes().count(b"\n") == 2
    row = {"row": 1, "number": NAME * 20, "division": TOWNSHIP, "file": {"at": SENTENCE}}
    body = {"source": "planted", "rows": [row | {"facts": [{"do": NAME, "text": REPLY}]}]}
    assert planting.post("/cases/import", body, role=Role.BACKFILL).json()["rejected"] == 1
    for number in (NAME, PHONE, IDENTITY):
        filing = {"at": "2025-03-04T10:00:00+08:00", "person": PERSON}
        row = {"row": 1, "number": number, "division": TOWNSHIP, "file": filing}
        body = {"source": "planted", "rows": [row]}
        assert planting.post("/cases/import", body, role=Role.BACKFILL).json()["rejected"] == 1


def filed_position(planting: Planting) -> str:
    """Of one more case: whatever came before it has been relayed and folded, too."""
    answer = planting.post(f"/townships/{TOWNSHIP}/cases", FILING)
    return str(answer.headers["Concord-Position"])

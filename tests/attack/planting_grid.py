"""Brings what somebody tells a grid worker in by grid's API, through refusals and faults."""

from typing import Any

from services.grid.api.roles import NAMING
from shared.divisions import new_id
from shared.identity import Role
from tests.attack.grid_records import GridRecords
from tests.attack.holdings import failing
from tests.attack.planting import (
    ANSWER_TEXT,
    CAUSE,
    EMPLOYER,
    NAME,
    PERSON,
    PHONE,
    REPLY,
    SENTENCE,
    TOWNSHIP,
    Planting,
)

_SUBMIT = f"/townships/{TOWNSHIP}/reports"
_PUSH = f"/townships/{TOWNSHIP}/hotline-orders"


def plant_by_grid(planting: Planting) -> None:
    """A report's whole way, with a person's words wherever a text is taken."""
    records = GridRecords.made(planting.doors, TOWNSHIP)
    worker = {"person": PERSON, "from_day": "2025-01-01"}
    enrolled = _post(planting, f"/townships/{TOWNSHIP}/grid-workers", worker)
    assert enrolled.status_code == 201
    about = {"grid_code": records.grid, "topic": "noise", "words": SENTENCE}
    good: dict[str, Any] = about | {"persons": [PERSON], "cause": CAUSE}
    begun = _post(planting, _SUBMIT, good)
    assert begun.status_code == 201
    path = f"/reports/{begun.json()['report_id']}"
    for verb, body in (
        ("validate", {}),
        ("dispatch", {"to_unit": "water-office"}),
        ("return", {"reason": "other", "words": REPLY}),
        ("dispatch", {"to_unit": "labour-office"}),
        ("handle", {"result": "solved", "words": ANSWER_TEXT}),
    ):
        assert _post(planting, f"{path}/{verb}", body).status_code == 200, verb
    _converted(planting, good)
    _plant_in_periods(planting)
    order = _plant_by_the_hotline(planting)
    _plant_in_warnings(planting, begun.json()["matter_id"])
    for asked in (path, order, "/reports", "/signals", "/grid-workers", "/patrols", "/grids"):
        planting.ask("grid", "GET", asked, role=Role.AUDITOR)
    _shown_to_those_who_have_to_do_with_it(planting, path)
    _refused(planting, good, path)
    _failing(planting, good)


def _plant_in_periods(planting: Planting) -> None:
    """In the words of a weekly report and of an assessment."""
    week, month = (
        f"/townships/{TOWNSHIP}/weekly-reports/2025-W08",
        f"/townships/{TOWNSHIP}/assessments",
    )
    assert _post(planting, f"{week}/file", {"words": SENTENCE}).status_code == 201
    held = {"month": "2025-02", "participants": 3, "words": SENTENCE}
    assert _post(planting, month, held).status_code == 201
    for asked in (week, f"{week}/draft", f"{month}/2025-02", f"{month}/2025-02/draft"):
        assert planting.ask("grid", "GET", asked, role=Role.AUDITOR).status_code == 200
    for asked in (f"{week}/words", f"{month}/2025-02/words"):
        assert SENTENCE in planting.ask("grid", "GET", asked, role=Role.CLERK).text
        planting.said.pop()
        assert planting.ask("grid", "GET", asked, role=Role.HANDLER).status_code == 403


def _plant_in_warnings(planting: Planting, matter_id: str) -> None:
    """In what a post says of a warning of each kind, and in the plan of a watched matter."""
    raising, watching = f"/townships/{TOWNSHIP}/warnings", f"/townships/{TOWNSHIP}/watches"
    warned = {"level": "red", "matter_id": matter_id, "words": SENTENCE}
    entry = {"owner_unit": "labour-office", "plan": SENTENCE}
    entry |= {"review_by": "2199-01-01", "expires_on": "2199-06-30"}
    paths = []
    for kind in ("matter", "safety"):
        begun = _post(planting, raising, warned | {"subject_kind": kind})
        assert begun.status_code == 201
        paths.append(f"/warnings/{begun.json()['warning_id']}")
    watched = {"how": "watched", "words": REPLY, "watch": entry}
    assert _post(planting, f"{paths[0]}/dispose", watched).status_code == 200
    false = {"reason": "no-matter", "words": REPLY}
    assert _post(planting, f"{paths[1]}/find-false", false).status_code == 200
    begun = _post(planting, watching, entry | {"matter_id": matter_id})
    assert begun.status_code == 201
    watch = f"/watches/{begun.json()['watch_id']}"
    for verb, body in (
        ("review", {"review_by": "2199-02-01"}),
        ("end", {"why": "settled"}),
        ("find-unjustified", {"reason": "wrong-record"}),
    ):
        assert _post(planting, f"{watch}/{verb}", body | {"words": REPLY}).status_code == 200
    for body in (
        warned | {"subject_kind": NAME},
        warned | {"subject_kind": "matter", "level": PHONE},
        warned | {"subject_kind": "matter", NAME: SENTENCE},
        warned | {"subject_kind": "matter", "matter_id": NAME},
    ):
        assert _post(planting, raising, body).status_code == 422
    assert _post(planting, watching, entry | {"matter_id": NAME}).status_code == 422
    for asked in (paths[0], watch, "/warnings", "/watches"):
        assert planting.ask("grid", "GET", asked, role=Role.AUDITOR).status_code == 200
    for asked in (*(f"{path}/words" for path in paths), f"{watch}/words"):
        shown = planting.ask("grid", "GET", asked, role=Role.TOWNSHIP_LEADER).text
        planting.said.pop()
        assert all(word in shown for word in (SENTENCE, REPLY))
        assert planting.ask("grid", "GET", asked, role=Role.AUDITOR).status_code == 403
    with failing(planting.run, "warning_board", database="grid"):
        failed = _post(planting, raising, warned | {"subject_kind": "matter"})
    assert (failed.status_code, failed.json()["type"]) == (500, "/problems/unexpected")


def _plant_by_the_hotline(planting: Planting) -> str:
    """An order with a person's words wherever a text is taken; gives its path."""
    good = {
        "number": "12345-planted-1",
        "category": "other",
        "title": SENTENCE,
        "words": SENTENCE,
        "spot": SENTENCE,
        "company": NAME,
        "tags": [NAME],
        "caller": PERSON,
        "to_unit": "water-office",
    }
    begun = _post(planting, _PUSH, good)
    assert begun.status_code == 201
    path = f"/signals/{begun.json()['signal_id']}"
    assert _post(planting, _PUSH, good | {"title": REPLY}).status_code == 409
    for body in (
        good | {"number": NAME},
        good | {"number": f"{NAME} 1"},
        good | {"number": f"{NAME}1"},
        good | {"topic": SENTENCE, "village_code": PHONE},
        good | {"caller": PERSON | {NAME: 1}},
        good | {"confidential": True},
        good | {"to_unit": NAME, "complained_unit": NAME},
    ):
        assert _post(planting, _PUSH, body).status_code == 422
    done = {"result": "explained", "words": ANSWER_TEXT}
    assert _post(planting, f"{path}/answer", done).status_code == 200
    for role in NAMING:
        shown = planting.ask("grid", "GET", f"{path}/words", role=role).text
        planting.said.pop()
        assert all(word in shown for word in (NAME, PHONE, SENTENCE, ANSWER_TEXT))
        assert planting.ask("grid", "GET", f"{path}/suggestions", role=role).status_code == 200
    rows = [{"row": 1, "number": NAME, "division": TOWNSHIP, "register": {"words": SENTENCE}}]
    table = {"source": "planted", "rows": rows}
    answer = planting.ask("grid", "POST", "/hotline-orders/import", json=table, role=Role.BACKFILL)
    assert (answer.status_code, answer.json()["rejected"]) == (200, 1)
    with failing(planting.run, "signal_board", database="grid"):
        failed = _post(planting, _PUSH, good | {"number": "12345-planted-2"})
    assert (failed.status_code, failed.json()["type"]) == (500, "/problems/unexpected")
    return path


def _post(planting: Planting, path: str, body: Any) -> Any:
    key = {"Idempotency-Key": new_id(TOWNSHIP)}
    return planting.ask("grid", "POST", path, json=body, headers=key)


def _shown_to_those_who_have_to_do_with_it(planting: Planting, path: str) -> None:
    for role in NAMING:
        told = planting.ask("grid", "GET", f"{path}/words", role=role).text
        planting.said.pop()
        assert all(word in told for word in (NAME, PHONE, SENTENCE, ANSWER_TEXT, REPLY, EMPLOYER))
    for role in set(Role) - {*NAMING, Role.GRID_WORKER, Role.HANDLER}:
        answer = planting.ask("grid", "GET", f"{path}/words", role=role)
        assert answer.status_code == 403
    assert planting.ask("grid", "GET", f"{path}/words", role=Role.GRID_WORKER).status_code == 403


def _converted(planting: Planting, good: dict[str, Any]) -> None:
    """Whoever takes a converted report up is shown everything, and nobody else anything."""
    path = f"/reports/{_post(planting, _SUBMIT, good).json()['report_id']}"
    for verb, body in (("validate", {}), ("convert", {"to": "case", "words": ANSWER_TEXT})):
        assert _post(planting, f"{path}/{verb}", body).status_code == 200, verb
    taking = {Role.CLERK, Role.TOWNSHIP_LEADER}
    for role in taking:
        told = planting.ask("grid", "GET", f"{path}/for-take-over", role=role).text
        planting.said.pop()
        assert all(word in told for word in (NAME, PHONE, SENTENCE, ANSWER_TEXT))
    for role in set(Role) - taking:
        answer = planting.ask("grid", "GET", f"{path}/for-take-over", role=role)
        assert answer.status_code == 403


def _refused(planting: Planting, good: dict[str, Any], path: str) -> None:
    for body in (
        good | {NAME: SENTENCE},
        good | {"topic": SENTENCE, "grid_code": PHONE},
        good | {"persons": [PERSON | {NAME: 1}]},
        good | {"words": SENTENCE * 2000},
        good | {"grid_code": f"{TOWNSHIP}999999"},
    ):
        assert _post(planting, _SUBMIT, body).status_code == 422
    early = _post(planting, f"{path}/rate", {"rater": NAME, "grade": PHONE})
    assert early.status_code == 422
    patrol = {"patrols": [{"client_id": NAME, "grid_code": PHONE, SENTENCE: REPLY}]}
    told = _post(planting, f"/townships/{TOWNSHIP}/patrols", patrol)
    assert (told.status_code, told.json()["refused"]) == (200, 1)


def _failing(planting: Planting, good: dict[str, Any]) -> None:
    for table in ("vault_entry", "report_board", "event"):
        with failing(planting.run, table, database="grid"):
            answer = _post(planting, _SUBMIT, good)
        assert (answer.status_code, answer.json()["type"]) == (500, "/problems/unexpected")

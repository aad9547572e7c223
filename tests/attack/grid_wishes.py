"""A good request for every command of grid; ids that are not known before stand as $WORDS."""

from collections.abc import Mapping
from typing import Any

from shared.identity import Role
from tests.attack.grid_records import (
    SINCE,
    WORKER,
    a_patrol,
    a_report,
    a_warning,
    a_watch,
    an_order,
)
from tests.attack.wish import CAUSE, HERE, NOWHERE, SOME_PAPER, Wish
from tests.grid.doors import square

_VILLAGE = {"village_code": f"{HERE}998", "name": "青云村", "valid_from": SINCE}
_GRID = {"grid_code": f"{HERE}001999", "name": "一组", "kind": "basic", "valid_from": SINCE}
_ENDS: dict[str, Any] = {"last_day": "2025-06-30", "how": "abolished"}
_RIGHT: dict[str, Any] = {"name": "青水村", "valid_from": "2024-07-01"}
_SERVES = {"assignment_id": NOWHERE, "worker_id": "$WORKER", "first_day": SINCE}
_AFTER = {
    "assignment_id": NOWHERE,
    "successor_assignment_id": f"{NOWHERE[:-1]}2",
    "worker_id": "$NEXT_WORKER",
    "first_day": "2025-03-01",
}
_ENDED = {"assignment_id": NOWHERE, "last_day": "2025-06-30"}
ASSIGN = ("assign", _SERVES)

_TO_UNIT, _DONE = {"to_unit": "water-office"}, {"result": "solved", "words": "已接通。"}
_CONFIRMED = {"confirmed": True, "how": "visit"}
_Step = tuple[str, dict[str, Any]]
VALIDATE: _Step = ("validate", {})
DISPATCH, HANDLE = ("dispatch", _TO_UNIT), ("handle", _DONE)
VERIFY = ("verify", _CONFIRMED)
CLOSE: _Step = ("close", {})
_DISPATCHED = (VALIDATE, DISPATCH)
_REPORT = a_report(f"{HERE}001002") | {"cause": CAUSE}
OF_A_REPORT: Mapping[str, Wish] = {
    "validate": Wish({}, {"occurred_at": None}),
    "correct": Wish(
        {"about_unit": "roads-office", "why": "stated-later", "words": "本人说明。"},
        {"about_unit": None, "why": "typing-error"},
    ),
    "reject": Wish({"reason": "unclear", "words": "说不清。"}, {"reason": "duplicate"}),
    "solve-on-site": Wish(_DONE, _DONE | {"result": "explained"}, (VALIDATE,)),
    "dispatch": Wish(_TO_UNIT, {"to_unit": "labour-office"}, (VALIDATE,)),
    "return": Wish(
        {"reason": "not-our-remit", "words": "不归我们管。"}, {"reason": "unclear"}, _DISPATCHED
    ),
    "convert": Wish({"to": "case", "words": "请立案。"}, {"to": "case"}, (VALIDATE,)),
    "handle": Wish(_DONE, _DONE | {"result": "explained"}, _DISPATCHED),
    "verify": Wish(_CONFIRMED, _CONFIRMED | {"how": "call"}, (*_DISPATCHED, HANDLE)),
    "close": Wish({}, {"occurred_at": None}, (*_DISPATCHED, HANDLE, VERIFY)),
    "rate": Wish(
        {"rater": "affected", "grade": "satisfied"},
        {"rater": "affected", "grade": "basically"},
        (*_DISPATCHED, HANDLE, VERIFY, CLOSE),
    ),
    "attach": Wish(
        {"digest": SOME_PAPER, "kind": "evidence"},
        {"digest": SOME_PAPER, "kind": "handling"},
        names_upload=True,
    ),
    "escalate": Wish(
        {"to_level": "centre", "reason": "urgent"}, {"to_level": "township", "reason": "other"}
    ),
}

_FILED: dict[str, Any] = {"words": "本周主要是供水问题。"}
_HELD: dict[str, Any] = {"month": "2025-02", "participants": 7, "words": "研判供水问题。"}

_ORDER = an_order("12345-attack-1")
_MESSAGE = {"source": "elders-group", "category": "land", "words": "两家争一条田埂。"}
_OF_THE_REPORT = {"report_id": "$REPORT", "to_unit": "water-office", "due_on": "2025-03-11"}
_LINKED = {"to_report_id": "$REPORT", "why": "duplicate"}
OF_A_SIGNAL: Mapping[str, Wish] = {
    "answer": Wish({"result": "solved", "words": "已接通。"}, {"result": "explained"}),
    "correct": Wish({"topic": "roads"}, {"complained_unit": "roads-office"}),
    "assign": Wish({"to_unit": "water-office"}, {"to_unit": "roads-office"}),
    "void": Wish({"reason": "opened-by-mistake"}, {"reason": "opened-twice"}),
    "link": Wish(_LINKED, _LINKED | {"why": "same-matter"}),
    "unlink": Wish({}, {"occurred_at": None}, (("link", _LINKED),)),
    "merge": Wish({"duplicates": ["$SIGNAL"]}, {"duplicates": [NOWHERE]}),
    "unmerge": Wish({}, {"duplicates": ["$SIGNAL"]}),
}

_WARNED, _WATCHED = a_warning("$MATTER"), a_watch("$MATTER")
_HOW = {"how": "settled", "words": "已化解。"}
OF_A_WARNING: Mapping[str, Wish] = {
    "acknowledge": Wish({}, {"occurred_at": None}),
    "change-level": Wish(
        {"to_level": "red", "why": "worse"}, {"to_level": "yellow", "why": "other"}
    ),
    "dispose": Wish(_HOW, _HOW | {"how": "other"}),
    "find-false": Wish({"reason": "no-matter"}, {"reason": "wrong-record"}),
}
OF_A_WATCH: Mapping[str, Wish] = {
    "review": Wish({"review_by": "2199-02-01"}, {"review_by": "2199-03-01"}),
    "end": Wish({"why": "settled"}, {"why": "not-needed"}),
    "find-unjustified": Wish({"reason": "wrong-record"}, {"reason": "no-matter"}),
}

_TABLE: dict[str, Any] = {
    "source": "attack",
    "rows": [{"row": 1, "division": HERE, "register": {}}],
}
_IMPORT = Wish(_TABLE, _TABLE | {"rows": []}, largest=8 << 20, role=Role.BACKFILL)
GRID: Mapping[str, Wish] = {
    "/villages/import": _IMPORT,
    "/grids/import": _IMPORT,
    "/grid-workers/import": _IMPORT,
    "/hotline-orders/import": _IMPORT,
    "/townships/{division}/villages": Wish(_VILLAGE, _VILLAGE | {"kind": "village"}),
    "/villages/{village_id}/dissolve": Wish(_ENDS, _ENDS | {"last_day": "2025-12-31"}),
    "/villages/{village_id}/correct": Wish(_RIGHT, _RIGHT | {"kind": "community"}),
    "/grids/{grid_id}/correct": Wish({"name": "东片"}, {"name": "西片", "kind": "micro"}),
    "/townships/{division}/grids": Wish(
        _GRID | {"boundary": square()}, _GRID | {"boundary": square(side=0.02)}
    ),
    "/grids/{grid_id}/draw-boundary": Wish(
        {"boundary": square()}, {"boundary": square(side=0.02)}
    ),
    "/grids/{grid_id}/assign": Wish(_SERVES, _SERVES | {"worker_id": "$NEXT_WORKER"}),
    "/grids/{grid_id}/take-over": Wish(_AFTER, _AFTER | {"first_day": "2025-04-01"}, (ASSIGN,)),
    "/grids/{grid_id}/end-assignment": Wish(
        _ENDED, _ENDED | {"last_day": "2025-12-31"}, (ASSIGN,)
    ),
    "/grids/{grid_id}/void-assignment": Wish(
        {"assignment_id": NOWHERE, "reason": "by-mistake"},
        {"assignment_id": NOWHERE, "reason": "otherwise-in-fact"},
        (ASSIGN,),
    ),
    "/grids/{grid_id}/dissolve": Wish(_ENDS, _ENDS | {"last_day": "2025-12-31"}),
    "/townships/{division}/patrols": Wish(
        {"patrols": [a_patrol(f"{HERE}001002")]}, {"patrols": [{}]}
    ),
    "/patrols/{patrol_id}/void": Wish({"reason": "by-mistake"}, {"reason": "otherwise-in-fact"}),
    "/townships/{division}/grid-workers": Wish(WORKER, WORKER | {"employment": "part-time"}),
    "/grid-workers/{worker_id}/enrol": Wish(
        {"employment": "part-time", "from_day": "2025-03-01"},
        {"employment": "part-time", "from_day": "2025-04-01"},
    ),
    "/grid-workers/{worker_id}/leave": Wish(
        {"last_day": "2025-06-30"}, {"last_day": "2025-12-31"}
    ),
    "/townships/{division}/weekly-reports/{week}/file": Wish(
        _FILED, _FILED | {"matters": [NOWHERE]}
    ),
    "/townships/{division}/assessments": Wish(_HELD, _HELD | {"participants": 8}),
    "/townships/{division}/reports": Wish(_REPORT, _REPORT | {"topic": "roads"}),
    **{f"/reports/{{report_id}}/{verb}": wish for verb, wish in OF_A_REPORT.items()},
    "/townships/{division}/hotline-orders": Wish(_ORDER, _ORDER | {"kind": "complaint"}),
    "/townships/{division}/signals": Wish(_MESSAGE, _MESSAGE | {"category": "other"}),
    "/townships/{division}/work-orders": Wish(_OF_THE_REPORT, _OF_THE_REPORT | {"nature": "lead"}),
    **{f"/signals/{{signal_id}}/{verb}": wish for verb, wish in OF_A_SIGNAL.items()},
    "/townships/{division}/warnings": Wish(_WARNED, _WARNED | {"level": "red"}),
    **{f"/warnings/{{warning_id}}/{verb}": wish for verb, wish in OF_A_WARNING.items()},
    "/townships/{division}/watches": Wish(_WATCHED, _WATCHED | {"review_by": "2199-02-01"}),
    **{f"/watches/{{watch_id}}/{verb}": wish for verb, wish in OF_A_WATCH.items()},
}

"""What is sent for each command of a life: `$names` stand for what the life has come to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.identity import Role
from shared.times import china_day
from tests.opinions import OPINION

Known = dict[str, str]
"""What a life knows: its division, and the ids that answers have named."""
Body = Mapping[str, Any]

_TODAY = china_day(datetime.now(UTC))
_DAYS = [(_TODAY + timedelta(days=days)).isoformat() for days in (30, 60)]
_LONG_AGO = (_TODAY - timedelta(days=30)).isoformat()
"""A withdrawal that a backfill states of that day has taken effect."""
_TERM_FROM = (_TODAY - timedelta(days=90)).isoformat()
_SU, _HAN = {"name": "测试丁", "phone": "000-5550142"}, {"name": "测试戊"}
_ROUTES = ["court", "arbitration"]
_LEGALITY = {
    "checked": [
        *("free-will", "mandatory-law", "contracted-land", "public-interest"),
        *("rights-of-others", "good-morals", "clear-terms"),
    ]
}
_PARTS = [
    *("number", "parties", "facts", "issue", "liabilities", "terms", "performance-mode"),
    *("performance-date", "party-signatures", "mediator-signature", "committee-seal", "copies"),
]
_ORAL_PARTS = [
    *("parties", "issue", "terms", "performance-mode", "performance-date", "mediator-signature")
]
_DISPUTE = {
    "category": "land",
    "dispute_kind": "neighbours",
    "committee_id": "$committee",
    "applicants": [{"person": _SU}],
    "respondents": [{"person": _HAN}],
    "narrative": "共用的水沟谁来清，两家说法不一。",
}
_SESSION = {
    "mode": "joint",
    "place_kind": "village-office",
    "mediator_id": "$mediator",
    "people": {"party": 2, "mediator": 1},
    "record": "各让一步，改日再谈。",
}
_APART = {"mode": "caucus", "side": "applicant", "people": {"party": 1, "mediator": 1}}
_FIRST = {"side": "applicant", "how": "in-writing"}
_SECOND = {"side": "respondent", "how": "orally"}
_LEFT = {"routes_told": _ROUTES}
_AGREEMENT = {"mediator_id": "$mediator", "legality": _LEGALITY, "text": "水沟两家轮流清理。"}


@dataclass(frozen=True, slots=True)
class Deed:
    """How a command is asked for."""

    service: str
    path: str
    body: Body = field(default_factory=dict)
    names: str | None = None
    """What the answer names that later commands need."""
    role: Role = Role.TOWNSHIP_LEADER

    def address(self, known: Known) -> str:
        return "/".join(_filled(part, known) for part in self.path.split("/"))

    def filled(self, known: Known) -> Any:
        return _filled(self.body, known)


def _filled(value: Any, known: Known) -> Any:
    match value:
        case str() if value.startswith("$"):
            return known[value[1:]]
        case list():
            return [_filled(each, known) for each in value]
        case Mapping():
            return {name: _filled(each, known) for name, each in value.items()}
        case _:
            return value


def _begins(service: str, what: str, body: Body, names: str) -> Deed:
    return Deed(service, f"/townships/$division/{what}", body, names)


def _case(verb: str, *, role: Role = Role.TOWNSHIP_LEADER, **body: Any) -> Deed:
    return Deed("intake", f"/cases/$case/{verb}", body, role=role)


def _report(verb: str, **body: Any) -> Deed:
    return Deed("grid", f"/reports/$report/{verb}", body)


def _dispute(verb: str, **body: Any) -> Deed:
    return Deed("mediation", f"/mediations/$mediation/{verb}", body)


_FILING = {
    "channel": "visit",
    "purpose": "request",
    "category": "land",
    "headcount": 1,
    "first_or_repeat": "first",
    "person": {"name": "测试丙", "phone": "000-5550199"},
    "narrative": "渠道年久失修，请查。",
}
_WITHDRAWAL: dict[str, Any] = {"way": "in-writing", "text": "自愿撤回。"}
_MEDIATOR = {"person": {"name": "测试己"}, "kinds": ["certified"]}
_COMMITTEE = {
    "kind": "township",
    "name": "试验镇",
    "members": ["$mediator 1", "$mediator 2", "$mediator 3"],
    "women": 1,
    "term_from": _TERM_FROM,
}

_VILLAGE = {"village_code": "$village_code", "name": "试验村", "kind": "village"}
_GRID = {"grid_code": "$grid_code", "name": "试验网格", "kind": "basic"}
_REPORT = {
    "grid_code": "$grid_code",
    "topic": "water-supply",
    "urgency": "normal",
    "source": "patrol",
    "words": "水管又坏了。",
}
_FROM = {"valid_from": "2025-01-01"}
_WORKER = {"person": {"name": "测试庚"}, "employment": "full-time", "from_day": "2025-01-01"}
_DAYS_AGO = (_TODAY - timedelta(days=3)).isoformat()


def _walk(number: int, grid: str = "$grid_code") -> Body:
    """A line of a batch, under an id that its life has drawn."""
    return {
        "client_id": f"$client {number}",
        "grid_code": grid,
        "done_at": f"{_DAYS_AGO}T09:00:00+08:00",
        "found": False,
        "worker_id": "$worker",
    }


_NOT_SERVED = "519900199999999"
_WALKS = [_walk(1), _walk(2, _NOT_SERVED), _walk(1), _walk(3), _walk(4, _NOT_SERVED)]
"""Two patrols, one of them twice, and two lines that are refused each for itself."""

DEEDS: Mapping[str, Deed] = {
    "file": _begins("intake", "cases", _FILING, "case"),
    "file-of-long-ago": _begins("intake", "cases", _FILING | {"received_on": _LONG_AGO}, "case"),
    "forward": _case("forward", to_unit="water-station"),
    "accept": _case("accept", responsible_unit="land-office"),
    "answer": _case(
        "answer", result="supported", measures=["solve"], method="in-person", opinion=OPINION
    ),
    "accept-opinion": _case(
        "record-statement", statement="opinion-accepted", way="in-writing", text="认可处理意见。"
    ),
    "resolve": _case("resolve", how="opinion-accepted"),
    "state-withdrawal": _case("state-withdrawal", **_WITHDRAWAL),
    "state-withdrawal-of-long-ago": _case(
        "state-withdrawal", role=Role.BACKFILL, happened_on=_LONG_AGO, **_WITHDRAWAL
    ),
    "take-back-withdrawal": _case("take-back-withdrawal", way="by-phone"),
    "withdraw": _case("withdraw", statement_recorded=True),
    "divert": _case("divert", route="litigation"),
    "check": _case("check-closing", by="unit-head"),
    "check-by-office": _case("check-closing", by="petition-office", role=Role.CLERK),
    "close": _case("close", outcome="supported"),
    "close-mediated": _case("close", outcome="mediated"),
    "reopen": _case("reopen", reason="new-facts"),
    "refer": _case("refer-to-mediation", committee_id="$committee"),
    "refer-to-nobody": _case("refer-to-mediation", committee_id="$mediator"),
    "register-village": _begins("grid", "villages", _VILLAGE | _FROM, "village"),
    "define-grid": _begins("grid", "grids", _GRID | _FROM, "grid"),
    "enrol-worker": _begins("grid", "grid-workers", _WORKER, "worker"),
    "serve": Deed(
        "grid", "/grids/$grid/assign", {"worker_id": "$worker", "first_day": "2025-01-01"}
    ),
    "patrol": Deed(
        "grid", "/townships/$division/patrols", {"patrols": _WALKS}, role=Role.BACKFILL
    ),
    "report": _begins("grid", "reports", _REPORT, "report"),
    "validate-report": _report("validate"),
    "reject-report": _report("reject", reason="unclear", words="说不清。"),
    "convert-report": _report("convert", to="mediation", committee_id="$committee"),
    "convert-report-to-nobody": _report("convert", to="mediation", committee_id="$mediator"),
    "dispatch-report": _report("dispatch", to_unit="petition-office"),
    "handle-report": _report("handle", result="solved", words="已修好。"),
    "verify-report": _report("verify", confirmed=True, how="visit"),
    "close-report": _report("close"),
    "enrol": _begins("mediation", "mediators", _MEDIATOR, "mediator"),
    "establish": _begins("mediation", "committees", _COMMITTEE, "committee"),
    "apply": _begins("mediation", "mediations", _DISPUTE | {"origin": "applied"}, "mediation"),
    "apply-naming-a-case": _begins(
        "mediation",
        "mediations",
        _DISPUTE | {"origin": "proactive", "case_id": "$case"},
        "mediation",
    ),
    "refuse": _dispute("refuse", side="respondent", **_LEFT),
    "consent": _dispute("consent", **_FIRST),
    "open": _dispute("consent", **_SECOND),
    "consent-by-name": _dispute("consent", **_FIRST, parties=[{"person": _SU}]),
    "open-by-name": _dispute("consent", **_SECOND, parties=[{"person": _HAN}]),
    "withdraw-consent": _dispute("withdraw-consent", side="applicant", **_LEFT),
    "assign": _dispute("assign", mediator_id="$mediator"),
    "hold": _dispute("hold-session", **_SESSION),
    "hold-apart": _dispute("hold-session", **(_SESSION | _APART), session_id="$session"),
    "void-session": _dispute("void-session", session_id="$session", reason="by-mistake"),
    "draft": _dispute("draft", dictation="双方同意轮流清理水沟每年各一次"),
    "sign": _dispute("sign", form="written", parts=_PARTS, instalments=_DAYS, **_AGREEMENT),
    "sign-orally": _dispute("sign", form="oral", parts=_ORAL_PARTS, **_AGREEMENT),
    "fail": _dispute("fail", ground="no-agreement", **_LEFT),
    "void-end": _dispute("void-end", reason="by-mistake"),
    "terminate": _dispute("terminate", ground="party-not-found", **_LEFT),
    "follow-up": _dispute("follow-up", method="visit", outcome="settled"),
    "perform-first": _dispute("perform-instalment", instalment=1),
    "perform-last": _dispute("perform-instalment", instalment=2),
    "perform": _dispute("perform"),
    "breach": _dispute("breach", ground="refused", routes_offered=_ROUTES),
    "undo": _dispute("breach", ground="undone", routes_offered=_ROUTES),
}

LOADED = tuple(sorted({deed.service for deed in DEEDS.values()}))
"""The services that the load writes to: of no other can an event be caught on its way."""

"""A good request for every command of mediation; ids that are not known before stand as $WORDS."""

from collections.abc import Mapping
from typing import Any

import orjson

from shared.office.paper_values import written_of
from tests.attack.wish import CAUSE, NOWHERE, SOME_PAPER, Wish
from tests.mediation.doors import LEGALITY, PARTS, ROUTES, Committee
from tests.mediation.papers.samples import BY_FORM

APPLICATION: dict[str, Any] = {
    "origin": "applied",
    "category": "land",
    "dispute_kind": "neighbours",
    "committee_id": "$COMMITTEE",
    "applicants": [{"person": {"name": "某甲"}}],
    "respondents": [{"person": {"name": "某乙"}}],
    "narrative": "门前的沟归谁，说不清。",
}
_AGREED = {"side": "respondent", "how": "orally"}
_NAMED = {"side": "respondent", "parties": [{"person": {"name": "某丁"}}]}
_NO = {"side": "applicant", "routes_told": ROUTES}
_WHO = {"mediator_id": "$MEDIATOR"}
_STEPS_BACK = _WHO | {"ground": "relative"}
_LONGER = {"due_at": "2199-01-01T00:00:00+08:00", "agreed_by": ["applicant", "respondent"]}
_HELD = {
    **_WHO,
    "mode": "joint",
    "place_kind": "home",
    "people": {"party": 2, "mediator": 1},
    "record": "各让一步。",
    "session_id": NOWHERE,
}
_DRAFT = {"dictation": "双方同意分两次给三千块", "agreement_id": NOWHERE}
_SIGNED = {
    **_WHO,
    "form": "written",
    "legality": LEGALITY,
    "instalments": ["2198-01-01", "2198-02-01"],
    "text": "沟归两家共用。",
    "parts": PARTS,
    "number": "2025-1",
}
_GONE = {"ground": "party-not-found", "routes_told": ROUTES}
_MISTAKE, _OTHERWISE = {"reason": "by-mistake"}, {"reason": "otherwise-in-fact"}
CONSENT, ASSIGN = ("consent", _AGREED), ("assign", _WHO)
HOLD, SIGN = ("hold-session", _HELD), ("sign", _SIGNED)
TO_THE_SIGNING = (CONSENT, ASSIGN, HOLD, SIGN)
_ASKED = {"court": "county-court", "jointly_by": ["applicant", "respondent"]}
_BROKEN = {"ground": "refused", "routes_offered": ROUTES}
_SEATS = {"members": ["$MEDIATOR", "$SECOND", "$THIRD"], "women": 1}
_TERM = _SEATS | {"term_from": "2031-01-01"}
_COMMITTEE = _SEATS | {"kind": "township", "name": "青云镇", "term_from": "2025-01-01"}


def _paper(**changes: Any) -> dict[str, Any]:
    form = "mediation-application"
    return {"form": form, "values": written_of(BY_FORM[form]) | changes}


def with_ids_of(committee: Committee, body: Any) -> Any:
    """The body with the ids of this committee and of who sits in it for its $WORDS."""
    words = dict(zip(("$MEDIATOR", "$SECOND", "$THIRD"), committee.mediators, strict=True))
    words["$COMMITTEE"] = committee.committee_id
    text = orjson.dumps(body).decode()
    for word, named in words.items():
        text = text.replace(word, named)
    return orjson.loads(text)


OF_A_DISPUTE: Mapping[str, Wish] = {
    "name-parties": Wish(_NAMED, _NAMED | {"narrative": "某戊说的。", "parties": [{"person": {"name": "某戊"}}]}),
    "consent": Wish(_AGREED, _AGREED | {"how": "in-writing"}),
    "refuse": Wish(_NO | {"side": "respondent"}, _NO),
    "withdraw-consent": Wish(_NO, _NO | {"routes_told": ["court"]}),
    "assign": Wish(_WHO, {"mediator_id": "$SECOND"}),
    "recuse": Wish(_STEPS_BACK, _WHO | {"ground": "interest"}, (ASSIGN,)),
    "extend": Wish(_LONGER, _LONGER | {"due_at": "2199-02-01T00:00:00+08:00"}, (CONSENT,)),
    "hold-session": Wish(_HELD, _HELD | {"place_kind": "court"}, (CONSENT, ASSIGN)),
    "draft": Wish(_DRAFT, _DRAFT | {"form": "oral"}, (CONSENT,)),
    "sign": Wish(_SIGNED, _SIGNED | {"form": "oral"}, (CONSENT, ASSIGN, HOLD)),
    "fail": Wish(
        {"ground": "no-agreement", "routes_told": ROUTES},
        {"ground": "party-absent", "routes_told": ROUTES},
        (CONSENT,),
    ),
    "terminate": Wish(_GONE, _GONE | {"ground": "recorded-twice"}),
    "follow-up": Wish(
        {"method": "visit", "outcome": "settled", "follow_up_id": NOWHERE},
        {"method": "call", "outcome": "settled", "follow_up_id": NOWHERE},
        (("terminate", _GONE),),
    ),
    "void-consent": Wish(_MISTAKE | {"side": "applicant"}, _OTHERWISE | {"side": "applicant"}),
    "void-assignment": Wish(_MISTAKE | _WHO, _OTHERWISE | _WHO, (ASSIGN,)),
    "void-recusal": Wish(_MISTAKE | _WHO, _OTHERWISE | _WHO, (ASSIGN, ("recuse", _STEPS_BACK))),
    "void-extension": Wish(
        _MISTAKE | {"due_at": _LONGER["due_at"]},
        _OTHERWISE | {"due_at": _LONGER["due_at"]},
        (CONSENT, ("extend", _LONGER)),
    ),
    "void-session": Wish(
        _MISTAKE | {"session_id": NOWHERE},
        _OTHERWISE | {"session_id": NOWHERE},
        (CONSENT, ASSIGN, HOLD),
    ),
    "void-draft": Wish(
        _MISTAKE | {"agreement_id": NOWHERE},
        _OTHERWISE | {"agreement_id": NOWHERE},
        (CONSENT, ("draft", _DRAFT)),
    ),
    "void-end": Wish(_MISTAKE, _OTHERWISE, (("terminate", _GONE),)),
    "check-performance": Wish(
        {"finding": "behind", "check_id": NOWHERE},
        {"finding": "on-course", "check_id": NOWHERE},
        TO_THE_SIGNING,
    ),
    "perform-instalment": Wish({"instalment": 1}, {"instalment": 2}, TO_THE_SIGNING),
    "perform": Wish(
        {},
        {"occurred_at": None},
        (*TO_THE_SIGNING, ("perform-instalment", {"instalment": 1}),
         ("perform-instalment", {"instalment": 2})),
    ),
    "breach": Wish(_BROKEN, _BROKEN | {"routes_offered": ["court"]}, TO_THE_SIGNING),
    "request-confirmation": Wish(
        _ASKED, _ASKED | {"court": "another-court"}, TO_THE_SIGNING
    ),
    "decide-confirmation": Wish(
        {"result": "confirmed"},
        {"result": "refused"},
        (*TO_THE_SIGNING, ("request-confirmation", _ASKED)),
    ),
    "fill-in-paper": Wish(_paper(), _paper(request="再谈一次。")),
    "void-paper": Wish(
        _MISTAKE | {"digest": SOME_PAPER},
        _OTHERWISE | {"digest": SOME_PAPER},
        (("fill-in-paper", _paper()),),
    ),
}  # fmt: skip

MEDIATION: Mapping[str, Wish] = {
    "/townships/{division}/mediations": Wish(
        APPLICATION | {"cause": CAUSE}, APPLICATION | {"cause": CAUSE, "category": "health"}
    ),
    "/townships/{division}/mediators": Wish(
        {"person": {"name": "某丙"}, "kinds": ["certified"]},
        {"person": {"name": "某丙"}, "kinds": ["other"]},
    ),
    "/townships/{division}/committees": Wish(_COMMITTEE, _COMMITTEE | {"women": 2}),
    "/mediators/{mediator_id}/enrol": Wish({"kinds": ["other"]}, {"kinds": ["certified"]}),
    "/mediators/{mediator_id}/strike": Wish({}, {"occurred_at": None}),
    "/committees/{committee_id}/fill-seats": Wish(_SEATS | {"women": 2}, _SEATS),
    "/committees/{committee_id}/renew-term": Wish(_TERM, _TERM | {"women": 2}),
    "/committees/{committee_id}/file-seal": Wish(
        {"seal_digest": "a" * 64}, {"seal_digest": "b" * 64}
    ),
    "/committees/{committee_id}/dissolve": Wish({}, {"occurred_at": None}),
    **{f"/mediations/{{mediation_id}}/{verb}": wish for verb, wish in OF_A_DISPUTE.items()},
}

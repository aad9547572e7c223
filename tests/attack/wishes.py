"""A good request for every command; bad ones are made from these.

A command that is not listed here fails the tests, so that no route is left untried.
"""

from collections.abc import Mapping
from functools import partial

from shared.identity import Role
from tests.attack.grid_wishes import GRID
from tests.attack.mediation_wishes import MEDIATION
from tests.attack.townships import COUNTY, FILING, LANE, OWN_POST, OWN_UNIT, POST, UNIT
from tests.attack.wish import CAUSE, HERE, NOWHERE, SOME_PAPER, Wish
from tests.legal_acts import (
    CHECKS,
    DIVERTED,
    SETTLED,
    TAKEN_BACK,
    WITHDRAWAL,
    WITHDRAWAL_LONG_AGO,
    WITHDRAWN,
)
from tests.opinions import OPINION

ACCEPT = ("accept", {"responsible_unit": "justice-office"})
ANSWER = ("answer", {"result": "supported", "method": "in-person", "opinion": OPINION})
REVIEW = ("request-review", {"level": "review", "way": "in-writing"})
DECIDE = (
    "decide-review",
    {
        "level": "review",
        "result": "upheld",
        "by_unit": "county-government",
        "served_on": "$TODAY",
    },
)
DECLINE = ("decline", {"ground": "not-competent", "competent_unit": "water-bureau"})
NOTICE = ("notices", {"kind": "receipt"})
PAPER = {"seal": "青云镇人民政府", "contact": "青云镇综治中心"}
ISSUE = ("issue-opinion", {"result": "supported", "opinion": OPINION})
ROW = {"row": 1, "number": "1", "division": HERE, "file": {"at": "2025-03-04T10:00:00+08:00"}}

_HELD = ("hold", {"holder": "h-1", "since": "2025-02-01"})
UNITS_AND_POSTS: Mapping[str, Wish] = {
    "/divisions/{division}/units": Wish(UNIT, UNIT | {"unit_type": "finance"}),
    "/units/import": Wish(
        {"source": "attack", "rows": [{"row": 1, "division": HERE, "register": {}}]},
        {"source": "attack", "rows": []},
        largest=8 << 20,
        role=Role.BACKFILL,
    ),
    "/posts/import": Wish(
        {"source": "attack", "rows": [{"row": 1, "division": HERE, "register": {}}]},
        {"source": "attack", "rows": []},
        largest=8 << 20,
        role=Role.BACKFILL,
    ),
    "/units/{unit_id}/correct": Wish({"title": "水利管理站"}, {"unit_type": "finance"}),
    "/units/{unit_id}/end": Wish(
        {"on": "2025-06-01", "why": "merged", "successor": "$UNIT"},
        {"on": "2025-06-01", "why": "abolished"},
    ),
    "/divisions/{division}/posts": Wish(POST, POST | {"leads": True}),
    "/posts/{post_id}/correct": Wish({"leads": True}, {"portfolio": ["land"]}),
    "/posts/{post_id}/hold": Wish(_HELD[1], _HELD[1] | {"holder": "h-2"}),
    "/posts/{post_id}/vacate": Wish({"on": "2025-06-01"}, {"on": "2025-06-02"}, (_HELD,)),
    "/posts/{post_id}/name-substitute": Wish(
        {"substitute": OWN_POST, "since": "2025-06-01"},
        {"substitute": OWN_POST, "since": "2025-06-02"},
    ),
    "/posts/{post_id}/hand-over": Wish(
        {"to": OWN_POST, "on": "2025-06-01", "reason": "transfer"},
        {"to": OWN_POST, "on": "2025-06-01", "reason": "retirement"},
    ),
    "/posts/{post_id}/end": Wish({"on": "2025-06-01"}, {"on": "2025-06-02"}),
}

_WATER = {"to_unit": "water-bureau", "to_division": HERE}
TRANSFERS: Mapping[str, Wish] = {
    "/cases/{case_id}/take": Wish({}, {"happened_on": "$TODAY"}, record="received_case"),
    "/cases/{case_id}/object": Wish(
        {"reason_code": "not-competent"}, {"reason_code": "another-area"}, record="received_case"
    ),
    "/cases/{case_id}/decide-objection": Wish(
        {"upheld": False}, {"upheld": True}, record="objected_case"
    ),
    "/cases/{case_id}/assign": Wish(
        _WATER, _WATER | {"to_unit": "land-office"}, record="county_case", scope=COUNTY
    ),
}

_IN_THE_LANE = partial(Wish, scope=COUNTY, unit=LANE)
_TO_DISCIPLINE = ("transfer", {"to": "discipline"})
ACCUSATIONS: Mapping[str, Wish] = {
    "/accusations/{accusation_id}/acknowledge": _IN_THE_LANE(
        {"method": "post"}, {"method": "online"}
    ),
    "/accusations/{accusation_id}/transfer": _IN_THE_LANE(
        {"to": "discipline"}, {"to": "personnel"}
    ),
    "/accusations/{accusation_id}/note-outcome": _IN_THE_LANE(
        {"outcome": "handled"}, {"outcome": "passed-on"}, (_TO_DISCIPLINE,)
    ),
    "/accusations/{accusation_id}/close": _IN_THE_LANE(
        {}, {"happened_on": "$TODAY"}, (_TO_DISCIPLINE,)
    ),
}

_RECEPTION = {"form": "reception", "leader_post": OWN_POST, "place_kind": "governance-center"}
_VISIT = {"headcount": 5, "category": "land"}
_MISTAKE = {"reason": "by-mistake"}
RECEPTIONS: Mapping[str, Wish] = {
    "/townships/{division}/receptions": Wish(
        _RECEPTION | {"on": "$TODAY"}, _RECEPTION | {"on": "$TODAY", "form": "outreach"}
    ),
    "/townships/{division}/receptions/held": Wish(_RECEPTION, _RECEPTION | {"form": "outreach"}),
    "/receptions/{reception_id}/hold": Wish({}, {"form": "outreach"}),
    "/receptions/{reception_id}/receive-visit": Wish(_VISIT, _VISIT | {"headcount": 6}),
    "/receptions/{reception_id}/void-visit": Wish(
        _MISTAKE | {"visit_id": NOWHERE},
        {"visit_id": NOWHERE, "reason": "otherwise-in-fact"},
        (("receive-visit", _VISIT),),
    ),
    "/receptions/{reception_id}/void": Wish(_MISTAKE, {"reason": "otherwise-in-fact"}),
    "/townships/{division}/higher-visits": Wish(
        {"visited": "county", "person_times": 1}, {"visited": "province", "person_times": 1}
    ),
    "/higher-visits/{higher_visit_id}/void": Wish(_MISTAKE, {"reason": "otherwise-in-fact"}),
}

_CONFERENCE = {"form": "joint-assessment", "units": [OWN_UNIT], "minutes": "逐件研判。"}
_TASK = {"unit": OWN_UNIT, "due_on": "2199-12-31", "decision": "现场核查后答复。"}
_OF_TASK = {"task_id": NOWHERE}
_WITH_A_TASK = (("set-task", _TASK),)
CONFERENCES: Mapping[str, Wish] = {
    "/townships/{division}/conferences": Wish(
        _CONFERENCE, _CONFERENCE | {"form": "joint-conference"}
    ),
    "/conferences/{conference_id}/set-task": Wish(_TASK, _TASK | {"due_on": "2199-12-30"}),
    "/conferences/{conference_id}/complete-task": Wish(
        _OF_TASK, _OF_TASK | {"words": "已办结。"}, _WITH_A_TASK
    ),
    "/conferences/{conference_id}/void-task": Wish(
        _OF_TASK | _MISTAKE, _OF_TASK | {"reason": "otherwise-in-fact"}, _WITH_A_TASK
    ),
    "/conferences/{conference_id}/void": Wish(_MISTAKE, {"reason": "otherwise-in-fact"}),
}

_KEY_CASE = {
    "case_id": "$CASE",
    "leader_post": OWN_POST,
    "task_force": [OWN_UNIT],
    "plan": "一周内上门，月底前修通。",
    "backlog": True,
}
KEY_CASES: Mapping[str, Wish] = {
    "/townships/{division}/key-cases": Wish(
        _KEY_CASE, _KEY_CASE | {"backlog": False, "target_on": "2199-12-31"}
    ),
    "/key-cases/{key_case_id}/record-step": Wish(
        {"step": "petitioner-met"}, {"step": "investigated", "words": "到现场看了。"}
    ),
    "/key-cases/{key_case_id}/close": Wish({}, {"happened_on": "$TODAY"}, record="ended_key_case"),
    "/key-cases/{key_case_id}/void": Wish(_MISTAKE, {"reason": "otherwise-in-fact"}),
}

ERASE = Wish({"reason_code": "at-request"}, {"reason_code": "by-order"})


WISHES: Mapping[str, Wish] = {
    "/townships/{division}/cases": Wish(
        FILING | {"cause": CAUSE}, FILING | {"cause": CAUSE, "category": "health"}
    ),
    "/cases/import": Wish(
        {"source": "attack", "rows": [ROW]},
        {"source": "attack", "rows": []},
        largest=8 << 20,
        role=Role.BACKFILL,
    ),
    "/cases/{case_id}/forward": Wish({"to_unit": "water-bureau"}, {"to_unit": "land-office"}),
    "/cases/{case_id}/route": Wish(
        {"lane": "petition", "ground": "no-other-route"},
        {"lane": "litigation", "ground": "by-law"},
    ),
    "/cases/{case_id}/hand-over": Wish(
        {"to_unit": "labour-office", "to_post": "post-he", "reason": "division-of-work"},
        {"to_unit": "land-office", "reason": "absence"},
        (ACCEPT,),
    ),
    "/cases/{case_id}/recuse": Wish(
        {"post": "post-zhou", "reason": "relative"},
        {"post": "post-he", "reason": "own-interest"},
    ),
    "/cases/{case_id}/refer-to-mediation": Wish(
        {"committee_id": NOWHERE}, {"committee_id": "$COMMITTEE"}
    ),
    "/cases/{case_id}/accept": Wish(ACCEPT[1], {"responsible_unit": "land-office"}),
    "/cases/{case_id}/answer": Wish(ANSWER[1], ANSWER[1] | {"result": "partly"}, (ACCEPT,)),
    "/cases/{case_id}/decline": Wish(DECLINE[1], {"ground": "in-process"}),
    "/cases/{case_id}/notices": Wish(
        NOTICE[1] | {"served": {"method": "in-person"}, "values": PAPER, "mark": "青云镇信"},
        NOTICE[1] | {"served": {"method": "in-person", "proof": "signed"}},
    ),
    "/cases/{case_id}/serve-notice": Wish(
        {"kind": "receipt", "method": "in-person"},
        {"kind": "receipt", "method": "in-person", "proof": "signed"},
        (NOTICE,),
    ),
    "/cases/{case_id}/issue-opinion": Wish(ISSUE[1], ISSUE[1] | {"result": "partly"}, (ACCEPT,)),
    "/cases/{case_id}/serve-opinion": Wish(
        {"method": "post", "proof": "posting-receipt"}, {"method": "in-person"}, (ACCEPT, ISSUE)
    ),
    "/cases/{case_id}/dispatch": Wish(
        {"document": "opinion", "method": "post"},
        {"document": "opinion", "method": "online"},
        (ACCEPT, ISSUE),
    ),
    "/cases/{case_id}/record-investigation": Wish(
        {"steps": ["interview"], "text": "已入户核实。"}, {"steps": ["other"]}, (ACCEPT,)
    ),
    "/cases/{case_id}/ask": Wish(
        {"code": "facts", "text": "是哪一处水渠？"}, {"code": "place", "text": "是哪一处水渠？"}
    ),
    "/cases/{case_id}/attach": Wish(
        {"digest": SOME_PAPER, "kind": "evidence"},
        {"digest": SOME_PAPER, "kind": "petition"},
        names_upload=True,
    ),
    "/cases/{case_id}/record-hearing": Wish(
        {"representatives": 9, "text": "已听证。"}, {"representatives": 8}, (ACCEPT,)
    ),
    "/cases/{case_id}/extend": Wish(
        {"days": 20, "reason": "情况复杂。"}, {"days": 30, "reason": "另有情况。"}, (ACCEPT,)
    ),
    "/cases/{case_id}/request-review": Wish(
        REVIEW[1], {"level": "review", "way": "by-phone"}, (ACCEPT, ANSWER)
    ),
    "/cases/{case_id}/decide-review": Wish(
        DECIDE[1], DECIDE[1] | {"result": "changed"}, (ACCEPT, ANSWER, REVIEW)
    ),
    "/cases/{case_id}/hand-over-re-review": Wish(
        {"to_unit": "city-government"},
        {"to_unit": "province-government"},
        (ACCEPT, ANSWER, REVIEW, DECIDE, ("request-review", {"level": "re-review"})),
    ),
    "/cases/{case_id}/resolve": Wish(
        {"how": "on-the-spot"}, {"how": "agreement-performed"}, (ACCEPT, SETTLED)
    ),
    "/cases/{case_id}/record-statement": Wish(
        SETTLED[1], SETTLED[1] | {"way": "by-phone"}, (ACCEPT,)
    ),
    "/cases/{case_id}/state-withdrawal": Wish(
        WITHDRAWAL[1], WITHDRAWAL[1] | {"called_back_by": "county-office"}
    ),
    "/cases/{case_id}/take-back-withdrawal": Wish(
        TAKEN_BACK[1], {"way": "in-person"}, (WITHDRAWAL,)
    ),
    "/cases/{case_id}/withdraw": Wish(
        WITHDRAWN[1],
        {"statement_recorded": False},
        (WITHDRAWAL_LONG_AGO,),
        steps_by=Role.BACKFILL,  # so that no row ends it by itself while it is attacked
    ),
    "/cases/{case_id}/divert": Wish({"route": "litigation"}, {"route": "arbitration"}),
    "/cases/{case_id}/link": Wish(
        {"to_case_id": "$CASE", "why": "duplicate"}, {"why": "concluded"}
    ),
    "/cases/{case_id}/check-closing": Wish(
        {"by": "unit-head"}, {"by": "petition-office"}, (ACCEPT, ANSWER)
    ),
    "/cases/{case_id}/close-answer-review": Wish(
        {"finding": "incomplete"},
        {"finding": "answer-holds"},
        record="repeated_case",
    ),
    "/cases/{case_id}/record-rating": Wish(
        {"responsible_unit": "satisfied"},
        {"responsible_unit": "dissatisfied"},
        record="repeated_case",
    ),
    "/cases/{case_id}/close": Wish(
        {"outcome": "supported"}, {"outcome": "partly"}, (ACCEPT, ANSWER, *CHECKS)
    ),
    "/cases/{case_id}/reopen": Wish(
        {"reason": "new-facts"}, {"reason": "office-error"}, (DIVERTED,)
    ),
    "/cases/{case_id}/correct": Wish(
        {"why": "typing-error", "category": "labour", "cause": CAUSE},
        {"why": "typing-error", "headcount": 3},
    ),
    "/cases/{case_id}/void": Wish({"why": "registered-twice"}, {"why": "not-a-petition"}),
    **TRANSFERS,
    **ACCUSATIONS,
    **RECEPTIONS,
    **CONFERENCES,
    **KEY_CASES,
    "/persons/{person_ref}/erase": ERASE,
    "/cases/{case_id}/ask-reveal": Wish(
        {"reason_code": "supervision", "purpose": "督查需要。"},
        {"reason_code": "danger", "purpose": "有危险。"},
    ),
    "/cases/{case_id}/approve-reveal": Wish(
        {"reveal_id": NOWHERE},
        {"reveal_id": NOWHERE},
        (("ask-reveal", {"reason_code": "supervision", "purpose": "督查需要。"}),),
        steps_by=Role.CLERK,
    ),
    "/persons/look-up": Wish(
        {"phone": "000-5550171", "category": "land"}, {"id_number": "passport X1"}
    ),
    "/parties/{party_id}/erase": ERASE,
    "/named-persons/{named_id}/erase": ERASE,
    **UNITS_AND_POSTS,
    **MEDIATION,
    **GRID,
}

"""The bodies by which it is tried which commands a case takes now, each a well-formed one.

They name units, posts and divisions that no registry has, so that nothing is refused for whom they
name: another body may still be.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import uuid4

from fastapi import Request

from services.intake.api.office import Office
from services.intake.domain.case import CaseFile
from services.intake.domain.case.attaching import AttachFile
from services.intake.domain.case.linking import LinkCase
from shared.attachments.refusals import AttachmentNotUploaded
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.case_codes import (
    Category,
    LinkReason,
    OpinionResult,
    Outcome,
    ReopenReason,
    ResolvedHow,
    Route,
)
from shared.contracts.case_handling_codes import (
    AnswerFinding,
    ClosingChecker,
    DeclineGround,
    DocumentKind,
    NoticeKind,
    ReviewLevel,
    ReviewResult,
    StatementKind,
)
from shared.contracts.case_question_codes import QuestionCode
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade
from shared.divisions import county_of
from shared.handling import Record
from shared.identity import Actor
from shared.office.actions import Asking, Probes, Tried, actions_of
from shared.office.tried_bodies import NOBODYS_DIGEST, UNKNOWN_UNIT, body, each_code
from shared.times import china_day
from shared.vault.remembering import RememberingVault

Ask = Asking[CaseFile]
_UNIT, _POST, _WORDS = UNKNOWN_UNIT, "a-post-not-registered", "…"
_OPINION = {
    "claims": [{"claim": _WORDS, "opinion": _WORDS}],
    "facts": _WORDS,
    "reasons": _WORDS,
    "legal_basis": _WORDS,
}


def _new_words() -> str:
    """Words that nobody has recorded: the same ones again would change nothing."""
    return f"… {uuid4()}"


def _ratings(_: Ask) -> Sequence[Tried]:
    return [
        {about.value.replace("-", "_"): grade.value}
        for about in RatedSubject
        for grade in RatingGrade
    ]


def _accept(ask: Ask) -> Sequence[Tried]:
    """By the post's own unit; the registry may have ended it."""
    return [{"responsible_unit": unit} for unit in dict.fromkeys((ask.actor.unit or _UNIT, _UNIT))]


def _across(ask: Ask) -> dict[str, object]:
    return {"to_unit": _UNIT, "to_division": f"{county_of(ask.division)}998"}


_ROUTES: Sequence[Tried] = [
    {"lane": "petition", "ground": "no-other-route"},
    {"lane": "litigation", "ground": "by-law"},
    {"lane": "petition", "ground": "no-other-route", "purpose": "request"},
    {"ground": "not-a-claim"},
    {"ground": "by-law"},
    {"lane": "discipline", "ground": "by-law"},
]


def _reviews(ask: Ask) -> Sequence[Tried]:
    """What was decided before may get the day of its service."""
    today = china_day(ask.now).isoformat()
    decided = ask.state.proceedings.decided
    return [
        {"level": level.value, "result": result.value, "by_unit": _UNIT}
        for level, result in product(ReviewLevel, (ReviewResult.UPHELD, ReviewResult.REVOKED))
    ] + [
        {
            "level": level.value,
            "result": fact.result.value,
            "by_unit": fact.by_unit,
            "served_on": today,
        }
        for level, (fact, _) in decided.items()
        if fact.decision_digest is None
    ]


def _corrections(ask: Ask) -> Sequence[Tried]:
    registration = ask.state.registration
    is_land = registration is not None and registration.category is Category.LAND
    category = Category.LABOUR if is_land else Category.LAND
    return [{"why": "found-otherwise", "category": category.value}]


def _links(ask: Ask) -> Sequence[Tried]:
    """To a case that was received a day earlier and is open."""
    case = ask.state
    received_on = case.first_received_on
    if case.filed is None or received_on is None:
        return []
    earlier = received_on - timedelta(days=1)
    other_id = f"{ask.division}-00000000-0000-7000-8000-000000000000"
    filed = case.filed.model_copy(
        update={"case_id": other_id, "received_on": earlier, "from_case_id": None}
    )
    other = replace(CaseFile(), filed=filed, registration=filed)
    return [LinkCase(to_case_id=other_id, why=LinkReason.DUPLICATE, other=other)]


_ISSUED: Sequence[Mapping[str, object]] = (
    {},
    {"served": {"method": "in-person", "proof": "signed"}},
)
_ATTACHED = AttachFile(
    digest=NOBODYS_DIGEST, media_type=MediaType.PDF, size=1, of=AttachmentOf.EVIDENCE
)
_TRIED: Mapping[str, Callable[[Ask], Sequence[Tried]]] = {
    "forward": lambda ask: [{"to_unit": _UNIT}, _across(ask)],
    # to a committee that was not asked before
    "refer-to-mediation": lambda ask: [
        {
            "committee_id": f"{ask.division}-00000000-0000-7000-8000-"
            f"{len(ask.state.mediation.referrals):012d}"
        }
    ],
    "accept": _accept,
    "resolve": each_code("how", ResolvedHow),
    "divert": each_code("route", Route),
    "reopen": each_code("reason", ReopenReason),
    "route": lambda _: _ROUTES,
    # to the unit alone, and to a post that has not had the case
    "hand-over": lambda ask: [
        {"to_unit": _UNIT, "reason": "division-of-work"} | to
        for to in ({}, {"to_post": f"{_POST}-{len(ask.state.handlers_until_now)}"})
    ],
    "recuse": lambda ask: [
        {"post": f"{_POST}-{len(ask.state.proceedings.recusals)}", "reason": "relative"}
    ],
    "record-statement": lambda _: [
        {"statement": kind.value, "way": "in-person", "text": _new_words()}
        for kind in StatementKind
    ],
    "ask": lambda _: [{"code": code.value, "text": _new_words()} for code in QuestionCode],
    "correct": _corrections,
    "void": body(why="registered-twice"),
    "decline": each_code("ground", DeclineGround, competent_unit=_UNIT),
    # issued, and issued and served in one act
    "notices": lambda _: [{"kind": kind.value, **how} for kind in NoticeKind for how in _ISSUED],
    "serve-notice": each_code("kind", NoticeKind, method="in-person"),
    "dispatch": each_code("document", DocumentKind, method="post"),
    "issue-opinion": each_code("result", OpinionResult, opinion=_OPINION),
    "serve-opinion": body(method="in-person"),
    "answer": each_code("result", OpinionResult, method="in-person", opinion=_OPINION),
    "attach": lambda _: [{"digest": NOBODYS_DIGEST, "kind": "evidence"}, _ATTACHED],
    "state-withdrawal": lambda _: [
        {"way": "in-writing", "text": _WORDS, "called_back_by": unit} for unit in (None, _UNIT)
    ],
    "take-back-withdrawal": body(way="by-phone"),
    "withdraw": body(statement_recorded=True),
    "record-investigation": lambda _: [{"steps": ["other"], "text": _new_words()}],
    "record-hearing": lambda _: [{"representatives": 9, "text": _new_words()}],
    "extend": lambda _: [{"days": 1, "reason": _new_words()}],
    "request-review": each_code("level", ReviewLevel, way="in-writing"),
    "decide-review": _reviews,
    "hand-over-re-review": body(to_unit=_UNIT),
    "link": _links,
    "take": body(),
    "object": body(reason_code="not-competent"),
    "decide-objection": lambda _: [{"upheld": True}, {"upheld": False}],
    "assign": lambda ask: [_across(ask)],
    "check-closing": each_code("by", ClosingChecker),
    "close-answer-review": each_code("finding", AnswerFinding),
    "close": each_code("outcome", Outcome),
    "record-rating": _ratings,
}
CASE_PROBES: Probes[CaseFile] = Probes(
    tried=_TRIED, of_the_body=frozenset({AttachmentNotUploaded})
)


async def case_actions(
    request: Request, office: Office, actor: Actor, record: Record[CaseFile]
) -> list[dict[str, object]]:
    """The commands to a case, for whoever asks."""
    return await actions_of(
        request,
        replace(office, vault=RememberingVault(office.vault)),
        actor,
        record,
        address="/cases/{case_id}",
        stream_id=record.state.required.case_id,
        probes=CASE_PROBES,
    )

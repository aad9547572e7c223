"""The counters of cases: which day a case is counted on, and on what condition."""

from collections.abc import Collection
from datetime import timedelta

from services.stats.domain import case_anchors as anchors
from services.stats.domain.case_anchors import acceptance_due_on
from services.stats.domain.case_fact import DEPARTURES, CaseFact
from services.stats.domain.case_verdicts import (
    DUE,
    Extension,
    Verdict,
    receipt_verdict,
    reply_verdict,
)
from services.stats.domain.counter import Condition, Counter, always
from services.stats.domain.policy import POLICY
from shared.contracts.case_codes import Channel, FirstOrRepeat
from shared.folding.occurrence import Occurrence

_WINDOW = timedelta(days=POLICY.first_time_window_days)
_SOON = timedelta(days=POLICY.resolution_days)
_DEPARTURES = ("withdrawn", "diverted", "linked")


def _answered_within(days: int) -> Condition:
    span = timedelta(days=days)
    return lambda fact: fact.answered is not None and fact.answered.on - fact.filed.on <= span


def _history_is(stated: FirstOrRepeat) -> Condition:
    return lambda fact: fact.filing.first_or_repeat == stated


def _history_is_stated(fact: CaseFact) -> bool:
    return fact.filing.first_or_repeat != FirstOrRepeat.NOT_STATED


def _is_group_visit(fact: CaseFact) -> bool:
    headcount = fact.filing.headcount or 0
    return fact.filing.channel == Channel.VISIT and headcount >= POLICY.group_visit_headcount


def _is_visit_of_unknown_size(fact: CaseFact) -> bool:
    return fact.filing.channel == Channel.VISIT and fact.filing.headcount is None


def _is_first_and_not_repeated(fact: CaseFact) -> bool:
    if fact.closed is None or fact.filing.first_or_repeat != FirstOrRepeat.FIRST:
        return False
    return fact.repeated is None or fact.repeated.on > fact.closed.on + _WINDOW


def _needs_acceptance(fact: CaseFact) -> bool:
    if fact.accepted is not None:
        return True
    return fact.departure is None and not fact.filing.imported


def _acceptance_not_stated(fact: CaseFact) -> bool:
    """An older register that records no acceptance says nothing about when there was one."""
    return fact.accepted is None and fact.departure is None and fact.filing.imported


def _accepted_in_time(fact: CaseFact) -> bool:
    last = acceptance_due_on(fact)
    return fact.accepted is not None and last is not None and fact.accepted.on <= last


def _left_unaccepted(way: str) -> Condition:
    return lambda fact: fact.accepted is None and fact.departure == way


def _needs_reply(fact: CaseFact) -> bool:
    return fact.answered is not None or fact.departure is None


def _replied_on_time(fact: CaseFact) -> bool:
    if fact.answered is None or fact.due_at is None:
        return False
    return fact.answered.at < fact.due_at


def _left_unanswered(way: str) -> Condition:
    return lambda fact: fact.answered is None and fact.departure == way


def _left(way: str) -> Condition:
    return lambda fact: fact.departure == way


def _is_unlinked_repeat(fact: CaseFact) -> bool:
    filing = fact.filing
    return filing.first_or_repeat == FirstOrRepeat.REPEAT and not filing.names_first


def _receipt_is_stated(fact: CaseFact) -> bool:
    return fact.filing.received_on is not None


def _receipt_is_not_stated(fact: CaseFact) -> bool:
    return fact.filing.received_on is None


def _registration_delay(fact: CaseFact) -> int:
    return _days_since_receipt(fact, fact.filed)


def _days_to_answer(fact: CaseFact) -> int:
    return _days_since_receipt(fact, fact.answered)


def _days_since_receipt(fact: CaseFact, occurrence: Occurrence | None) -> int:
    received = fact.received_on
    return (occurrence.on - received).days if occurrence and received else 0


def _is_linked(fact: CaseFact) -> bool:
    return fact.linked is not None


def _is_not_linked(fact: CaseFact) -> bool:
    return fact.linked is None


def _is_declined(fact: CaseFact) -> bool:
    return fact.declined is not None


def _is_resolved_and_not_linked(fact: CaseFact) -> bool:
    return fact.resolved is not None and fact.linked is None


def _is_resolved_without_grounds(fact: CaseFact) -> bool:
    return _is_resolved_and_not_linked(fact) and not fact.grounded


def _is_resolved_soon(fact: CaseFact) -> bool:
    if fact.resolved is None or fact.accepted is None or fact.linked:
        return False
    return fact.resolved.on <= fact.accepted.on + _SOON


def _is_closed_first_without_resolution(fact: CaseFact) -> bool:
    return fact.resolved is None and fact.filing.first_or_repeat == FirstOrRepeat.FIRST


def _is_first_and_reopened(fact: CaseFact) -> bool:
    return fact.filing.first_or_repeat == FirstOrRepeat.FIRST and fact.reopened is not None


def _is_first_and_stays_resolved(fact: CaseFact) -> bool:
    """Resolved at the first attempt: never reopened, and not repeated within the window."""
    if fact.resolved is None or fact.reopened is not None:
        return False
    if fact.filing.first_or_repeat != FirstOrRepeat.FIRST:
        return False
    return fact.repeated is None or fact.repeated.on > fact.resolved.on + _WINDOW


def _by_filing() -> list[Counter]:
    on, made_by = anchors.FILED, ("filed",)
    return [
        Counter("filed", on, always, made_by),
        Counter("filed_repeat", on, _history_is(FirstOrRepeat.REPEAT), made_by),
        Counter("filed_history_stated", on, _history_is_stated, made_by),
        Counter("filed_history_not_stated", on, _history_is(FirstOrRepeat.NOT_STATED), made_by),
        Counter("group_visits", on, _is_group_visit, made_by),
        Counter("visits_of_unknown_size", on, _is_visit_of_unknown_size, made_by),
        *(
            Counter(f"answered_within_{days}", on, _answered_within(days), ("filed", "answered"))
            for days in POLICY.answer_days
        ),
        Counter("receipt_stated", on, _receipt_is_stated, made_by),
        Counter("receipt_not_stated", on, _receipt_is_not_stated, made_by),
        Counter("repeats_unlinked", on, _is_unlinked_repeat, made_by),
        Counter("registration_delay", on, _receipt_is_stated, made_by, value=_registration_delay),
        Counter("filed_voided", anchors.VOIDED, always, ("registered", "voided")),
    ]


def _by_acceptance_term() -> list[Counter]:
    on, made_by = anchors.ACCEPTANCE_DUE, ("filed", "accepted")
    return [
        Counter("acceptance_due", on, _needs_acceptance, made_by),
        Counter("accepted_in_time", on, _accepted_in_time, made_by),
        Counter("acceptance_not_stated", on, _acceptance_not_stated, ("filed",)),
        *(
            Counter(f"{way}_unaccepted", on, _left_unaccepted(way), ("filed", way))
            for way in _DEPARTURES
        ),
    ]


def _by_acceptance() -> list[Counter]:
    on, ends = anchors.ACCEPTED, ("accepted", "resolved")
    return [
        Counter("accepted", on, always, ("accepted",)),
        Counter(
            "accepted_resolved",
            on,
            lambda fact: fact.resolved is not None,
            ("accepted", "resolved"),
        ),
        *(Counter(f"accepted_{way}", on, _left(way), ("accepted", way)) for way in _DEPARTURES),
        Counter("accepted_unlinked", on, _is_not_linked, ("accepted",)),
        Counter("accepted_long_ago", on, _is_not_linked, ("accepted",), matures_in=_SOON),
        Counter("accepted_unlinked_resolved", on, _is_resolved_and_not_linked, ends),
        Counter("resolved_soon", on, _is_resolved_soon, ends, matures_in=_SOON),
        Counter("accepted_grounds_not_recorded", on, _is_resolved_without_grounds, ends),
        Counter("accepted_declined", on, _is_declined, ("accepted", "declined")),
        Counter("accepted_all_linked", on, _is_linked, ("accepted", "linked")),
        Counter(
            "accepted_long_ago_linked", on, _is_linked, ("accepted", "linked"), matures_in=_SOON
        ),
    ]


def _by_reply_term() -> list[Counter]:
    on, made_by = anchors.REPLY_DUE, ("accepted", "answered")
    return [
        Counter("reply_due", on, _needs_reply, made_by),
        Counter("replied_on_time", on, _replied_on_time, made_by),
        *(
            Counter(f"{way}_unanswered", on, _left_unanswered(way), ("accepted", way))
            for way in _DEPARTURES
        ),
    ]


def _by_what_happened() -> list[Counter]:
    return [
        Counter("answered", anchors.ANSWERED, always, ("answered",)),
        Counter(
            "days_to_answer",
            anchors.ANSWERED,
            always,
            ("filed", "answered"),
            value=_days_to_answer,
        ),
        Counter("resolved", anchors.RESOLVED, always, ("resolved",)),
        *_by_resolution(),
        Counter("withdrawn", anchors.WITHDRAWN, always, ("withdrawn",)),
        Counter("diverted", anchors.DIVERTED, always, ("diverted",)),
        Counter("linked", anchors.LINKED, always, ("linked",)),
    ]


def _by_resolution() -> list[Counter]:
    on, made_by = anchors.RESOLVED, ("filed", "resolved")
    is_first = _history_is(FirstOrRepeat.FIRST)
    return [
        Counter("first_resolved", on, is_first, made_by, matures_in=_WINDOW),
        Counter(
            "first_resolved_for_good",
            on,
            _is_first_and_stays_resolved,
            (*made_by, "repeated"),
            matures_in=_WINDOW,
        ),
        Counter(
            "first_resolved_reopened",
            on,
            _is_first_and_reopened,
            (*made_by, "reopened"),
            matures_in=_WINDOW,
        ),
    ]


def _by_closing() -> list[Counter]:
    on = anchors.CLOSED
    return [
        Counter("closed", on, always, ("closed",)),
        Counter("first_closed", on, _history_is(FirstOrRepeat.FIRST), ("filed", "closed")),
        Counter(
            "first_closed_not_repeated",
            on,
            _is_first_and_not_repeated,
            ("filed", "closed", "repeated"),
        ),
        Counter(
            "first_closed_unresolved", on, _is_closed_first_without_resolution, ("filed", "closed")
        ),
    ]


def _by_receipt_term() -> list[Counter]:
    """Of the acceptance and of the notice, whose term is the same."""
    return [
        _of_receipt("acceptance_term_over", 0, DUE, "accepted", "resolved"),
        _of_receipt("accepted_within_term", 0, {Verdict.IN_TIME}, "accepted", "resolved"),
        _of_receipt("notice_due", 1, DUE, "notified"),
        _of_receipt("notice_in_time", 1, {Verdict.IN_TIME}, "notified"),
        *(_of_receipt(f"{way}_before_acceptance", 0, {way}, way) for way in DEPARTURES),
        _of_receipt("acceptance_silent", 0, {Verdict.NOT_STATED}),
        _of_receipt("acceptance_purpose_not_stated", 0, {Verdict.PURPOSE_NOT_STATED}),
        _of_receipt("acceptance_no_claim", 0, {Verdict.NO_CLAIM}),
        _of_receipt("withdrawn_before_notice", 1, {"withdrawn"}, "withdrawn"),
        _of_receipt("notice_contact_unclear", 1, {Verdict.CONTACT_UNCLEAR}),
        _of_receipt("notice_accusation", 1, {Verdict.ACCUSATION}),
        _of_receipt("notice_silent", 1, {Verdict.NOT_STATED}),
    ]


def _of_receipt(name: str, place: int, verdicts: Collection[str], *made_by: str) -> Counter:
    on = anchors.RECEIPT_TERM_ENDS
    return Counter(
        name, on, lambda fact: receipt_verdict(fact)[place] in verdicts, ("filed", *made_by)
    )


def _by_reply_term_of_petitioner() -> list[Counter]:
    return [
        _of_reply("reply_term_over", _is(DUE), "answered", "resolved"),
        _of_reply("replied_within_term", _is({Verdict.IN_TIME}), "answered", "resolved"),
        _of_reply("petitioner_day_not_stated", _lacks_petitioners_day),
        _of_reply("reply_purpose_not_stated", _is({Verdict.PURPOSE_NOT_STATED})),
        _of_reply("reply_no_claim", _is({Verdict.NO_CLAIM})),
        _of_reply("replied_within_extension", _has(Extension.WITHIN), "answered", "extended"),
        _of_reply(
            "extension_without_notice",
            _has(Extension.WITHOUT_NOTICE),
            "extended",
            "extension_notified",
        ),
        *(_of_reply(f"{way}_before_reply", _is({way}), way) for way in DEPARTURES),
    ]


def _is(verdicts: Collection[str]) -> Condition:
    return lambda verdict: verdict[0] in verdicts


def _has(extension: Extension) -> Condition:
    return lambda verdict: verdict[1] == extension


def _lacks_petitioners_day(verdict: tuple[str, str, bool]) -> bool:
    return verdict[0] in DUE and not verdict[2]


def _of_reply(name: str, says: Condition, *made_by: str) -> Counter:
    on = anchors.REPLY_TERM_ENDS
    return Counter(name, on, lambda fact: says(reply_verdict(fact)), ("accepted", *made_by))


CASE_COUNTERS = (
    *_by_filing(),
    *_by_acceptance_term(),
    *_by_acceptance(),
    *_by_reply_term(),
    *_by_what_happened(),
    *_by_closing(),
    *_by_receipt_term(),
    *_by_reply_term_of_petitioner(),
)

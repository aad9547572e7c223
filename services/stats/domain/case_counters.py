"""The counters of cases: which day a case is counted on, and on what condition."""

from datetime import timedelta

from services.stats.domain import case_anchors as anchors
from services.stats.domain.case_anchors import acceptance_due_on
from services.stats.domain.case_fact import CaseFact
from services.stats.domain.counter import Condition, Counter, always
from services.stats.domain.policy import POLICY
from shared.contracts.case_codes import Channel, FirstOrRepeat

_WINDOW = timedelta(days=POLICY.first_time_window_days)
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
    return fact.accepted is not None and fact.accepted.on <= acceptance_due_on(fact)


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
    on = anchors.ACCEPTED
    return [
        Counter("accepted", on, always, ("accepted",)),
        Counter(
            "accepted_resolved",
            on,
            lambda fact: fact.resolved is not None,
            ("accepted", "resolved"),
        ),
        *(Counter(f"accepted_{way}", on, _left(way), ("accepted", way)) for way in _DEPARTURES),
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
        Counter("resolved", anchors.RESOLVED, always, ("resolved",)),
        Counter("withdrawn", anchors.WITHDRAWN, always, ("withdrawn",)),
        Counter("diverted", anchors.DIVERTED, always, ("diverted",)),
        Counter("linked", anchors.LINKED, always, ("linked",)),
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
    ]


CASE_COUNTERS = (
    *_by_filing(),
    *_by_acceptance_term(),
    *_by_acceptance(),
    *_by_reply_term(),
    *_by_what_happened(),
    *_by_closing(),
)

"""The counters of cases: which day a case is counted on, and on what condition."""

from services.stats.domain import case_anchors as anchors
from services.stats.domain import case_conditions as conditions
from services.stats.domain.case_duty_counters import CASE_DUTY_COUNTERS
from services.stats.domain.counter import Counter, always
from services.stats.domain.policy import POLICY
from shared.contracts.case_codes import FirstOrRepeat
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade

_DEPARTURES = ("withdrawn", "diverted", "linked")


def _by_filing() -> list[Counter]:
    on, made_by = anchors.FILED, ("filed",)
    return [
        Counter("filed", on, always, made_by),
        Counter("filed_repeat", on, conditions.history_is(FirstOrRepeat.REPEAT), made_by),
        Counter("filed_history_stated", on, conditions.history_is_stated, made_by),
        Counter(
            "filed_history_not_stated",
            on,
            conditions.history_is(FirstOrRepeat.NOT_STATED),
            made_by,
        ),
        Counter("group_visits", on, conditions.is_group_visit, made_by),
        Counter("visits_of_unknown_size", on, conditions.is_visit_of_unknown_size, made_by),
        *(
            Counter(
                f"answered_within_{days}",
                on,
                conditions.answered_within(days),
                ("filed", "answered"),
            )
            for days in POLICY.answer_days
        ),
        Counter("receipt_stated", on, conditions.receipt_is_stated, made_by),
        Counter("receipt_not_stated", on, conditions.receipt_is_not_stated, made_by),
        Counter("repeats_unlinked", on, conditions.is_unlinked_repeat, made_by),
        Counter(
            "registration_delay",
            on,
            conditions.receipt_is_stated,
            made_by,
            value=conditions.registration_delay,
        ),
        *_by_registration_that_counts_no_more(),
    ]


def _by_registration_that_counts_no_more() -> list[Counter]:
    on = anchors.UNCOUNTED
    return [
        Counter("filed_voided", on, conditions.is_voided, ("registered", "voided")),
        Counter(
            "filed_transferred_out", on, conditions.is_elsewhere, ("registered", "transferred")
        ),
        Counter("filed_returned", on, conditions.is_returned, ("registered", "returned")),
        Counter(
            "filed_to_discipline",
            on,
            conditions.is_with_discipline,
            ("registered", "to_discipline"),
        ),
    ]


def _by_acceptance_term() -> list[Counter]:
    on, made_by = anchors.ACCEPTANCE_DUE, ("filed", "accepted")
    return [
        Counter("acceptance_due", on, conditions.needs_acceptance, made_by),
        Counter("accepted_in_time", on, conditions.accepted_in_time, made_by),
        Counter("acceptance_not_stated", on, conditions.acceptance_not_stated, ("filed",)),
        *(
            Counter(f"{way}_unaccepted", on, conditions.left_unaccepted(way), ("filed", way))
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
        *(
            Counter(f"accepted_{way}", on, conditions.left(way), ("accepted", way))
            for way in _DEPARTURES
        ),
        Counter("accepted_unlinked", on, conditions.is_not_linked, ("accepted",)),
        Counter(
            "accepted_long_ago",
            on,
            conditions.is_not_linked,
            ("accepted",),
            matures_in=conditions.SOON,
        ),
        Counter("accepted_unlinked_resolved", on, conditions.is_resolved_and_not_linked, ends),
        Counter(
            "resolved_soon", on, conditions.is_resolved_soon, ends, matures_in=conditions.SOON
        ),
        Counter("accepted_grounds_not_recorded", on, conditions.is_resolved_without_grounds, ends),
        Counter("accepted_declined", on, conditions.is_declined, ("accepted", "declined")),
        Counter("accepted_all_linked", on, conditions.is_linked, ("accepted", "linked")),
        Counter(
            "accepted_long_ago_linked",
            on,
            conditions.is_linked,
            ("accepted", "linked"),
            matures_in=conditions.SOON,
        ),
    ]


def _by_reply_term() -> list[Counter]:
    on, made_by = anchors.REPLY_DUE, ("accepted", "answered")
    return [
        Counter("reply_due", on, conditions.needs_reply, made_by),
        Counter("replied_on_time", on, conditions.replied_on_time, made_by),
        *(
            Counter(f"{way}_unanswered", on, conditions.left_unanswered(way), ("accepted", way))
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
            value=conditions.days_to_answer,
        ),
        Counter("resolved", anchors.RESOLVED, always, ("resolved",)),
        *_by_resolution(),
        Counter("withdrawn", anchors.WITHDRAWN, always, ("withdrawn",)),
        Counter("diverted", anchors.DIVERTED, always, ("diverted",)),
        Counter("linked", anchors.LINKED, always, ("linked",)),
        Counter("transferred_out", anchors.TRANSFERRED, always, ("transferred",)),
    ]


def _by_resolution() -> list[Counter]:
    on, made_by = anchors.RESOLVED, ("filed", "resolved")
    is_first = conditions.history_is(FirstOrRepeat.FIRST)
    return [
        Counter("first_resolved", on, is_first, made_by, matures_in=conditions.WINDOW),
        Counter(
            "first_resolved_for_good",
            on,
            conditions.is_first_and_stays_resolved,
            (*made_by, "repeated"),
            matures_in=conditions.WINDOW,
        ),
        Counter(
            "first_resolved_reopened",
            on,
            conditions.is_first_and_reopened,
            (*made_by, "reopened"),
            matures_in=conditions.WINDOW,
        ),
    ]


def _by_closing() -> list[Counter]:
    on = anchors.CLOSED
    return [
        Counter("closed", on, always, ("closed",)),
        Counter(
            "first_closed", on, conditions.history_is(FirstOrRepeat.FIRST), ("filed", "closed")
        ),
        Counter(
            "first_closed_not_repeated",
            on,
            conditions.is_first_and_not_repeated,
            ("filed", "closed", "repeated"),
        ),
        Counter(
            "first_closed_unresolved",
            on,
            conditions.is_closed_first_without_resolution,
            ("filed", "closed"),
        ),
    ]


def _by_rating() -> list[Counter]:
    """Of answered cases, each subject apart."""
    on = anchors.ANSWERED
    return [
        Counter(
            f"{name}_{what}",
            on,
            conditions.is_rated(about, grades),
            ("answered", f"rated_{about.value.replace('-', '_')}"),
        )
        for name, about in (
            ("unit", RatedSubject.RESPONSIBLE_UNIT),
            ("office", RatedSubject.PETITION_OFFICE),
        )
        for what, grades in _RATED_AS.items()
    ]


_RATED_AS = {
    "rated": frozenset(RatingGrade),
    "content": frozenset({RatingGrade.SATISFIED, RatingGrade.BASICALLY}),
    **{f"rated_{grade}": frozenset({grade}) for grade in RatingGrade},
}
CASE_COUNTERS = (
    *_by_filing(),
    *_by_acceptance_term(),
    *_by_acceptance(),
    *_by_reply_term(),
    *_by_what_happened(),
    *_by_closing(),
    *CASE_DUTY_COUNTERS,
    *_by_rating(),
)

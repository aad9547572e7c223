"""What decides the counters of a case's busiest days: cases of equal states count equally.

Deciding by state costs less than asking every counter. Whatever a counter of the anchor asks of a
case has to be in its state; `tests/stats/test_rollup_changes.py` compares both ways.
"""

from collections.abc import Hashable
from datetime import date

from services.stats.domain.case_fact import CaseFact
from services.stats.domain.policy import POLICY
from shared.folding.occurrence import Occurrence

_ANSWER_DAYS = sorted(POLICY.answer_days)


def filing_state(fact: CaseFact, _: date) -> Hashable:
    """Of the day of registration."""
    filing, filed, answered = fact.filing, fact.filed, fact.answered
    days = (answered.on - filed.on).days if answered and filed else None
    headcount = filing.headcount
    return (
        filing.first_or_repeat,
        filing.names_first,
        filing.received_on is None,
        filing.channel,
        None if headcount is None else headcount >= POLICY.group_visit_headcount,
        None if days is None else sum(days > each for each in _ANSWER_DAYS),
    )


def acceptance_state(fact: CaseFact, _: date) -> Hashable:
    """Of the day of acceptance."""
    accepted, resolved = fact.accepted, fact.resolved
    soon = accepted and resolved and (resolved.on - accepted.on).days <= POLICY.resolution_days
    return (
        resolved is None,
        fact.grounded,
        soon,
        fact.withdrawn is None,
        fact.diverted is None,
        fact.linked is None,
        fact.seldom.declined is None,
    )


def acceptance_due_state(fact: CaseFact, last: date) -> Hashable:
    """Of the last day for the acceptance, in version 1 of the measure."""
    return _by(fact.accepted, last), fact.departure, fact.filing.imported


def reply_due_state(fact: CaseFact, _: date) -> Hashable:
    """Of the last day for the reply, in version 1 of the measure."""
    answered = fact.answered
    on_time = answered and fact.due_at and answered.at < fact.due_at
    return answered is None, on_time, fact.departure


def _by(occurrence: Occurrence | None, last: date) -> bool | None:
    """None where it never happened."""
    return None if occurrence is None else occurrence.on <= last

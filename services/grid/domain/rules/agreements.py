"""What the rules about promises read in the events of a mediation.

The subject is the mediation. One that goes on since its end is void may come to another agreement:
what was promised and done before counts no more.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from services.grid.domain.rules.facts import RuleFact, Says, fact, saying
from shared.cloudevents import RecordedEvent
from shared.contracts.agreements import (
    AgreementBreached,
    AgreementPerformed,
    InstalmentPerformed,
    MediationSucceeded,
)
from shared.contracts.mediation import MediationEndVoided

PROMISING = (
    MediationSucceeded,
    InstalmentPerformed,
    AgreementPerformed,
    AgreementBreached,
    MediationEndVoided,
)
WHOLE = "all"
"""The agreement as a whole, where an instalment would be named by its number."""
MOST_INSTALMENTS = 1_000
"""No event can name a later one, so that none could be performed."""
ONE_EACH = frozenset({Says.PROMISED, Says.PERFORMED, Says.BREACHED, Says.VOIDED})
"""Kept as the newest about each instalment and the agreement as a whole: at most 3,004 facts. Payments
over years are compared with promises that were all made on one day."""


def current(facts: Sequence[RuleFact]) -> list[RuleFact]:
    """The facts since the last end that is void; none where all that was promised is done.

    What was performed as a whole and then undone in part is done again once that part is.
    """
    voided = [each.order for each in facts if each.says is Says.VOIDED]
    left = [each for each in facts if not voided or each.order > voided[-1]]
    is_done = any(each.of == WHOLE for each in saying(left, Says.PERFORMED))
    return [] if is_done and not open_breaches(left) else left


def open_breaches(facts: Iterable[RuleFact]) -> list[RuleFact]:
    """The breaches that nothing has remedied since.

    What remedies one is a later performance of that instalment, or of the agreement as a whole.
    """
    facts = list(facts)
    done = {each.of: each.order for each in saying(facts, Says.PERFORMED)}
    return [
        each
        for each in saying(facts, Says.BREACHED)
        if not any(done[of] > each.order for of in (each.of, WHOLE) if of in done)
    ]


def performance(recorded: RecordedEvent, event: InstalmentPerformed) -> RuleFact:
    """That an instalment was performed, under its number."""
    return fact(recorded, Says.PERFORMED, named(event.instalment))


def breach(recorded: RecordedEvent, event: AgreementBreached) -> RuleFact:
    """That an instalment, or without a number the agreement as a whole, was not performed."""
    of = "" if event.instalment is None else named(event.instalment)
    return fact(recorded, Says.BREACHED, of, matter_id=event.matter_id)


def named(instalment: int) -> str:
    """The name of an instalment in facts; names are ordered as the numbers are."""
    return f"{instalment:04}"


def day_of(promise: RuleFact) -> date:
    """The day until which it was promised."""
    if not isinstance(promise.due, date):
        raise TypeError(promise.says)
    return promise.due

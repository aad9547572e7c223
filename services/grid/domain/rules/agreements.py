"""What the rules about promises read in the events of a mediation.

The subject is the mediation. One that goes on since its end is void may come to another agreement:
what was promised and done before counts no more.
"""

from collections.abc import Sequence
from datetime import date

from services.grid.domain.rules.facts import RuleFact, Says
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

    What was performed and then undone is broken.
    """
    voided = [each.order for each in facts if each.says is Says.VOIDED]
    left = [each for each in facts if not voided or each.order > voided[-1]]
    ends = [each for each in left if each.says is Says.BREACHED or _is_whole(each)]
    return [] if ends and _is_whole(ends[-1]) else left


def _is_whole(fact: RuleFact) -> bool:
    return fact.says is Says.PERFORMED and fact.of == WHOLE


def day_of(promise: RuleFact) -> date:
    """The day until which it was promised."""
    if not isinstance(promise.due, date):
        raise TypeError(promise.says)
    return promise.due

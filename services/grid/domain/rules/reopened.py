"""Cases that go on after an end: what ended a case before it was reopened counts no more."""

from collections.abc import Sequence
from datetime import datetime

from services.grid.domain.rules.facts import RuleFact, Says, saying


def is_over(facts: Sequence[RuleFact], begun: datetime) -> bool:
    """Whether something has ended the case since its term began, and since it was last reopened."""
    closed = saying(facts, Says.CLOSED)
    if not closed:
        return False
    again = reopening(facts)
    return any(each.at >= begun and (again is None or each.order > again.order) for each in closed)


def reopening(facts: Sequence[RuleFact]) -> RuleFact | None:
    """The last time that the case was reopened."""
    reopened = saying(facts, Says.REOPENED)
    return reopened[-1] if reopened else None


def looks(
    moments: Sequence[datetime], facts: Sequence[RuleFact], since: datetime
) -> list[datetime]:
    """The moments after the term was set and the case was reopened.

    Where the reopening comes after some of them, the rule looks at once: the term has run on.
    """
    again = reopening(facts)
    if again is None or again.at <= since:
        return [each for each in moments if each > since]
    later = [each for each in moments if each > again.at]
    return [again.at, *later] if again.live and len(later) < len(moments) else later

"""The days in a case's life on which it can be counted, and the steps by which they are found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Literal

from services.stats.domain.case_fact import CaseFact, Mark
from services.stats.domain.policy import POLICY
from shared.contracts.intake import (
    CaseAccepted,
    CaseClosed,
    CaseDiverted,
    CaseFiled,
    CaseLinked,
    CaseReplied,
    CaseResolved,
    CaseWithdrawn,
    OpinionServed,
)

_ACCEPTANCE_TERM = timedelta(days=POLICY.acceptance_days)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where to look for cases with an anchor on certain days: in steps of these kinds.

    `by` is the step's own day or the due day that it sets; `later` is how long after that the
    anchor lies.
    """

    kinds: tuple[str, ...]
    by: Literal["day", "due_day"] = "day"
    later: timedelta = timedelta()


class Anchor(Enum):
    """A day of a case; what is counted on it belongs to that day's figures."""

    FILED = Trace((CaseFiled.kind,))
    ACCEPTANCE_DUE = Trace((CaseFiled.kind,), later=_ACCEPTANCE_TERM)
    ACCEPTED = Trace((CaseAccepted.kind,))
    REPLY_DUE = Trace((CaseAccepted.kind,), by="due_day")
    ANSWERED = Trace((CaseReplied.kind, OpinionServed.kind))
    RESOLVED = Trace((CaseResolved.kind,))
    WITHDRAWN = Trace((CaseWithdrawn.kind,))
    DIVERTED = Trace((CaseDiverted.kind,))
    LINKED = Trace((CaseLinked.kind,))
    CLOSED = Trace((CaseClosed.kind,))

    @property
    def key(self) -> str:
        """The name under which its rollups are kept."""
        return self.name.lower()

    @property
    def is_due_day(self) -> bool:
        """Whether the day is the end of a term, judged only once that day is over."""
        return self in {Anchor.ACCEPTANCE_DUE, Anchor.REPLY_DUE}


def acceptance_due_on(fact: CaseFact) -> date:
    """The last day for accepting the case: the day of filing is not counted."""
    return fact.filed.on + _ACCEPTANCE_TERM


def _on(mark: Mark | None) -> date | None:
    return mark.on if mark else None


DAYS: dict[Anchor, Callable[[CaseFact], date | None]] = {
    Anchor.FILED: lambda fact: fact.filed.on,
    Anchor.ACCEPTANCE_DUE: acceptance_due_on,
    Anchor.ACCEPTED: lambda fact: _on(fact.accepted),
    Anchor.REPLY_DUE: lambda fact: fact.due_on,
    Anchor.ANSWERED: lambda fact: _on(fact.answered),
    Anchor.RESOLVED: lambda fact: _on(fact.resolved),
    Anchor.WITHDRAWN: lambda fact: _on(fact.withdrawn),
    Anchor.DIVERTED: lambda fact: _on(fact.diverted),
    Anchor.LINKED: lambda fact: _on(fact.linked),
    Anchor.CLOSED: lambda fact: _on(fact.closed),
}
"""The day on which a case has an anchor, if it has it."""

"""What is written about a row that was handled, and how it is counted and logged."""

from dataclasses import dataclass
from datetime import datetime

import structlog

from shared.due.patience import Patience
from shared.due.row import Again, Done, DueRow, Outcome, Refused
from shared.handling import RecordOfALaterRelease, StreamMovedOn
from shared.metrics import DUE_REFUSED, DUE_ROWS, begin
from shared.refusals import Refusal

_TRIED = "tried"
_STATUSES = ("done", "refused", "waiting", "parked", _TRIED)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The state in which a leased row is left; a waiting one may have another due time."""

    row: DueRow
    state: str
    due_at: datetime | None = None
    tries: int = 0
    problem: str | None = None

    @property
    def is_tried_again(self) -> bool:
        """Whether the row failed and its ledger waits for it."""
        return self.state == "waiting" and self.tries > 0


def settled(row: DueRow, outcome: Outcome) -> Settled:
    """The state that the handler's outcome leaves the row in."""
    match outcome:
        case Done():
            return Settled(row=row, state="done")
        case Refused(slug):
            return Settled(row=row, state="refused", problem=slug)
        case Again(due_at):
            return Settled(row=row, state="waiting", due_at=due_at)


def settled_by_fault(row: DueRow, fault: Exception, patience: Patience) -> Settled:
    """The state of a row for which the handler raised.

    A rule's refusal is final: it would be refused again. Contention and everything else is not. A
    record that a later release has written to waits for a process of that release.
    """
    if isinstance(fault, RecordOfALaterRelease):
        tries = max(row.tries, 1)
        return Settled(row=row, state="waiting", tries=tries, problem=fault.slug)
    if isinstance(fault, Refusal) and not isinstance(fault, StreamMovedOn):
        return settled(row, Refused(fault.slug))
    tries = row.tries + 1
    state = "parked" if patience.is_over(tries) else "waiting"
    return Settled(row=row, state=state, tries=tries, problem=type(fault).__name__)


def begin_counting(service: str, kind: str) -> None:
    """Count rows of that kind from 0."""
    begin(DUE_ROWS, *((service, kind, status) for status in _STATUSES))


def report(service: str, each: Settled) -> None:
    """Count the row, and log what somebody has to look at."""
    kind = each.row.kind
    status = _TRIED if each.is_tried_again else each.state
    DUE_ROWS.labels(service, kind, status).inc()
    if each.state == "refused":
        DUE_REFUSED.labels(service, kind, each.problem).inc()
    if each.state in {"refused", "parked"} or each.is_tried_again:
        log.warning(
            "a due row had no effect",
            service=service,
            division=each.row.division,
            kind=kind,
            key=each.row.key,
            status=status,
            problem=each.problem,
        )

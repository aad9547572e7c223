"""Many commands of one ledger at once: each decided for itself, all appended in one transaction.

A row that is refused fails alone; the rest goes in. For registers and other backfills, where a
round trip a row would take hours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from shared.contracts.event import Event
from shared.handling import ATTEMPTS, Handling, Record, StreamMovedOn, Written, stamped
from shared.ledger import Appended, Author, NewEvent, Statement
from shared.metrics import LEDGER_CONFLICTS
from shared.refusals import Refusal

C = TypeVar("C")
S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[C]):
    """Commands for one stream in their order: all of them or none."""

    stream_id: str
    commands: Sequence[tuple[C, datetime]]
    begins: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[S]):
    """A piece of work that was not refused; no events means that all of it was known."""

    state: S
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided(Generic[C, S]):
    work: Work[C]
    written: Written[S]

    def done(self) -> Done[S]:
        return Done(state=self.written.state, events=tuple(self.written.events))


async def handle_all(
    handling: Handling[C, S],
    division: str,
    works: Sequence[Work[C]],
    author: Author,
    *,
    side_writes: Callable[[Sequence[Work[C]]], Sequence[Statement]] = lambda _works: (),
) -> tuple[list[Done[S] | Refusal], int]:
    """What became of each piece of work, in order, and the ledger position that shows them all.

    `side_writes` gives the rows to write along with the pieces that bring events. Position 0 means
    that nothing was appended. Raises RowTaken when a side write's row is there already: the
    caller looks again and decides anew.
    """
    for _ in range(ATTEMPTS):
        results = await _decide_all(handling, division, works, author)
        decided = [each for each in results if isinstance(each, _Decided) and each.written.new]
        if not decided:
            return _results(results), 0
        written = [each.written for each in decided]
        outcome = await handling.ledger.append(
            division,
            [event for each in written for event in each.new],
            author,
            also=[*side_writes([each.work for each in decided]), *handling.view_writes(written)],
        )
        if isinstance(outcome, Appended):
            return _results(results), outcome.last
        LEDGER_CONFLICTS.inc()
    raise StreamMovedOn


async def _decide_all(
    handling: Handling[C, S], division: str, works: Sequence[Work[C]], author: Author
) -> list[_Decided[C, S] | Refusal]:
    known = [work.stream_id for work in works if not work.begins]
    histories = await handling.ledger.streams(author.scope, division, known)
    return [
        _decide(handling, work, handling.fold(histories.get(work.stream_id, ()))) for work in works
    ]


def _decide(
    handling: Handling[C, S], work: Work[C], record: Record[S]
) -> _Decided[C, S] | Refusal:
    """All of a piece of work or nothing of it."""
    events: list[Event] = []
    new: list[NewEvent] = []
    state, began_at = record.state, record.began_at
    try:
        for command, at in work.commands:
            now = Record(state=state, began_at=began_at)
            decided = handling.decide(command, at, now)
            new += stamped(decided, work.stream_id, at, record.version + len(new))
            events += decided
            began_at = began_at or at
            state = handling.decider.fold(decided, state)
    except Refusal as refusal:
        return refusal
    return _Decided(work=work, written=Written(state=state, events=events, new=new))


def _results(results: Sequence[_Decided[C, S] | Refusal]) -> list[Done[S] | Refusal]:
    return [result.done() if isinstance(result, _Decided) else result for result in results]

"""Handles many commands of one ledger: each stream decided alone, all in one transaction.

A refused row does not affect the others. For registers and other backfills, where one round trip
per row would take hours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from shared.contracts.event import Event
from shared.decider import Mark
from shared.handling import ATTEMPTS, Handling, Record, StreamMovedOn, Written, marked, stamped
from shared.ledger import Appended, Author, NewEvent, Statement
from shared.metrics import LEDGER_CONFLICTS
from shared.refusals import Refusal

C = TypeVar("C")
S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamCommands(Generic[C]):
    """Commands for one stream in their order: all of them or none."""

    stream_id: str
    commands: Sequence[tuple[C, datetime]]
    begins: bool
    causation_id: str | None = None
    """The event that caused the commands, where no person stated them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamDone(Generic[S]):
    """The commands of a stream were not refused; without events they had no effect."""

    state: S
    events: tuple[Event, ...]
    known_at: int
    """The ledger position of the stream's last event before these; 0 for a new stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided(Generic[C, S]):
    group: StreamCommands[C]
    written: Written[S]
    known_at: int

    def done(self) -> StreamDone[S]:
        written = self.written
        return StreamDone(
            state=written.state, events=tuple(written.events), known_at=self.known_at
        )


async def handle_all(
    handling: Handling[C, S],
    division: str,
    groups: Sequence[StreamCommands[C]],
    author: Author,
    *,
    side_writes: Callable[[Sequence[StreamCommands[C]]], Sequence[Statement]] = lambda _works: (),
) -> tuple[list[StreamDone[S] | Refusal], int]:
    """The result for each stream, in order, and the ledger position that shows them all.

    `side_writes` returns the rows to write with the streams that get events. Position 0 means that
    nothing was appended. Raises RowTaken if the row of a side write exists already: the caller
    looks again and decides again.
    """
    for _ in range(ATTEMPTS):
        results = await _decide_all(handling, division, groups, author)
        decided = [each for each in results if isinstance(each, _Decided) and each.written.new]
        if not decided:
            return _results(results), 0
        written = [each.written for each in decided]
        outcome = await handling.ledger.append(
            division,
            [event for each in written for event in each.new],
            author,
            also=[*side_writes([each.group for each in decided]), *handling.view_writes(written)],
        )
        if isinstance(outcome, Appended):
            return _results(results), outcome.last
        LEDGER_CONFLICTS.inc()
    raise StreamMovedOn


async def _decide_all(
    handling: Handling[C, S], division: str, groups: Sequence[StreamCommands[C]], author: Author
) -> list[_Decided[C, S] | Refusal]:
    known = [group.stream_id for group in groups if not group.begins]
    histories = await handling.ledger.streams(author.scope, division, known)
    return [
        _decide(handling, group, handling.fold(histories.get(group.stream_id, ())), author)
        for group in groups
    ]


def _decide(
    handling: Handling[C, S], group: StreamCommands[C], record: Record[S], author: Author
) -> _Decided[C, S] | Refusal:
    """Decide all commands of a stream, or refuse all."""
    events: list[Event] = []
    new: list[NewEvent] = []
    state, began_at = record.state, record.began_at
    try:
        for command, at in group.commands:
            now = Record(state=state, began_at=began_at)
            decided = handling.decide(command, Mark(at, actor_ref=author.actor_ref), now)
            stamps = stamped(
                decided,
                group.stream_id,
                at,
                record.version + len(new),
                causation_id=group.causation_id,
            )
            new += stamps
            events += decided
            began_at = began_at or at
            state = handling.decider.fold_marked(marked(decided, stamps, author), state)
    except Refusal as refusal:
        return refusal
    written = Written(state=state, events=events, new=new)
    return _Decided(group=group, written=written, known_at=record.last_seq)


def _results(results: Sequence[_Decided[C, S] | Refusal]) -> list[StreamDone[S] | Refusal]:
    return [result.done() if isinstance(result, _Decided) else result for result in results]

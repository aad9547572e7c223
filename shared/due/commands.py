"""The handler that makes due rows commands of one aggregate, as many as it can in one append.

A command happens at the row's due time, or at the moment that it names, however late it is carried out, and has a receipt under
the row's key in the transaction that appends its events: a row that is handled again after a kill
is a repeat, whatever has become of the record since; one that is refused because another holder
was faster has had its effect. Rows whose commands look something up before they are decided go one
by one: `shared.office.due_commands`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

from shared.bulk_handling import StreamCommands, handle_all
from shared.contracts.event import Event
from shared.decider import Decider
from shared.due.row import Done, DueRow, Outcome, Refused
from shared.due.runner import DueRunner
from shared.handling import ATTEMPTS, CausedBy, Handling, StreamMovedOn, ViewWrites
from shared.ledger import Author, Ledger, Receipt, Statement, receipts
from shared.ledger.errors import RowTaken
from shared.refusals import Refusal

C = TypeVar("C")
S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCommand(Generic[C]):
    """The command that a row becomes, and the stream that it is for."""

    stream_id: str
    command: C
    at: datetime | None = None
    """When it happened; the row's due time, where none is named."""


@dataclass(frozen=True, kw_only=True)
class DueCommandsInBulk(Generic[C, S]):
    """A handler for a runner: `command_of` is pure and gives every row its command."""

    handling: Handling[C, S]
    command_of: Callable[[DueRow], DueCommand[C]]
    service: str
    county: str

    async def handle(self, division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        """Carry out the rows of one ledger in their order, in as few appends as keep it."""
        outcomes: list[Outcome] = []
        works = [(row, self._work(row)) for row in rows]
        for together in _appendable(works):
            outcomes += await self._carry_out(division, together)
        return outcomes

    def _work(self, row: DueRow) -> StreamCommands[C]:
        due = self.command_of(row)
        return StreamCommands(
            stream_id=due.stream_id,
            commands=[(due.command, due.at or row.due_at)],
            begins=False,
            causation_id=row.causation_id,
        )

    async def _carry_out(
        self, division: str, works: Sequence[tuple[DueRow, StreamCommands[C]]]
    ) -> list[Outcome]:
        author, route = self._author(works[0][0]), f"DUE {works[0][0].kind}"
        keys = [row.command_key for row, _ in works]
        for _ in range(ATTEMPTS):
            known = await self.handling.ledger.known_keys(division, author, route, keys)
            new = [(row, work) for row, work in works if row.command_key not in known]
            made = {work.stream_id: _receipt(route, row) for row, work in new}
            try:
                results, _ = await handle_all(
                    self.handling,
                    division,
                    [work for _, work in new],
                    author,
                    side_writes=partial(_receipts, division, author, made),
                )
            except RowTaken as taken:
                if taken.table != "command_receipt":
                    raise
                continue  # another holder was faster: its receipts are known now
            if any(isinstance(result, Refusal) for result in results):
                # its own effect, by another holder, may be what a command is refused for
                done = await self.handling.ledger.known_keys(division, author, route, keys)
            else:
                done = known
            found = {row.key: _outcome(each) for (row, _), each in zip(new, results, strict=True)}
            return [Done() if row.command_key in done else found[row.key] for row, _ in works]
        raise StreamMovedOn

    def _author(self, row: DueRow) -> Author:
        return Author(
            scope=self.county,
            actor_ref=f"policy:{self.service}",
            correlation_id=row.correlation_id,
        )


def _appendable(
    works: Sequence[tuple[DueRow, StreamCommands[C]]],
) -> Iterator[list[tuple[DueRow, StreamCommands[C]]]]:
    """Runs of rows that one append can take: of one correlation, each stream once."""
    together: list[tuple[DueRow, StreamCommands[C]]] = []
    streams: set[str] = set()
    for row, work in works:
        other = together and together[0][0].correlation_id != row.correlation_id
        if other or work.stream_id in streams:
            yield together
            together, streams = [], set()
        together.append((row, work))
        streams.add(work.stream_id)
    if together:
        yield together


def _receipt(route: str, row: DueRow) -> Receipt:
    cause = CausedBy(route, row.command_key)
    return Receipt(
        route=route, key=cause.key, request_mac=cause.request_mac, response=cause.seal(b"")
    )


def _receipts(
    division: str,
    author: Author,
    made: Mapping[str, Receipt],
    appended: Sequence[StreamCommands[C]],
) -> list[Statement]:
    return [receipts(division, author, [made[work.stream_id] for work in appended])]


def _outcome(result: object) -> Outcome:
    return Refused(result.slug) if isinstance(result, Refusal) else Done()


def commands_when_due(
    ledger: Ledger,
    decider: Decider[C, S, Event],
    view_writes: ViewWrites[S],
    command_of: Callable[[DueRow], DueCommand[C]],
    *,
    service: str,
    county: str,
    kind: str,
    now: Callable[[], datetime | None] = lambda: None,
) -> DueRunner:
    """A runner for rows of one kind, each a command of one aggregate; any number of processes may run it."""
    handling = Handling(
        ledger=ledger, decider=decider, answer=lambda _: None, view_writes=view_writes
    )
    handler = DueCommandsInBulk(
        handling=handling, command_of=command_of, service=service, county=county
    )
    return DueRunner(
        ledger.pool, handler.handle, service=service, county=county, kind=kind, now=now
    )

"""Rows of one table, taken one after the other: what is there already is known, never made twice.

A grid waits for its village and for the basic grid in which it lies, wherever they are in the table.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from services.grid.api.grids import BasicGridNotFound, VillageNotValid
from services.grid.api.office import Office
from services.grid.api.register_rows import TableRow
from shared.bulk_handling import StreamCommands, handle_all
from shared.contracts.event import Event
from shared.divisions import division_of, in_scope
from shared.handling import CommandRequest, Handling, Prepared, Record
from shared.http import correlation_id
from shared.http.validation import invalid_part
from shared.identity import Actor
from shared.identity.refusals import DivisionOutOfScope
from shared.ledger import Statement
from shared.office.occurrence_time import not_in_the_future
from shared.refusals import InvalidInput, Refusal

Row = TypeVar("Row", bound=TableRow)
_WAITS = (VillageNotValid, BasicGridNotFound)
Outcome = Literal["registered", "extended", "known"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row that was not refused."""

    id: str
    outcome: Outcome


@dataclass
class TableImport:
    """The rows of a request, of one actor and one source."""

    office: Office
    actor: Actor
    source: str
    outcomes: dict[int, Taken | Refusal] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    """How far each ledger has to be followed to show the rows."""

    async def take(
        self,
        rows: Sequence[dict[str, Any]],
        kind: type[Row],
        taken: Callable[["TableImport", Row], Awaitable[Taken]],
    ) -> None:
        """Take every row; those that wait for another one of the table are tried again."""
        waiting: dict[int, Row] = {}
        for place, given in enumerate(rows):
            try:
                waiting[place] = kind.model_validate(given)
            except ValidationError as fault:
                self.outcomes[place] = invalid_part(fault)
        while waiting:
            left = await self._take_each(waiting, taken)
            if len(left) == len(waiting):
                return
            waiting = left

    async def _take_each(
        self,
        rows: Mapping[int, Row],
        taken: Callable[["TableImport", Row], Awaitable[Taken]],
    ) -> dict[int, Row]:
        waiting = {}
        for place, row in rows.items():
            try:
                if not in_scope(self.actor.scope, row.division):
                    raise DivisionOutOfScope(field="division")
                self.outcomes[place] = await taken(self, row)
            except Refusal as refusal:
                self.outcomes[place] = refusal
                if isinstance(refusal, _WAITS):
                    waiting[place] = row
        return waiting

    async def handle(
        self,
        handling: Handling[Any, Any],
        stream_id: str,
        command: object,
        *,
        at: Any,
        side_writes: Sequence[Statement] = (),
        looked_up: Mapping[str, int] | None = None,
        check: Callable[[Any], Awaitable[None]] | None = None,
    ) -> int:
        """How many events followed; a fact that a register states bears its own time.

        `check` refuses what goes against the record, before anything is written.
        """
        stated = not_in_the_future(at, field="at", now=self.office.now())

        async def prepare(record: Record[Any]) -> Prepared[Any, Any]:
            if check is not None:
                await check(record.state)
            return Prepared(
                command=command, at=stated, side_writes=side_writes, looked_up=looked_up or {}
            )

        division = division_of(stream_id)
        request = CommandRequest(
            stream_id=stream_id,
            author=self.actor.author(division, correlation_id()),
            prepare=prepare,
        )
        handled = await handling.handle(request)
        self.positions[division] = max(self.positions.get(division, 0), handled.position)
        return len(handled.events)

    async def handle_commands(
        self,
        handling: Handling[Any, Any],
        work: StreamCommands[Any],
        side_writes: Sequence[Statement],
    ) -> tuple[Event, ...]:
        """The events that followed from all commands of a row; a refused one takes all of them back."""
        division = division_of(work.stream_id)
        author = self.actor.author(division, correlation_id())
        (result,), position = await handle_all(
            handling, division, [work], author, side_writes=lambda _: side_writes
        )
        if isinstance(result, Refusal):
            raise result
        self.positions[division] = max(self.positions.get(division, 0), position)
        return result.events

    def results(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each row's own result."""
        return [_result(given, self.outcomes[place]) for place, given in enumerate(rows)]


def _result(given: dict[str, Any], outcome: Taken | Refusal) -> dict[str, Any]:
    row = given.get("row")
    number = row if type(row) is int else None
    if isinstance(outcome, Refusal):
        return {"row": number, "outcome": "rejected", "id": None, "problem": _problem(outcome)}
    return {"row": number, "outcome": outcome.outcome, "id": outcome.id, "problem": None}


def _problem(refusal: Refusal) -> dict[str, Any]:
    named, detail = refusal.shown.get("field"), refusal.detail
    if isinstance(refusal, InvalidInput):
        named, detail = refusal.errors[0].field, refusal.errors[0].message
    return {"type": refusal.type, "title": refusal.title, "detail": detail, "field": named}

"""A batch of patrols: each line decided for itself, all that are taken in one append.

line ─► validated ─► the moment by a right clock ─► whose grid it was that day ─► decided ─► answer

A line whose id was recorded before is known, and recorded no second time: an id makes the stream.
One that says something else under a known id is refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import ValidationError

from services.grid.api.office import Office
from services.grid.api.patrol_bodies import PatrolBatch, StatedPatrol
from services.grid.domain.named_ids import patrol_id
from services.grid.domain.patrol import (
    Patrol,
    PatrolCommand,
    PatrolRecordedOtherwise,
    RecordPatrol,
    StatedLine,
    require_same,
)
from services.grid.domain.patrol_policy import refuse_too_long_ago, refuse_unclear_day
from services.grid.domain.phone_clock import by_right_clock
from services.grid.store import assignments
from services.grid.store.assignments import Served
from shared.bulk_handling import StreamCommands, StreamDone, handle_all
from shared.contracts.grid_codes import GridKind
from shared.http import correlation_id
from shared.http.validation import invalid_part
from shared.identity import Actor, Role
from shared.office.occurrence_time import not_in_the_future
from shared.refusals import Refusal
from shared.times import china_day

Lines = Mapping[int, StatedPatrol]
"""Lines by their place in the request."""


class GridNotServed(Refusal):
    """A grid is patrolled by somebody who serves it that day."""

    status = 422
    title = "The worker does not serve the grid that day"


class WorkerNotNamed(Refusal):
    """Who records another's patrol names the worker."""

    status = 422
    title = "The worker is not named"


@dataclass(frozen=True, slots=True)
class Taken:
    """A line that was not refused: the patrol, and whether it was recorded only now."""

    patrol: Patrol
    is_new: bool
    position: int
    """The ledger position that shows it."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One request's lines, of one actor in one township."""

    office: Office
    actor: Actor
    division: str
    sent_at: datetime | None
    now: datetime
    outcomes: dict[int, Taken | Refusal] = field(default_factory=dict)

    async def take(self, body: PatrolBatch) -> int:
        """Decide every line; gives the position that shows all that were taken, 0 if none was."""
        lines = self._valid(body)
        served = await self._served(lines)
        ready: dict[int, tuple[RecordPatrol, datetime]] = {}
        for place, line in lines.items():
            try:
                ready[place] = self._command(line, served)
            except Refusal as refusal:
                self.outcomes[place] = await self._recorded(line, served) or refusal
        for wave in _waves(ready):
            await self._append(wave)
        taken = (each for each in self.outcomes.values() if isinstance(each, Taken))
        return max((each.position for each in taken), default=0)

    async def _recorded(
        self, line: StatedPatrol, served: list[Served]
    ) -> Taken | PatrolRecordedOtherwise | None:
        """What was recorded from this id before, whatever would refuse the line today."""
        stream_id = patrol_id(self.division, line.client_id)
        record = await self.office.patrols.read(self.division, stream_id)
        done = record.state.done
        own = {line.worker_id, *(each.worker_id for each in served)}
        if done is None or done.worker_ref not in own:
            return None
        try:
            require_same(done, self._stated(line))
        except PatrolRecordedOtherwise as otherwise:
            return otherwise
        return Taken(record.state, is_new=False, position=record.last_seq)

    def _stated(self, line: StatedPatrol) -> StatedLine:
        time = by_right_clock(line.done_at, sent_at=self.sent_at, now=self.now)
        return StatedLine(
            grid_code=line.grid_code,
            done_at=frozenset({china_day(line.done_at), china_day(time.at)}),
            found=line.found,
            households_visited=line.households_visited,
            worker_id=line.worker_id,
        )

    def _valid(self, body: PatrolBatch) -> dict[int, StatedPatrol]:
        lines: dict[int, StatedPatrol] = {}
        for place, given in enumerate(body.patrols):
            try:
                lines[place] = StatedPatrol.model_validate(given)
            except ValidationError as fault:
                self.outcomes[place] = invalid_part(fault)
        return lines

    async def _served(self, lines: Lines) -> list[Served]:
        """Which grids the workers in question serve, and when."""
        pool = self.office.pool
        if self.actor.role is Role.GRID_WORKER:
            posts = self.actor.names_in(self.division)
            return await assignments.served_by_posts(pool, self.division, posts)
        named = sorted({line.worker_id for line in lines.values() if line.worker_id})
        return await assignments.served_by(pool, self.division, named)

    def _command(self, line: StatedPatrol, served: list[Served]) -> tuple[RecordPatrol, datetime]:
        time = by_right_clock(line.done_at, sent_at=self.sent_at, now=self.now)
        at = not_in_the_future(time.at, field="done_at", now=self.now)
        if self.sent_at and self.sent_at < self.now:
            refuse_unclear_day(line.done_at, at, today=china_day(self.now))
        if self.actor.role is not Role.BACKFILL:
            refuse_too_long_ago(at, today=china_day(self.now))
        own, shown_on, on = self._own(line, served, at), china_day(line.done_at), china_day(at)
        command = RecordPatrol(
            patrol_id=patrol_id(self.division, line.client_id),
            grid_code=line.grid_code,
            worker_ref=own.worker_id,
            on=on,
            found=line.found,
            households_visited=line.households_visited,
            clock_corrected=time.corrected or None,
            grid_kind=GridKind.of(own.grid_kind),
            stated_on=shown_on if shown_on != on else None,
        )
        return command, at

    def _own(self, line: StatedPatrol, served: list[Served], at: datetime) -> Served:
        """The grid, and who did it: somebody who serves it that day."""
        if line.worker_id is None and self.actor.role is not Role.GRID_WORKER:
            raise WorkerNotNamed(field="worker_id")
        day = china_day(at)
        for each in served:
            meant = line.worker_id in {None, each.worker_id}
            if meant and each.grid_code == line.grid_code and each.covers(day):
                return each
        raise GridNotServed(field="grid_code", day=day.isoformat())

    async def _append(self, wave: Mapping[int, tuple[RecordPatrol, datetime]]) -> None:
        groups: list[StreamCommands[PatrolCommand]] = [
            StreamCommands(stream_id=command.patrol_id, commands=[(command, at)], begins=False)
            for command, at in wave.values()
        ]
        author = self.actor.author(self.division, correlation_id())
        results, position = await handle_all(self.office.patrols, self.division, groups, author)
        for place, result in zip(wave, results, strict=True):
            match result:
                case StreamDone(state=patrol, events=events, known_at=known_at):
                    shown_at = position if events else known_at
                    self.outcomes[place] = Taken(patrol, bool(events), shown_at)
                case refusal:
                    self.outcomes[place] = refusal


def _waves(
    ready: Mapping[int, tuple[RecordPatrol, datetime]],
) -> Iterator[dict[int, tuple[RecordPatrol, datetime]]]:
    """An id that comes twice is decided twice, the second time when the first is known.

    Within a wave the earliest patrol comes first, whatever the order of the lines was.
    """
    waiting = dict(sorted(ready.items(), key=lambda each: (each[1][1], each[0])))
    while waiting:
        first_of = {command.patrol_id: place for place, (command, _) in reversed(waiting.items())}
        yield {place: waiting.pop(place) for place in list(waiting) if place in first_of.values()}

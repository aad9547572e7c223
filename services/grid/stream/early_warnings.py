"""Makes what the rules ask for warnings: a due row becomes a command under a key made of the row.

warning-time ─► the rule looks at its state ─► warning ─► raise, or a more urgent level

A process that is killed before it settles a row leaves it to the next, whose look finds the level
asked for already, and whose command is a repeat.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from services.grid.domain.early_warning import EARLY_WARNING, EarlyWarning, WarningCommand
from services.grid.domain.early_warning.acting import ChangeLevel
from services.grid.domain.early_warning.life_policy import WarningLife
from services.grid.domain.early_warning.raising import RaiseWarning
from services.grid.domain.early_warning.warning_file import is_more_urgent, raised
from services.grid.domain.named_ids import warning_id
from services.grid.domain.rules import RULES
from services.grid.domain.rules.policy import EarlyWarningPolicy
from services.grid.domain.rules.state import RuleState, Watched
from services.grid.policies.early_warnings import EARLY_WARNINGS, chosen_early_warnings
from services.grid.policies.warning_life import shipped_life
from services.grid.store import rule_state, warning_board, warning_matters
from services.grid.store.rule_state import Episode, Place
from services.grid.stream.rule_fold import ASKED, LOOK, look_row, payload_of
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import (
    LevelChangeReason,
    WarningLevel,
    WarningRule,
    WarningSource,
)
from shared.due import Done, DueRow, DueRunner, Handler, Outcome, put, write
from shared.handling import Handling, Prepared, Record
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.ledger import Ledger, Statement
from shared.office.due_commands import DueCommands, caused_by_row
from shared.postgres import Pool, transaction

SERVICE = "grid"
Now = Callable[[], datetime | None]
_RULES = {rule.id: rule for rule in RULES}


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Has rules look at their states, and keeps what they ask for; runs no command."""

    pool: Pool
    policy: EarlyWarningPolicy

    async def __call__(self, division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        """Look for each row, in their order and in one transaction."""
        places = {_place(row) for row in rows}
        async with transaction(self.pool, division) as connection:
            states = await rule_state.lock(connection, places)
            following = [each for row in rows for each in self._look(row, states[_place(row)])]
            if following:
                await write(connection, [rule_state.write(states), put(following)])
        return [Done() for _ in rows]

    def _look(self, row: DueRow, state: RuleState) -> list[DueRow]:
        place = _place(row)
        rule = _RULES[WarningRule.of(place.rule)]
        watched = Watched(rule=rule, key=place.subject, policy=self.policy)
        learned = watched.look(state, row.due_at)
        following = []
        if learned.verdict is not None:
            following.append(_asked(row, payload_of(rule, place, learned.verdict, state)))
        if learned.look_at is not None:
            following.append(look_row(place, learned.look_at, causation_id=row.causation_id))
        return following


@dataclass(frozen=True, kw_only=True)
class Raising:
    """Raises the warnings that are asked for, or gives an open one a more urgent level."""

    warnings: Handling[WarningCommand, EarlyWarning]
    county: str
    life: WarningLife
    now: Now
    marks: KeyedMarks = NO_MARKS

    async def carry_out(self, row: DueRow) -> None:
        """Raise the warning of the episode; nothing in the quiet time after the last one."""
        place = _place(row)
        last = await rule_state.episode_of(self.warnings.ledger.pool, place)
        if _is_in_quiet_time(place, last, row.due_at):
            return
        episode = last.number if last.warning_id else last.number + 1
        stream_id = last.warning_id or warning_id(
            place.division, place.rule, place.subject, episode
        )

        async def prepare(
            record: Record[EarlyWarning],
        ) -> Prepared[WarningCommand, EarlyWarning] | None:
            if record.state.raised is None:
                return self._raise(row, stream_id, episode)
            return self._change(row, record)

        request = caused_by_row(row, prepare, stream_id, service=SERVICE, county=self.county)
        await self.warnings.handle(request)

    def _raise(
        self, row: DueRow, stream_id: str, episode: int
    ) -> Prepared[WarningCommand, EarlyWarning]:
        said = row.payload
        rule = _RULES[WarningRule.of(said["rule"])]
        level, category = WarningLevel.of(said["level"]), said["category"]
        command = RaiseWarning(
            warning_id=stream_id,
            level=level,
            subject_kind=rule.subject_kind,
            subject=said["subject"],
            rule=rule.id,
            rule_version=said["rule_version"],
            reason=said["reason"],
            reason_en=said["reason_en"],
            source=WarningSource.MONITORING,
            dispose_by=self._dispose_by(level),
            episode=episode,
            because=tuple(said["because"]),
            matter_id=said["matter_id"],
            unit=self._unit(said),
            category=None if category is None else Category.of(category),
            village_code=said["village_code"],
            last_day=_day(said.get("last_day")),
        )
        opened = rule_state.opened(_place(row), episode=episode, warning_id=stream_id)
        return Prepared(
            command=command, at=self._at(row), side_writes=[*opened, *_matters(row, stream_id)]
        )

    def _change(
        self, row: DueRow, record: Record[EarlyWarning]
    ) -> Prepared[WarningCommand, EarlyWarning] | None:
        level = WarningLevel.of(row.payload["level"])
        if not record.state.is_open or not is_more_urgent(level, record.state.level):
            return None
        said = row.payload
        command = ChangeLevel(
            to_level=level,
            why=LevelChangeReason.RULE,
            dispose_by=self._dispose_by(level),
            reason=said["reason"],
            reason_en=said["reason_en"],
            last_day=_day(said.get("last_day")),
        )
        at = self._at(row)
        return Prepared(
            command=command,
            at=max(at, record.began_at or at),
            side_writes=_matters(row, raised(record.state).warning_id),
        )

    def _unit(self, said: Mapping[str, Any]) -> str | None:
        """Never one that is complained of: events name it by its mark."""
        unit: str | None = said["unit"]
        if unit is None or self.marks.names_of_unit(unit).isdisjoint(said.get("complained", ())):
            return unit
        return None

    def _at(self, row: DueRow) -> datetime:
        """When it is shown: what fell due long ago, or was recorded late, warned nobody until now."""
        return max(row.due_at, self.now() or datetime.now(UTC))

    def _dispose_by(self, level: WarningLevel) -> datetime:
        """The office has its hours from when the warning is shown, however late that is."""
        return self.life.dispose_by(level, self.now() or datetime.now(UTC))


@dataclass
class Wakes:
    """Wakes the runner that raises, in the process that folds: a red warning waits for no look."""

    runner: DueRunner | None = None

    def __call__(self) -> None:
        """Have it look at once."""
        if self.runner is not None:
            self.runner.nudge()


def warning_runners(
    ledger: Ledger,
    *,
    county: str,
    early_warnings: str = EARLY_WARNINGS,
    now: Now = lambda: None,
    wakes: Wakes | None = None,
    marks: KeyedMarks = NO_MARKS,
) -> tuple[DueRunner, DueRunner]:
    """A runner that has rules look again, and one that raises; any number of processes may run."""
    warnings: Handling[WarningCommand, EarlyWarning] = Handling(
        ledger=ledger,
        decider=EARLY_WARNING,
        answer=lambda _: None,
        view_writes=partial(warning_board.view_writes, early_warnings=early_warnings),
    )
    raising = Raising(warnings=warnings, county=county, life=shipped_life(), now=now, marks=marks)
    looking = Looking(pool=ledger.pool, policy=chosen_early_warnings(early_warnings))
    handlers: dict[str, Handler] = {LOOK: looking, ASKED: DueCommands(carry_out=raising.carry_out)}
    look, ask = (
        DueRunner(ledger.pool, handler, service=SERVICE, county=county, kind=kind, now=now)
        for kind, handler in handlers.items()
    )
    if wakes is not None:
        wakes.runner = ask
    return look, ask


def _matters(row: DueRow, stream_id: str) -> list[Statement]:
    """None where the row was put by an earlier release, which named no matters."""
    return warning_matters.kept(stream_id, row.payload.get("matters", ()))


def _place(row: DueRow) -> Place:
    return Place(row.division, row.payload["rule"], row.payload["subject"])


def _is_in_quiet_time(place: Place, last: Episode, at: datetime) -> bool:
    """A rule of time has none: what it asked for before a warning ended was not known to the office."""
    if not _RULES[WarningRule.of(place.rule)].is_windowed or last.quiet_until is None:
        return False
    return last.warning_id is None and at <= last.quiet_until


def _day(stated: str | None) -> date | None:
    """None also where the row was put by an earlier release, which kept no day."""
    return None if stated is None else date.fromisoformat(stated)


def _asked(row: DueRow, payload: dict[str, Any]) -> DueRow:
    return DueRow(
        division=row.division,
        kind=ASKED,
        key=row.key,
        due_at=row.due_at,
        payload=payload,
        causation_id=row.causation_id,
    )

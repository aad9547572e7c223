"""The warnings of a back-test, and what became of their matters, in the back-test's database."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import orjson

from cli.back_testing.workbook import moment_of
from services.grid.domain.back_test import (
    Ended,
    EndedHow,
    Failed,
    FailureKind,
    Finding,
    Moved,
    Raised,
    Step,
    Worsened,
)
from services.grid.domain.back_test.counts import JudgedWarning, OfMatter, Recall
from shared.contracts.early_warning_codes import WarningRule
from shared.times import epoch_microseconds

_TABLES = """
    create table warning (number integer primary key, warning_id text unique, rule text,
        subject text, episode integer, level text, at integer, because text, reason text,
        reason_en text, late integer, ended_how text, ended_at integer, is_false integer default 0);
    create table warned (matter_id text, warning integer, at integer, before integer,
        after integer, primary key (matter_id, warning)) without rowid;
    create index of_warning on warned (warning);
    create table failure (matter_id text, kind text, last integer, first_in integer,
        last_in integer, primary key (matter_id, kind)) without rowid;
    create table matter (matter_id text primary key, is_answered integer default 0,
        is_resolved integer default 0, is_sealed integer default 0) without rowid;
"""
_RAISE = """
    insert into warning (warning_id, rule, subject, episode, level, at, because, reason, reason_en,
        late) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_WARN = """
    insert or ignore into warned (matter_id, warning, at, before)
    select ?1, ?2, ?3, max(last) from failure where matter_id = ?1
"""
_FAIL = """
    insert into failure values (?1, ?2, ?3, ?4, ?4)
    on conflict (matter_id, kind) do update set last = excluded.last,
        first_in = coalesce(first_in, excluded.first_in),
        last_in = coalesce(excluded.last_in, last_in)
"""
_SEALED = "exists (select 1 from matter where matter.matter_id = {}.matter_id and is_sealed)"
_CHOSEN = f"""
    from warning where at between ? and ? and not exists (select 1 from warned
        where warned.warning = warning.number and {_SEALED.format("warned")})
"""
_LEFT_OUT = f"""
    select count(*) from warning where at between ? and ? and exists (select 1 from warned
        where warned.warning = warning.number and {_SEALED.format("warned")})
"""
_OF_WARNING = """
    select warned.matter_id, coalesce(is_answered, 0), coalesce(is_resolved, 0), before, after,
        (select group_concat(kind) from failure where failure.matter_id = warned.matter_id)
    from warned left join matter using (matter_id) where warning = ? order by warned.matter_id
"""
_COLUMNS = """number, warning_id, rule, subject, episode, level, at, because, reason, reason_en,
    late, ended_how, ended_at, is_false"""
_WARNED = """
    exists (select 1 from warned join warning on warning.number = warned.warning
        where warned.matter_id = failure.matter_id and (?1 is null or warning.rule = ?1)
          and warned.at between first_in - ?2 and {})
"""
_RECALL = f"""
    select count(*), coalesce(sum(warned), 0), coalesce(sum(in_time), 0) from (
        select max({_WARNED.format("last_in + ?2")}) as warned,
            max({_WARNED.format("first_in")}) as in_time
        from failure where first_in is not null and (?3 is null or kind = ?3)
          and not {_SEALED.format("failure")}
        group by matter_id)
"""


class FoundWarning(NamedTuple):
    """A warning with all that is shown of it."""

    warning_id: str
    subject: str
    episode: int
    level: str
    because: tuple[str, ...]
    reason: str
    reason_en: str
    ended_how: EndedHow | None
    ended_at: datetime | None
    judged: JudgedWarning


@dataclass(slots=True)
class Found:
    """Takes what a walk finds; the period is that of what is counted."""

    database: sqlite3.Connection
    begin: datetime
    end: datetime
    """The last moment of the period."""

    def __post_init__(self) -> None:
        self.database.executescript(_TABLES)
        self.database.execute("begin")

    def take(self, finding: Finding) -> None:
        """Keep a finding."""
        match finding:
            case Raised():
                self._raised(finding)
            case Worsened():
                self._worsened(finding)
            case Ended():
                self._ended(finding)
            case Failed():
                self._failed(finding)
            case Moved():
                self._moved(finding)

    def warnings(self, *, limit: int = -1, skip: int = 0) -> Iterator[FoundWarning]:
        """Those of the period by their time, from the first on that is not skipped."""
        query = f"select {_COLUMNS} {_CHOSEN} order by at, number limit ? offset ?"
        for row in self.database.execute(query, (*self._period, limit, skip)):
            yield self._found(*row)

    def left_out(self) -> int:
        """How many warnings are neither shown nor counted: the matter was found to be sealed later."""
        [number] = self.database.execute(_LEFT_OUT, self._period).fetchone()
        return int(number)

    def recall(
        self,
        within: timedelta,
        *,
        rule: WarningRule | None = None,
        kind: FailureKind | None = None,
    ) -> Recall:
        """Of the matters with a failure in the period, those of which a warning was raised."""
        reach = within // timedelta(microseconds=1)
        row = self.database.execute(_RECALL, (rule, reach, kind)).fetchone()
        return Recall(*map(int, row))

    @property
    def _period(self) -> tuple[int, int]:
        return epoch_microseconds(self.begin), epoch_microseconds(self.end)

    def _raised(self, found: Raised) -> None:
        at = epoch_microseconds(found.at)
        because = orjson.dumps(found.because).decode()
        row = (found.warning_id, found.rule, found.subject, found.episode, found.level)
        more = (at, because, found.reason, found.reason_en, found.recorded_late)
        number = self.database.execute(_RAISE, (*row, *more)).lastrowid
        for matter in found.matters:
            self.database.execute(_WARN, (matter, number, at))

    def _worsened(self, found: Worsened) -> None:
        query = (
            "update warning set level = ?, late = late or ? where warning_id = ? returning number"
        )
        row = (found.level, found.recorded_late, found.warning_id)
        [number] = self.database.execute(query, row).fetchone()
        for matter in found.matters:
            self.database.execute(_WARN, (matter, number, epoch_microseconds(found.at)))

    def _ended(self, found: Ended) -> None:
        query = """
            update warning set is_false = is_false or ?1, ended_how = coalesce(ended_how, ?2),
                ended_at = coalesce(ended_at, ?3) where warning_id = ?4
        """
        row = (found.how is EndedHow.FALSE, found.how, epoch_microseconds(found.at))
        self.database.execute(query, (*row, found.warning_id))

    def _failed(self, found: Failed) -> None:
        at = epoch_microseconds(found.at)
        query = "update warned set after = ? where matter_id = ? and after is null"
        self.database.execute(query, (at, found.matter_id))
        is_in = self.begin <= found.at <= self.end
        self.database.execute(_FAIL, (found.matter_id, found.kind, at, at if is_in else None))

    def _moved(self, found: Moved) -> None:
        changed = {
            Step.ANSWERED: "is_answered = 1",
            Step.RESOLVED: "is_resolved = 1",
            Step.REOPENED: "is_answered = 0, is_resolved = 0",
            Step.SEALED: "is_sealed = 1",
        }[found.step]
        row = (found.matter_id,)
        self.database.execute("insert or ignore into matter (matter_id) values (?)", row)
        self.database.execute(f"update matter set {changed} where matter_id = ?", row)

    def _found(self, number: int, warning_id: str, rule: str, *row: Any) -> FoundWarning:
        subject, episode, level, at, because, reason, reason_en, late, how, ended, is_false = row
        matters = self.database.execute(_OF_WARNING, (number,)).fetchall()
        judged = JudgedWarning(
            rule=WarningRule.of(rule),
            at=moment_of(at),
            recorded_late=bool(late),
            is_false=bool(is_false),
            matters=tuple(map(_of_matter, matters)),
        )
        return FoundWarning(
            warning_id=warning_id,
            subject=subject,
            episode=episode,
            level=level,
            because=tuple(orjson.loads(because)),
            reason=reason,
            reason_en=reason_en,
            ended_how=None if how is None else EndedHow(how),
            ended_at=_moment(ended),
            judged=judged,
        )


def _of_matter(row: tuple[Any, ...]) -> OfMatter:
    matter_id, is_answered, is_resolved, before, after, failures = row
    return OfMatter(
        matter_id=matter_id,
        is_answered=bool(is_answered),
        is_resolved=bool(is_resolved),
        before=_moment(before),
        after=_moment(after),
        failures=frozenset(map(FailureKind, failures.split(",") if failures else ())),
    )


def _moment(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else moment_of(microseconds)

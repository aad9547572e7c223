"""What a walk keeps, in the back-test's database: its subjects, and what falls due."""

import sqlite3
from collections import OrderedDict
from datetime import datetime

import orjson

from cli.back_testing.workbook import moment_of
from services.grid.domain.back_test import Due, Followed, Place
from services.grid.domain.back_test.following import DueKind
from shared.times import epoch_microseconds

_FOLLOWED = """
    create table followed (division text, rule text, subject text, state blob,
        primary key (division, rule, subject)) without rowid;
    create table named (warning_id text primary key, division text, rule text, subject text)
        without rowid;
"""
_AGENDA = """
    create table agenda (at integer, kind text, rule text, division text, subject text,
        taken integer default 0, primary key (division, rule, subject, kind, at)) without rowid;
    create index due on agenda (at, kind, rule, division, subject) where taken = 0;
"""
_PUT = "insert or ignore into agenda (at, kind, rule, division, subject) values (?, ?, ?, ?, ?)"
_MOST_NEW = 1000
_NEXT = """
    select at, kind, division, rule, subject from agenda where taken = 0
    order by at, kind, rule, division, subject limit 1
"""
_TAKE = """
    update agenda set taken = 1
    where at = ? and kind = ? and division = ? and rule = ? and subject = ?
"""


_KEPT = 0.9
"""So much stays in memory when some of it is put away."""
_IN_USE = 2
"""Who asks for a subject may still change the one before."""


class FollowedStore:
    """The subjects, the last used of them in memory, as long as these have few facts together."""

    def __init__(self, database: sqlite3.Connection, *, most_in_memory: int = 250_000) -> None:
        self._database = database
        self._most = most_in_memory
        self._size = 0
        """Of what is in memory, each subject and each of its facts is one; rather too many than too few."""
        self._recent: OrderedDict[Place, Followed] = OrderedDict()
        database.executescript(_FOLLOWED)
        database.execute("begin")

    def of(self, place: Place) -> Followed:
        """The subject, new where it was not met before."""
        followed = self._recent.get(place)
        if followed is None:
            followed = self._recent[place] = self._load(place)
            self._size += _size(followed)
        else:
            self._recent.move_to_end(place)
        self._size += 1  # what it is asked for may add a fact
        if self._size > self._most:
            self._put_away()
        return followed

    def name(self, warning_id: str, place: Place) -> None:
        """Remember whose warning this is."""
        self._database.execute(
            "insert or replace into named values (?, ?, ?, ?)", (warning_id, *place)
        )

    def named(self, warning_id: str) -> Place | None:
        """Whose warning this is."""
        query = "select division, rule, subject from named where warning_id = ?"
        row = self._database.execute(query, (warning_id,)).fetchone()
        return None if row is None else Place(*row)

    def _load(self, place: Place) -> Followed:
        query = "select state from followed where division = ? and rule = ? and subject = ?"
        row = self._database.execute(query, place).fetchone()
        return Followed() if row is None else Followed.from_json(orjson.loads(row[0]))

    def _put_away(self) -> None:
        """Write many of those that were not used for longest, in one statement; the last stay."""
        self._size = sum(map(_size, self._recent.values()))
        rows = []
        while self._size > self._most * _KEPT and len(self._recent) > _IN_USE:
            place, followed = self._recent.popitem(last=False)
            self._size -= _size(followed)
            rows.append((*place, orjson.dumps(followed.members())))
        self._database.executemany("insert or replace into followed values (?, ?, ?, ?)", rows)


def _size(followed: Followed) -> int:
    return 1 + len(followed.state.facts)


class AgendaStore:
    """What falls due, each once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._earliest: int | None = None
        """Nothing falls due before it."""
        self._new: list[tuple[int, str, str, str, str]] = []
        """What was put and is not written yet."""
        database.executescript(_AGENDA)
        database.execute("begin")

    def put(self, due: Due) -> None:
        """Keep it until it falls due; nothing where it was put before."""
        at = epoch_microseconds(due.at)
        self._new.append(
            (at, due.kind.value, due.place.rule, due.place.division, due.place.subject)
        )
        if self._earliest is None or at < self._earliest:
            self._earliest = at
        if len(self._new) >= _MOST_NEW:
            self._write()

    def next_before(self, moment: datetime) -> Due | None:
        """Take the first that falls due before that moment."""
        before = epoch_microseconds(moment)
        if self._earliest is None or self._earliest >= before:
            return None
        self._write()
        row = self._database.execute(_NEXT).fetchone()
        self._earliest = None if row is None else row[0]
        if row is None or row[0] >= before:
            return None
        self._database.execute(_TAKE, row)
        at, kind, division, rule, subject = row
        return Due(moment_of(at), DueKind(kind), Place(division, rule, subject))

    def _write(self) -> None:
        if self._new:
            self._database.executemany(_PUT, self._new)
            self._new.clear()

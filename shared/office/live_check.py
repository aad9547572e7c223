"""Compares the tables of a running service with its ledgers: boards, versions, the vault's digests.

An export proves what the ledgers say; what people see are boards and vault, which are in no chain.
One snapshot of the database is read for each division, so that commands may go on meanwhile.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString

import orjson
from psycopg import sql
from psycopg.rows import class_row, dict_row

from shared.board import Board
from shared.board.replay import BoardReplay
from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event
from shared.contracts.vault import PersonErased
from shared.decider import Decider, Mark
from shared.handling import Written
from shared.keys import NotUnsealed
from shared.ledger import NewEvent, Statement
from shared.ledger.read import STREAM_COLUMNS, StreamEvent
from shared.postgres import SET_SCOPE, Connection, Pool
from shared.vault import Entry, Vault
from shared.vault import PersonErased as NoKey

_SNAPSHOT: LiteralString = "set transaction isolation level repeatable read, read only"
_DIVISIONS: LiteralString = "select division_code from ledger order by division_code"
_EVENTS: LiteralString = f"""
    select {STREAM_COLUMNS} from event where division_code = %s order by seq
"""
_ENTRIES: LiteralString = """
    select person_ref, kind, digest, sealed from vault_entry where division_code = %s
"""
_FILES: LiteralString = "select person_ref, wrapped_key from vault_person where division_code = %s"

_CLOSED: LiteralString = "select count(*) from vault_erased where division_code = %s"


@dataclass(frozen=True, kw_only=True)
class Viewed:
    """An aggregate, its events' class, and the board that is written with them."""

    events: type[Event]
    decider: Decider[Any, Any, Any]
    view_writes: Callable[[Sequence[Written[Any]]], Sequence[Statement]]
    board: Board[Any]


@dataclass(frozen=True, kw_only=True)
class Tables:
    """What a service keeps beside its ledgers that follows from them."""

    viewed: Sequence[Viewed]
    digests: frozenset[str]
    """The fields of events that are digests of texts in the vault."""
    file_of: Callable[[Event], str | None]
    """The reference of the file with its stream's texts, where an event tells it."""


@dataclass
class LiveCheck:
    """The comparison of one service; `findings` names what differs."""

    pool: Pool
    county: str
    tables: Tables
    vault: Vault
    findings: list[str] = field(default_factory=list)
    divisions: int = 0

    async def run(self) -> list[str]:
        """Division by division."""
        async with self._snapshot() as connection:
            cursor = await connection.execute(_DIVISIONS)
            divisions = [str(row[0]) for row in await cursor.fetchall()]
        for division in divisions:
            async with self._snapshot() as connection:
                await _Division(self, connection, division).check()
            self.divisions += 1
        return self.findings

    @asynccontextmanager
    async def _snapshot(self) -> AsyncIterator[Connection]:
        async with self.pool.connection() as connection, connection.transaction():
            await connection.execute(_SNAPSHOT)
            await connection.execute(SET_SCOPE, (self.county,))
            yield connection


class _Division:
    def __init__(self, check: LiveCheck, connection: Connection, division: str) -> None:
        self._check, self._connection, self._division = check, connection, division
        self._states: dict[str, Any] = {}
        self._versions: dict[str, int] = {}
        self._boards = [BoardReplay(each.board) for each in check.tables.viewed]
        self._files: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._erased = 0

    async def check(self) -> None:
        async for event in self._read():
            self._take(event)
        for replay in self._boards:
            await self._compare(replay)
        await self._compare_vault()

    async def _read(self) -> AsyncIterator[StreamEvent]:
        async with self._connection.cursor("events", row_factory=class_row(StreamEvent)) as cursor:
            await cursor.execute(_EVENTS, (self._division,))
            async for event in cursor:
                yield event

    def _take(self, stored: StreamEvent) -> None:
        stream = stored.stream_id
        self._versions[stream] = self._versions.get(stream, 0) + 1
        if stored.version != self._versions[stream]:
            self._wrong(f"event {stored.sequence} of {stream} has version {stored.version}")
        mark = Mark(stored.occurred_at, stored.event_id, stored.actor_ref)
        event = decode_data(stored.kind, stored.schema_version, orjson.loads(stored.data))
        for viewed, replay in zip(self._check.tables.viewed, self._boards, strict=True):
            if isinstance(event, viewed.events):
                state = self._states.get(stream, viewed.decider.initial)
                self._states[stream] = viewed.decider.fold_marked([(event, mark)], state)
                written = Written(state=self._states[stream], events=[event], new=[_new(stored)])
                replay.take(viewed.view_writes([written]))
        if isinstance(event, PersonErased):
            self._erased += event.files
        tables = self._check.tables
        if file := tables.file_of(event):
            self._files[stream] = file
        for name in tables.digests & type(event).model_fields.keys():
            if digest := getattr(event, name):
                self._named[digest] = stream

    async def _compare(self, replay: BoardReplay) -> None:
        table = replay.board.table
        names = sql.SQL(", ").join(sql.Identifier(each.name) for each in replay.columns)
        query = sql.SQL("select {} from {} where division_code = %s").format(
            names, sql.Identifier(table)
        )
        async with self._connection.cursor(row_factory=dict_row) as cursor:
            await cursor.execute(query, (self._division,))
            held = {str(row[replay.key]): row for row in await cursor.fetchall()}
        for key in sorted(held.keys() | replay.rows.keys()):
            for what in _differences(held.get(key), replay.rows.get(key)):
                self._wrong(f"{table} {key}: {what}")

    async def _compare_vault(self) -> None:
        files, held = await self._files_there(), set[str]()
        closed = await self._closed()
        if closed != self._erased:
            self._wrong(
                f"{closed} files of the vault are erased, and {self._erased} by the ledger"
            )
        async with self._connection.cursor("entries", row_factory=class_row(Entry)) as cursor:
            await cursor.execute(_ENTRIES, (self._division,))
            async for entry in cursor:
                held.add(entry.digest)
                if not self._follows(entry, files.get(entry.person_ref)):
                    self._wrong(
                        f"the vault's {entry.kind} of {entry.person_ref} is not what its digest says"
                    )
        for digest, stream in self._named.items():
            # without its key's row a file was erased
            if digest not in held and self._files.get(stream) in files:
                self._wrong(f"the vault lacks a text of {stream}: {digest}")

    async def _files_there(self) -> dict[str, bytes]:
        cursor = await self._connection.execute(_FILES, (self._division,))
        return dict(await cursor.fetchall())

    async def _closed(self) -> int:
        cursor = await self._connection.execute(_CLOSED, (self._division,))
        (found,) = await cursor.fetchone() or (0,)
        return int(found)

    def _follows(self, entry: Entry, wrapped_key: bytes | None) -> bool:
        try:
            file = self._check.vault.unlock(entry.person_ref, wrapped_key)
            return file.digest(file.read(entry)) == entry.digest
        except NoKey:
            return True
        except NotUnsealed:
            return False

    def _wrong(self, what: str) -> None:
        self._check.findings.append(f"{self._division}: {what}")


def _differences(held: Any, expected: Any) -> Iterator[str]:
    if held is None or expected is None:
        yield "the row is missing" if held is None else "no event is about this row"
        return
    for name, value in expected.items():
        if held[name] != value:
            # some columns name a person's file: the values stay where they are
            yield f"{name} is not what the ledger comes to"


def _new(stored: StreamEvent) -> NewEvent:
    return NewEvent(
        stream_id=stored.stream_id,
        version=stored.version,
        event_id=stored.event_id,
        kind=stored.kind,
        schema_version=stored.schema_version,
        data=stored.data.encode(),
        occurred_at=stored.occurred_at,
        causation_id=stored.causation_id,
    )

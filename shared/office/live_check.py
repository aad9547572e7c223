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
from shared.contracts.ledger import LedgerSealed
from shared.decider import Decider, Mark
from shared.handling import Written
from shared.ledger import NewEvent, Statement
from shared.ledger.read import STREAM_COLUMNS, StreamEvent
from shared.office.vault_check import KeptInVault, VaultCheck
from shared.openings.chain import OpeningsChain
from shared.openings.log import every_opening
from shared.postgres import SET_SCOPE, Connection, Pool
from shared.vault import Vault

_SNAPSHOT: LiteralString = "set transaction isolation level repeatable read, read only"
_DIVISIONS: LiteralString = "select division_code from ledger order by division_code"
_EVENTS: LiteralString = f"""
    select {STREAM_COLUMNS} from event where division_code = %s order by seq
"""


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
    kept: KeptInVault


@dataclass
class LiveCheck:
    """The comparison of one service; `findings` names what differs."""

    pool: Pool
    county: str
    tables: Tables
    vault: Vault
    findings: list[str] = field(default_factory=list)
    divisions: int = 0
    attachments: int = 0

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
        self._sealed_openings: dict[int, bytes] = {}
        self._vault = VaultCheck(kept=check.tables.kept, vault=check.vault)

    async def check(self) -> None:
        async for event in self._read():
            self._take(event)
        for replay in self._boards:
            await self._compare(replay)
        async for finding in self._vault.findings(self._connection, self._division):
            self._wrong(finding)
        await self._check_openings()
        self._check.attachments += self._vault.attachments

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
        self._vault.take(stream, event)
        if isinstance(event, LedgerSealed) and event.openings and event.openings_hash:
            self._sealed_openings[event.openings] = bytes.fromhex(event.openings_hash)

    async def _check_openings(self) -> None:
        """That the log of openings is chained, and holds each line that a seal names."""
        chain = OpeningsChain(self._sealed_openings)
        async for line in every_opening(self._connection, self._division):
            chain.take(line)
        for finding in chain.findings():
            self._wrong(finding)

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

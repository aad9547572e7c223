"""How far everything is: ledgers written, relayed, folded by stats, followed by the other service."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shared.services import LEDGER_KEEPERS, followers_of
from tests.chaos.ground import Ground
from tests.chaos.observed import Ledger

READERS: Mapping[str, tuple[str, ...]] = {
    service: followers_of(service) for service in LEDGER_KEEPERS
}
"""Whose ledgers are read by whom."""
_CONSUMED = "select division_code, next_seq - 1 from inbox where source = %s"
_RELAYED = "select division_code, seq from relayed"
_HEADS = "select division_code, head_seq from ledger"
_DUE = """
    select division_code, count(*) from due_row
    where kind <> 'seal' and state = 'waiting' and due_at <= clock_timestamp() group by 1
"""
_Positions = dict[str, int]


class Behind(NamedTuple):
    """A ledger that not everybody has read to its end."""

    ledger: Ledger
    written: int
    relayed: int
    read: Mapping[str, int]

    def __str__(self) -> str:
        read = ", ".join(f"{seq} by {reader}" for reader, seq in self.read.items())
        return f"{self.ledger}: {self.written} written, {self.relayed} relayed, read {read}"


def who_is_behind(ground: Ground) -> list[Behind]:
    """None, when all is quiet.

    What is read comes first, what is written last: whoever carries out what follows from an event
    has not read it yet, so that nothing is on its way when both are the same.
    """
    read = {
        (reader, service): _positions(ground, reader, _CONSUMED, f"/{service}")
        for service, readers in READERS.items()
        for reader in readers
    }
    due = {service: _positions(ground, service, _DUE) for service in READERS}
    return [each for service in READERS for each in _behind(ground, service, read, due[service])]


def _behind(
    ground: Ground,
    service: str,
    read: Mapping[tuple[str, str], _Positions],
    due: _Positions,
) -> Iterator[Behind]:
    relayed = _positions(ground, service, _RELAYED)
    for division, head in _positions(ground, service, _HEADS).items():
        by = {reader: read[reader, service].get(division, 0) for reader in READERS[service]}
        sent = relayed.get(division, 0)
        written = head + due.get(division, 0)  # a row that is due is about to be an event
        if {sent, *by.values()} != {written}:
            yield Behind(Ledger(service, division), written, sent, by)


def _positions(ground: Ground, database: str, query: str, *values: str) -> _Positions:
    with ground.database(database) as connection:
        return dict(connection.execute(query, values).fetchall())

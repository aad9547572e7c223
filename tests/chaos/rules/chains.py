"""Every ledger is whole: no gap, no broken chain, no time that runs back."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from tests.chaos.observed import Finding, LedgerEvent, Observation
from tests.chaos.rules.place import place


def ledgers_are_whole(seen: Observation) -> Iterator[Finding]:
    for ledger, events in seen.ledgers.items():
        previous, versions = None, defaultdict[str, int](int)
        for number, event in enumerate(events, 1):
            versions[event.stream_id] += 1
            for says in _broken(event, previous, number, versions[event.stream_id]):
                yield Finding("chain", place(ledger, event), says)
            previous = event


def _broken(
    event: LedgerEvent, previous: LedgerEvent | None, number: int, version: int
) -> Iterator[str]:
    if event.sequence != number:
        yield f"is the {number}. event of the ledger"
    if event.version != version:
        yield f"is the {version}. event of its stream and says {event.version}"
    if event.previous_hash != (previous.hash if previous else bytes(32)):
        yield "does not hold the hash of the event before"
    if event.hash != _hash(event):
        yield "has a hash that does not follow"
    if previous and event.recorded_at < previous.recorded_at:
        yield "was recorded before the event before it"


def _hash(event: LedgerEvent) -> bytes:
    at = event.recorded_at
    micros = int(at.timestamp()) * 1_000_000 + at.microsecond
    numbers = event.sequence.to_bytes(8, "big") + micros.to_bytes(8, "big", signed=True)
    return sha256(event.previous_hash + event.digest + numbers).digest()

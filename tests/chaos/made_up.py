"""Observations that a test makes up: what a system shows that has done everything right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.chaos.counts import FIGURES, counted_in
from tests.chaos.observed import Command, Fate, Ledger, LedgerEvent, Message, Observation

DIVISION = "519900101"
INTAKE, MEDIATION = Ledger("intake", DIVISION), Ledger("mediation", DIVISION)
GRID = Ledger("grid", DIVISION)
CASE, DISPUTE = f"{DIVISION}-1", f"{DIVISION}-2"
MEDIATOR, COMMITTEE = f"{DIVISION}-3", f"{DIVISION}-4"


@dataclass(frozen=True, slots=True)
class Made:
    """An event of a ledger; its id is its command's (or its cause's) and its kind."""

    ledger: Ledger
    stream_id: str
    kind: str
    command: str
    cause: str | None = None
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def event_id(self) -> str:
        return f"{self.command}/{self.kind}"


def chained(made: Iterable[Made]) -> dict[Ledger, list[LedgerEvent]]:
    """Ledgers in which these events stand, in this order."""
    ledgers: dict[Ledger, list[LedgerEvent]] = {INTAKE: [], MEDIATION: [], GRID: []}
    versions = defaultdict[str, int](int)
    for each in made:
        versions[each.stream_id] += 1
        events = ledgers[each.ledger]
        events.append(_linked(each, events[-1] if events else None, versions[each.stream_id]))
    return ledgers


def _linked(made: Made, before: LedgerEvent | None, version: int) -> LedgerEvent:
    place, previous = (before.sequence + 1, before.hash) if before else (1, bytes(32))
    at, digest = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=place), bytes([place])
    micros = int(at.timestamp()) * 1_000_000
    numbers = place.to_bytes(8, "big") + micros.to_bytes(8, "big", signed=True)
    return LedgerEvent(
        sequence=place,
        stream_id=made.stream_id,
        version=version,
        event_id=made.event_id,
        kind=made.kind,
        command=made.command,
        cause=made.cause,
        said=made.said,
        recorded_at=at,
        digest=digest,
        previous_hash=previous,
        hash=sha256(previous + digest + numbers).digest(),
    )


def shown(made: Iterable[Made], verbs: Mapping[str, str]) -> Observation:
    """All that follows rightly from these events; for each command its verb."""
    ledgers = chained(made)
    counted = counted_in(ledgers, DIVISION)
    return Observation(
        commands=[_acknowledged(name, verb, ledgers) for name, verb in verbs.items()],
        ledgers=ledgers,
        messages=[
            Message(ledger, event.sequence, event.hash)
            for ledger, events in ledgers.items()
            for event in events
        ],
        figures={(DIVISION, figure): counted[figure].total() for figure in FIGURES},
        evidence={(DIVISION, figure): sorted(counted[figure]) for figure in FIGURES},
        as_of={ledger: len(events) for ledger, events in ledgers.items()},
    )


def _acknowledged(name: str, verb: str, ledgers: Mapping[Ledger, list[LedgerEvent]]) -> Command:
    ledger, last = max(
        (ledger, event.sequence)
        for ledger, events in ledgers.items()
        for event in events
        if event.command == name and event.cause is None
    )
    return Command(name, verb, ledger, Fate.ACKNOWLEDGED, last)


def without(seen: Observation, kind: str) -> Observation:
    """The same where no such event was ever written, and everybody agrees on that."""
    kept = [
        _made(ledger, event)
        for ledger, events in seen.ledgers.items()
        for event in events
        if event.kind != kind
    ]
    return again(seen, kept)


def twice(seen: Observation, kind: str, **changes: Any) -> Observation:
    """The same where such an event was written once more, and everybody agrees on that."""
    made = [_made(ledger, event) for ledger, events in seen.ledgers.items() for event in events]
    [once] = [each for each in made if each.kind == kind]
    return again(seen, [*made, replace(once, **changes)])


def again(seen: Observation, made: Iterable[Made]) -> Observation:
    """Other events of the same commands, and everybody agrees on them."""
    made = list(made)
    written = {each.command for each in made if each.cause is None}
    return shown(made, {each.id: each.verb for each in seen.commands if each.id in written})


def _made(ledger: Ledger, event: LedgerEvent) -> Made:
    command = event.command or ""
    return Made(ledger, event.stream_id, event.kind, command, event.cause, event.said)

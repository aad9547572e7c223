"""Looks at everything once it is quiet: ledgers, topics, figures, evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from psycopg.rows import class_row

from tests.chaos.counts import FIGURES
from tests.chaos.ground import Ground
from tests.chaos.observed import Command, Ledger, LedgerEvent, Observation
from tests.chaos.progress import READERS
from tests.chaos.shown import evidence, figures, stats
from tests.chaos.topic import everything, messages_of

_STANDING = """
    select seq as sequence, stream_id, version, event_id, kind, correlation_id as command,
           causation_id as cause, data::json as said, recorded_at, digest, previous_hash, hash
    from event where division_code = %s order by seq
"""
_PARKED = """
    select source, division_code, count(*) from parked
    where seq is not null and replayed_at is null group by source, division_code
"""


async def observe(
    ground: Ground,
    commands: Sequence[Command],
    divisions: Iterable[str],
    with_evidence: Iterable[str],
) -> Observation:
    """These divisions' ledgers and all that follows from them; evidence of `with_evidence` only."""
    divisions = sorted(divisions)
    written = ledgers(ground, divisions)
    messages = messages_of(await everything(ground.run.kafka.bootstrap))
    with stats(ground) as http:
        told = {division: figures(http, division) for division in divisions}
        named = {
            (division, figure): list(evidence(http, division, figure))
            for division in with_evidence
            for figure in FIGURES
        }
    return Observation(
        commands=commands,
        ledgers=written,
        messages=[message for message in messages if message.ledger in written],
        figures=_values(told),
        evidence=named,
        parked={place: count for place, count in _parked(ground) if place[1] in written},
        as_of={ledger: told[ledger.division]["as_of"].get(str(ledger), 0) for ledger in written},
    )


def ledgers(ground: Ground, divisions: Sequence[str]) -> dict[Ledger, list[LedgerEvent]]:
    """What stands in the ledgers of both services, by the databases themselves."""
    found = {}
    for service in READERS:
        with (
            ground.database(service) as database,
            database.cursor(row_factory=class_row(LedgerEvent)) as cursor,
        ):
            for division in divisions:
                events = cursor.execute(_STANDING, (division,)).fetchall()
                found[Ledger(service, division)] = events
    return found


def repeats(observation: Observation) -> int:
    """How many messages of the topics are there again."""
    met: dict[tuple[Ledger, int], int] = defaultdict(int)
    for message in observation.messages:
        met[message.ledger, message.sequence] += 1
    return sum(times - 1 for times in met.values())


def followed(observation: Observation) -> int:
    """How many events a service has written of itself on facts of the other."""
    return sum(
        event.cause is not None for events in observation.ledgers.values() for event in events
    )


def _values(told: dict[str, dict[str, Any]]) -> dict[tuple[str, str], int]:
    return {
        (division, figure["id"]): int(figure["value"])
        for division, answer in told.items()
        for figure in answer["figures"]
    }


def _parked(ground: Ground) -> Iterator[tuple[tuple[str, Ledger], int]]:
    """Of every reader, by the ledger that the event is of."""
    for reader in sorted({reader for readers in READERS.values() for reader in readers}):
        with ground.database(reader) as database:
            for source, division, count in database.execute(_PARKED).fetchall():
                yield (reader, Ledger(source.removeprefix("/"), division)), count

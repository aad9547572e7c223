"""Each ledger is on its service's topic: every event at least once, first occurrences in order."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tests.chaos.observed import Finding, Ledger, LedgerEvent, Message, Observation


def the_topics_carry_every_event_in_order(seen: Observation) -> Iterator[Finding]:
    carried: dict[Ledger, list[Message]] = defaultdict(list)
    for message in seen.messages:
        carried[message.ledger].append(message)
    for ledger in sorted({*carried, *seen.ledgers}):
        for says in _wrong_on_topic(seen.ledgers.get(ledger, ()), carried[ledger]):
            yield Finding("topic", str(ledger), says)


def _wrong_on_topic(events: Sequence[LedgerEvent], messages: Sequence[Message]) -> Iterator[str]:
    hashes = {event.sequence: event.hash for event in events}
    following, met = 1, set[int]()
    for message in messages:
        if hashes.get(message.sequence) != message.hash:
            yield f"event {message.sequence} on the topic is not the ledger's"
        if message.injected or message.sequence in met:
            continue
        if message.sequence != following:
            yield f"event {message.sequence} came first where {following} was due"
        met.add(message.sequence)
        following = message.sequence + 1
    if absent := sorted(hashes.keys() - met):
        yield f"{len(absent)} events are not on the topic, the first is {absent[0]}"

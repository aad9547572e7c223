"""Says what is wrong with an observation; shares no code with the system that it judges.

Each acknowledged command: in the ledger once, on the topic with first occurrences in order, in
every figure once. And nothing else anywhere.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256

from tests.chaos.case_counts import FIGURES, counted_cases
from tests.chaos.observed import Command, Fate, Finding, LedgerEvent, Message, Observation

KINDS: Mapping[str, tuple[str, ...]] = {
    "file": ("case-filed",),
    "forward": ("case-forwarded",),
    "accept": ("case-accepted",),
    "answer": ("opinion-issued", "opinion-served"),
    "resolve": ("case-resolved",),
    "withdraw": ("case-withdrawn",),
    "divert": ("case-diverted",),
    "close": ("case-closed",),
    "reopen": ("case-reopened",),
}
_OF_ITSELF = {"ledger-sealed"}
"""What the service writes without being asked."""

Rule = Callable[[Observation], Iterator[Finding]]


def check(seen: Observation) -> list[Finding]:
    """Everything that is wrong, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(seen)]


def commands_are_in_the_ledger_once(seen: Observation) -> Iterator[Finding]:
    written = _by_command(seen.ledgers)
    for command in seen.commands:
        if says := _wrong_with(command, written.get(command.id, [])):
            yield Finding("ledger", f"{command.verb} {command.id} in {command.division}", says)


def _wrong_with(command: Command, events: Sequence[LedgerEvent]) -> str | None:
    kinds = tuple(event.kind for event in events)
    match command.fate:
        case Fate.REFUSED if kinds:
            return f"refused ({command.problem}), yet it wrote {_joined(kinds)}"
        case Fate.ACKNOWLEDGED if not kinds:
            return "acknowledged and not in the ledger"
        case Fate.ACKNOWLEDGED if kinds == KINDS[command.verb]:
            if events[-1].sequence != command.position:
                return f"acknowledged at {command.position}, written at {events[-1].sequence}"
            return None
    if kinds and kinds != KINDS[command.verb]:
        return f"wrote {_joined(kinds)}, not {_joined(KINDS[command.verb])} once"
    return None


def nothing_stands_that_nobody_asked_for(seen: Observation) -> Iterator[Finding]:
    asked = {command.id for command in seen.commands}
    for division, events in seen.ledgers.items():
        for event in events:
            if event.command not in asked and event.kind not in _OF_ITSELF:
                yield Finding("unasked", _place(division, event), f"{event.kind} of no command")


def ledgers_are_whole(seen: Observation) -> Iterator[Finding]:
    for division, events in seen.ledgers.items():
        previous, versions = None, defaultdict[str, int](int)
        for place, event in enumerate(events, 1):
            versions[event.stream_id] += 1
            for says in _broken(event, previous, place, versions[event.stream_id]):
                yield Finding("chain", _place(division, event), says)
            previous = event


def _broken(
    event: LedgerEvent, previous: LedgerEvent | None, place: int, version: int
) -> Iterator[str]:
    if event.sequence != place:
        yield f"is the {place}. event of the ledger"
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


def the_topic_carries_every_event_in_order(seen: Observation) -> Iterator[Finding]:
    carried: dict[str, list[Message]] = defaultdict(list)
    for message in seen.messages:
        carried[message.division].append(message)
    for division in sorted({*carried, *seen.ledgers}):
        for says in _wrong_on_topic(seen.ledgers.get(division, ()), carried[division]):
            yield Finding("topic", division, says)


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


def figures_stand_where_the_ledgers_stand(seen: Observation) -> Iterator[Finding]:
    for division, events in seen.ledgers.items():
        head, shown = len(events), seen.as_of.get(division)
        if shown != head:
            yield Finding("as of", division, f"stats is at {shown}, the ledger at {head}")


def no_event_was_put_aside(seen: Observation) -> Iterator[Finding]:
    for division, events in seen.parked.items():
        yield Finding("parked", division, f"{events} events of the ledger were put aside")


def figures_count_every_case_once(seen: Observation) -> Iterator[Finding]:
    for division, events in seen.ledgers.items():
        counted = counted_cases(events)
        for figure in FIGURES:
            wanted, found = len(counted[figure]), seen.figures.get((division, figure))
            if found != wanted:
                says = f"is {found}, by the ledger it is {wanted}"
                yield Finding("figure", f"{figure} of {division}", says)


def figures_name_every_case_once(seen: Observation) -> Iterator[Finding]:
    for (division, figure), named in seen.evidence.items():
        wanted = counted_cases(seen.ledgers.get(division, ()))[figure]
        about = f"{figure} of {division}"
        for case in sorted({*named, *wanted}):
            times, due = named.count(case), int(case in wanted)
            if times != due:
                yield Finding("evidence", about, f"{case} is named {times} times, due {due}")


def answers_were_honest(seen: Observation) -> Iterator[Finding]:
    for command in seen.commands:
        for answer in command.odd_answers:
            yield Finding("answer", f"{command.verb} {command.id}", answer)


RULES: tuple[Rule, ...] = (
    commands_are_in_the_ledger_once,
    nothing_stands_that_nobody_asked_for,
    ledgers_are_whole,
    the_topic_carries_every_event_in_order,
    figures_stand_where_the_ledgers_stand,
    no_event_was_put_aside,
    figures_count_every_case_once,
    figures_name_every_case_once,
    answers_were_honest,
)


def _by_command(
    ledgers: Mapping[str, Sequence[LedgerEvent]],
) -> Mapping[str, list[LedgerEvent]]:
    found: dict[str, list[LedgerEvent]] = defaultdict(list)
    for events in ledgers.values():
        for event in events:
            if event.command is not None:
                found[event.command].append(event)
    return found


def _place(division: str, event: LedgerEvent) -> str:
    return f"{division}@{event.sequence}"


def _joined(kinds: Sequence[str]) -> str:
    return " + ".join(kinds) or "nothing"

"""Each acknowledged command stands in its ledger once, and nothing else that nobody asked for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tests.chaos.kinds import KINDS, OF_ITSELF
from tests.chaos.observed import Command, Fate, Finding, Ledger, LedgerEvent, Observation
from tests.chaos.rules.place import place

_Asked = tuple[Ledger, str]


def commands_are_in_the_ledger_once(seen: Observation) -> Iterator[Finding]:
    written = _by_command(seen.ledgers)
    for command in seen.commands:
        if says := _wrong_with(command, written.get((command.ledger, command.id), [])):
            yield Finding("ledger", f"{command.verb} {command.id} in {command.ledger}", says)


def _wrong_with(command: Command, events: Sequence[LedgerEvent]) -> str | None:
    kinds = tuple(event.kind for event in events)
    match command.fate:
        case Fate.REFUSED if kinds:
            return f"refused ({command.problem}), yet it wrote {_joined(kinds)}"
        case Fate.ACKNOWLEDGED if not kinds:
            return "acknowledged and not in the ledger"
        case Fate.ACKNOWLEDGED if kinds == KINDS[command.verb]:
            if command.position not in {None, events[-1].sequence}:
                return f"acknowledged at {command.position}, written at {events[-1].sequence}"
            return None
    if kinds and kinds != KINDS[command.verb]:
        return f"wrote {_joined(kinds)}, not {_joined(KINDS[command.verb])} once"
    return None


def nothing_stands_that_nobody_asked_for(seen: Observation) -> Iterator[Finding]:
    """What follows from an event is looked at by the rule of follow-ups."""
    asked = {(command.ledger, command.id) for command in seen.commands}
    for ledger, events in seen.ledgers.items():
        for event in events:
            told = (ledger, event.command) in asked or event.kind in OF_ITSELF
            if not told and event.cause is None:
                yield Finding("unasked", place(ledger, event), f"{event.kind} of no command")


def answers_were_honest(seen: Observation) -> Iterator[Finding]:
    for command in seen.commands:
        for answer in command.odd_answers:
            yield Finding("answer", f"{command.verb} {command.id}", answer)


def _by_command(
    ledgers: Mapping[Ledger, Sequence[LedgerEvent]],
) -> Mapping[_Asked, list[LedgerEvent]]:
    """What follows from an event goes under the command that the event goes back to, as no part."""
    found: dict[_Asked, list[LedgerEvent]] = defaultdict(list)
    for ledger, events in ledgers.items():
        for event in events:
            if event.command is not None and event.cause is None:
                found[ledger, event.command].append(event)
    return found


def _joined(kinds: Sequence[str]) -> str:
    return " + ".join(kinds) or "nothing"

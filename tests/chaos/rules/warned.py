"""Warnings that rules raise follow from an event of the township, and each is raised once.

Which ones are due is not said here: the rules are tested by themselves. What is judged is that no kill
raises one twice, or without a cause that stands in a ledger.
"""

from collections import Counter
from collections.abc import Iterator

from tests.chaos.observed import Finding, LedgerEvent, Observation
from tests.chaos.rules.place import place

RAISED = "warning-raised"
WARNED = {RAISED, "warning-level-changed"}
"""What grid's worker writes of itself."""


def warnings_are_raised_once(seen: Observation) -> Iterator[Finding]:
    stands = {
        (ledger.division, event.event_id)
        for ledger, events in seen.ledgers.items()
        for event in events
    }
    for ledger, events in seen.ledgers.items():
        by_rules = [event for event in events if event.kind in WARNED and event.cause is not None]
        for event in by_rules:
            if (ledger.division, event.cause) not in stands:
                yield Finding("warning", place(ledger, event), "has a cause that stands nowhere")
        raised = Counter(_named(event) for event in by_rules if event.kind == RAISED)
        for named, times in sorted(raised.items()):
            if times > 1:
                yield Finding("warning", f"{named} in {ledger}", f"was raised {times} times")


def _named(event: LedgerEvent) -> str:
    said = event.said
    return f"{said.get('rule')} about {said.get('subject')}, episode {said.get('episode')}"

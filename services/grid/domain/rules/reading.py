"""What every rule reads in an event, by the same code for live warnings and for back-tests."""

from collections.abc import Iterator

from services.grid.domain.rules.facts import RuleFact
from services.grid.domain.rules.verdict import Rule
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event


def facts_in(
    rules: tuple[Rule, ...], recorded: RecordedEvent, event: Event
) -> Iterator[tuple[Rule, str, RuleFact]]:
    """Each fact that the event states, with its rule and its subject."""
    for rule in rules:
        for subject, fact in rule.facts_of(recorded, event):
            yield rule, subject, fact

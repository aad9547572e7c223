"""What every rule reads in an event, by the same code for live warnings and for back-tests."""

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from services.grid.domain.rules.counted_cases import Cases, case_facts
from services.grid.domain.rules.facts import RuleFact
from services.grid.domain.rules.verdict import Rule
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.intake import CaseEvent


def facts_in(
    rules: Sequence[Rule], recorded: RecordedEvent, event: Event, cases: Cases
) -> Iterator[tuple[Rule, str, RuleFact]]:
    """Each fact that the event states, with its rule and its subject; keeps the case that it is about."""
    for rule in rules:
        for subject, fact in rule.facts_of(recorded, event):
            yield rule, subject, fact
    if not keeps_case(event, rules):
        return
    named = {rule.id.value: rule for rule in rules}
    counting = [
        (rule.id.value, rule.counts_case) for rule in rules if rule.counts_case is not None
    ]
    for name, subject, fact in case_facts(counting, recorded, event, cases):
        yield named[name], subject, fact


def keeps_case(event: Event, rules: Sequence[Rule]) -> TypeGuard[CaseEvent]:
    """Whether one of the rules has to know what was read of the case before."""
    return isinstance(event, CaseEvent) and any(rule.counts_case is not None for rule in rules)

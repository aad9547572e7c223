"""Says what is wrong with an observation; shares no code with the system that it judges.

Each acknowledged command: in its ledger once, on the topic with first occurrences in order, in
every figure once, followed by what the other service does on it once. And nothing else anywhere.
"""

from collections.abc import Callable, Iterator

from tests.chaos.observed import Finding, Observation
from tests.chaos.rules import chains, commands, figures, follow_ups, topics, warned

Rule = Callable[[Observation], Iterator[Finding]]

OF_WHAT_STANDS: tuple[Rule, ...] = (
    chains.ledgers_are_whole,
    topics.the_topics_carry_every_event_in_order,
    figures.figures_stand_where_the_ledgers_stand,
    figures.no_event_was_put_aside,
    figures.figures_count_everything_once,
    figures.figures_name_everything_once,
)
"""These need no journal of what was asked."""

RULES: tuple[Rule, ...] = (
    commands.commands_are_in_the_ledger_once,
    commands.nothing_stands_that_nobody_asked_for,
    follow_ups.follow_ups_happen_once,
    warned.warnings_are_raised_once,
    *OF_WHAT_STANDS,
    commands.answers_were_honest,
)


def check(seen: Observation) -> list[Finding]:
    """Everything that is wrong, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(seen)]

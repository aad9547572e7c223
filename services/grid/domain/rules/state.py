"""What a rule knows of a subject, and what it asks of the office when it learns another fact.

A warning is asked for once in an episode, and again where its level rises. An episode is over when
the warning has ended and the quiet time of the policy has passed; what happened until then raises
nothing anew. A rule that looks again by the time has no quiet time: what it had read when the warning
ended is dealt with, and what it reads later is not, whenever that happened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from services.grid.domain.early_warning.raising import MOST_CAUSES
from services.grid.domain.early_warning.warning_file import is_more_urgent
from services.grid.domain.rules.facts import RuleFact
from services.grid.domain.rules.policy import EarlyWarningPolicy
from services.grid.domain.rules.verdict import Rule, Subject, Verdict
from shared.contracts.early_warning_codes import WarningLevel
from shared.folding.newest import keep


@dataclass(slots=True, kw_only=True)
class RuleState:
    """The facts that are kept of a subject, and what has been asked for in this episode."""

    facts: list[RuleFact] = field(default_factory=list)
    counted: int = 0
    """How many facts were counted in this episode, also those that are not kept: once a warning is asked
    for, since the first of those that it is about."""
    because: list[str] = field(default_factory=list)
    """The events of the first hundred of them; none before a warning is asked for."""
    episode: int = 0
    """Of the last warning that was raised."""
    warning_id: str | None = None
    """The warning, while it is open."""
    asked: WarningLevel | None = None
    """The most urgent level for which a warning was asked in this episode."""
    quiet_until: datetime | None = None


class Learned(NamedTuple):
    """What follows from a fact, or from a look."""

    verdict: Verdict | None = None
    """One that asks for more than was asked for."""
    look_at: datetime | None = None
    """When the rule looks again; each look says when the next one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A subject under a rule and a policy."""

    rule: Rule
    key: str
    policy: EarlyWarningPolicy

    def learn(self, state: RuleState, fact: RuleFact, recorded_at: datetime) -> Learned:
        """Keep a fact in the state, and say what follows from the set of all that are kept."""
        return self.learn_all(state, [fact], recorded_at)

    def learn_all(
        self, state: RuleState, facts: Iterable[RuleFact], recorded_at: datetime
    ) -> Learned:
        """As `learn`, of all facts that one event states about the subject."""
        before = list(state.facts)
        if state.asked is not None:
            state.counted += len(self._parted(state)[0])
        kept = [self._keep(state, each, recorded_at) for each in facts]
        learned = Learned()
        if any(kept):
            learned = Learned(self._ask(state, None), self._looks_at(state, before))
        if state.asked is not None:
            earlier, since = self._parted(state)
            state.counted = max(state.counted - len(earlier), len(since))
            _name(state, since)
        return learned

    def _keep(self, state: RuleState, fact: RuleFact, recorded_at: datetime) -> bool:
        if recorded_at - fact.at > self.policy.late:
            fact = fact._replace(live=False)
        self._count(state, fact)
        return keep(state.facts, fact, self.rule.bounds(self.policy))

    def look(self, state: RuleState, at: datetime) -> Learned:
        """What the rule asks for at a moment at which something may be due, and the next one.

        A look that comes late, after a warning has ended, finds what that warning did not say.
        """
        moments = self._moments(state, state.facts)
        following = min((each for each in moments if each > at), default=None)
        return Learned(self._ask(state, at), following)

    def says(self, state: RuleState, at: datetime) -> Verdict | None:
        """What the rule comes to at that moment, whatever was asked for before; the state stays."""
        by_events = None
        if not self.rule.judges_by_time_alone:
            by_events = self.rule.judge(self._subject(state, state.facts, None))
        return by_events or self.rule.judge(self._subject(state, state.facts, at))

    def end(self, state: RuleState, at: datetime) -> None:
        """End the episode: what the office knew is dealt with, and the quiet time begins.

        The append that ends a warning does the same to the row.
        """
        state.warning_id, state.asked, state.counted, state.because = None, None, 0, []
        state.quiet_until = at + self.policy.rules[self.rule.id].quiet
        state.facts = [
            each._replace(is_dealt_with=True) if each.says is self.rule.deals_with else each
            for each in state.facts
        ]

    def is_quiet(self, state: RuleState, at: datetime) -> bool:
        """Whether what happens then raises nothing, since a warning has ended not long before."""
        if not self.rule.is_windowed or state.quiet_until is None:
            return False
        return at <= state.quiet_until

    def _ask(self, state: RuleState, at: datetime | None) -> Verdict | None:
        if at is None and self.rule.judges_by_time_alone:
            return None
        if state.asked is not None and state.asked is self.policy.rules[self.rule.id].highest:
            return None
        verdict = self.rule.judge(self._subject(state, state.facts, at))
        if verdict is None or not _asks_for_more(verdict.level, state.asked):
            return None
        state.asked = verdict.level
        return verdict

    def _looks_at(self, state: RuleState, before: Sequence[RuleFact]) -> datetime | None:
        """The first moment that does not follow from the facts of before."""
        moments = self._moments(state, state.facts)
        if moments and before:
            known = self._moments(state, before)
            moments = [each for each in moments if each not in known]
        return min(moments, default=None)

    def _moments(self, state: RuleState, facts: Sequence[RuleFact]) -> list[datetime]:
        if self.rule.moments is None:
            return []
        return self.rule.moments(self._subject(state, facts, None))

    def _subject(
        self, state: RuleState, facts: Sequence[RuleFact], at: datetime | None
    ) -> Subject:
        if at is None and state.quiet_until is not None:
            facts = [
                each._replace(live=False) if self._is_over(state, each) else each for each in facts
            ]
        policy = self.policy.rules[self.rule.id]
        return Subject(key=self.key, facts=facts, policy=policy, at=at)

    def _is_over(self, state: RuleState, fact: RuleFact) -> bool:
        is_repeat = fact.says is self.rule.counts and self.is_quiet(state, fact.at)
        return fact.is_dealt_with or is_repeat

    def _count(self, state: RuleState, fact: RuleFact) -> None:
        """Count the fact; what lies behind the horizon of the newest is counted no more."""
        if fact.says is not self.rule.counts:
            return
        state.counted += self._counts(state, fact)
        if self.rule.begins is None:
            return
        earliest = self._newest(state, fact) - self.policy.horizon
        behind = takewhile(lambda each: each.at < earliest, state.facts)
        dropped = [fact] if fact.at < earliest else behind
        state.counted -= sum(self._counts(state, each) for each in dropped)

    def _counts(self, state: RuleState, fact: RuleFact) -> bool:
        return fact.says is self.rule.counts and fact.live and not self.is_quiet(state, fact.at)

    def _newest(self, state: RuleState, fact: RuleFact) -> datetime:
        kept = next((each.at for each in reversed(state.facts) if each.says is fact.says), fact.at)
        return max(kept, fact.at)

    def _parted(self, state: RuleState) -> tuple[list[RuleFact], list[RuleFact]]:
        """The kept facts that count, and happened before what is asked about began, or since then."""
        counting = [each for each in state.facts if self._counts(state, each)]
        begun = self.rule.begins and self.rule.begins(self._subject(state, state.facts, None))
        if begun is None:
            return [], counting
        return (
            [each for each in counting if each.at < begun],
            [each for each in counting if each.at >= begun],
        )


def _name(state: RuleState, facts: Iterable[RuleFact]) -> None:
    """Keep the events of the facts, the first hundred of them."""
    named = dict.fromkeys([*state.because, *(each.event_id for each in facts)])
    state.because = list(named)[:MOST_CAUSES]


def _asks_for_more(level: WarningLevel, asked: WarningLevel | None) -> bool:
    return asked is None or is_more_urgent(level, asked)

"""Verdicts: what a rule makes of the facts about a subject."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from services.grid.domain.rules.counted_cases import CountsOf
from services.grid.domain.rules.facts import RuleFact, Says, Stated
from services.grid.domain.rules.policy import EarlyWarningPolicy, RulePolicy
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import WarningLevel, WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.folding.newest import Bounds, Spread
from shared.times import china_day, start_of

MOST_CAUSES = 100
_WITH_RECORDS = frozenset({Says.VOIDED})
"""A fact that counts no more stays void as long as it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The office has to act: how fast, because of which events, and what the sentence says."""

    level: WarningLevel
    because: tuple[str, ...]
    words: Mapping[str, object] = field(default_factory=dict)
    """What the rule's templates name."""
    matter_id: str | None = None
    unit: str | None = None
    complained: frozenset[str] = frozenset()
    """The units that are complained of, by their marks, none of which a warning names."""
    category: Category | None = None
    village_code: str | None = None
    last_day: date | None = None
    """Of the term or the promise that is judged, where one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a rule judges: the facts about a subject in their order, and when it looks at them."""

    key: str
    facts: Sequence[RuleFact]
    policy: RulePolicy
    at: datetime | None = None
    """The moment at which something may be due; None where an event was read, and nothing is
    judged by the time."""

    def days_since(self, day: date) -> int | None:
        """Days in China since that one, negative before it."""
        return None if self.at is None else (china_day(self.at) - day).days


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """A rule of early warnings: it reads events of some kinds, and judges what they say.

    A verdict is a function of the set of facts, whatever the order in which they are read. Of the
    rules that judge facts of several topics it is monotone as well: a later fact raises the level
    or leaves it. The others judge the facts of one topic, which are read in the order of a ledger.
    """

    id: WarningRule
    version: int
    subject_kind: WarningSubject
    reads: tuple[type[Event], ...]
    facts_of: Callable[[RecordedEvent, Event], Stated]
    judge: Callable[[Subject], Verdict | None]
    moments: Callable[[Subject], list[datetime]] | None = None
    """When the rule looks again at the facts, where time alone may make them due."""
    counts_case: CountsOf | None = None
    """With what it counts a case; None where it keeps none of its own."""
    counts: Says | None = None
    """The facts that are counted while a warning is open, the first included."""
    begins: Callable[[Subject], datetime | None] | None = None
    """When what the warning is about began, by the facts that reach the lowest level; what came before
    is not counted. None where every fact counts."""
    one_each: frozenset[Says] = frozenset()
    """What is kept as the newest of each item, however old: of a promise and what became of it
    neither may be dropped without the other."""
    spread: Callable[[RulePolicy], Mapping[str, Spread]] = lambda _: {}
    """Of which facts the first and the last of each period are kept besides the newest, so that the
    level does not depend on which topic is read first."""
    reason: str
    """The sentence in Chinese; its names are those of the verdict's words."""
    reason_en: str

    @property
    def is_windowed(self) -> bool:
        """Whether the rule judges facts that lie close together, and needs to know how close."""
        return self.moments is None

    @property
    def deals_with(self) -> Says | None:
        """The facts that are dealt with when a warning ends, if they were read before.

        Of a rule that counts repeats the quiet time says which of them raise nothing anew.
        """
        return None if self.is_windowed else self.counts

    @property
    def judges_by_time_alone(self) -> bool:
        """Whether no event by itself gives a verdict."""
        return self.counts is None

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of events that the rule reads."""
        return frozenset(each.kind for each in self.reads)

    def bounds(self, policy: EarlyWarningPolicy) -> Bounds:
        """How many of the facts about a subject are kept, and how long."""
        if self not in policy.bounds:
            policy.bounds[self] = Bounds(
                most=policy.keep,
                horizon=policy.horizon,
                one_each=self.one_each,
                spread=self.spread(policy.rules[self.id]),
                with_records=_WITH_RECORDS,
            )
        return policy.bounds[self]

    def sentences(self, verdict: Verdict) -> tuple[str, str]:
        """The reason in Chinese and in English."""
        words = verdict.words
        return self.reason.format_map(words), self.reason_en.format_map(words)


def causes(facts: Sequence[RuleFact]) -> tuple[str, ...]:
    """The events of these facts, each once, the first hundred."""
    return tuple(dict.fromkeys(each.event_id for each in facts))[:MOST_CAUSES]


def moments_of(day: date, policy: RulePolicy) -> list[datetime]:
    """The first moments, in China, of the days on which a level is reached."""
    return [start_of(day + timedelta(days=days)) for days in sorted(policy.levels)]

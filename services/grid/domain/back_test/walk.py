"""The walk over a history: events in the order in which they became known, and what falls due between.

A rule learns a fact, or looks at a moment, by the code of the live fold. What it asks for is raised at
once. A warning ends as the record says of the one with the same id; one that was never recorded
expires by the policy of a warning's life.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from services.grid.domain.back_test.clock import HistoryClock
from services.grid.domain.back_test.failures import Failures, breach_in
from services.grid.domain.back_test.findings import (
    Ended,
    EndedHow,
    Failed,
    FailureKind,
    Finding,
    Raised,
    Worsened,
)
from services.grid.domain.back_test.following import (
    Agenda,
    CasesOf,
    Due,
    DueKind,
    Followed,
    Followeds,
    Place,
)
from services.grid.domain.back_test.matter_steps import STEPPING, steps_in
from services.grid.domain.early_warning.life_policy import WarningLife
from services.grid.domain.early_warning.warning_file import is_more_urgent
from services.grid.domain.named_ids import warning_id
from services.grid.domain.rules import BY_KIND, RULES, Rule, RuleFact, Verdict
from services.grid.domain.rules.policy import EarlyWarningPolicy
from services.grid.domain.rules.reading import facts_in
from services.grid.domain.rules.state import RuleState, Watched
from shared.cloudevents import RecordedEvent
from shared.contracts.early_warning_codes import WarningLevel, WarningRule
from shared.contracts.early_warnings import (
    WarningDisposed,
    WarningExpired,
    WarningFoundFalse,
    WarningRaised,
)
from shared.contracts.event import Event

_RULES = {rule.id: rule for rule in RULES}
_ENDS: dict[type[Event], EndedHow] = {
    WarningDisposed: EndedHow.DISPOSED,
    WarningExpired: EndedHow.EXPIRED,
    WarningFoundFalse: EndedHow.FALSE,
}
_OUTCOMES: tuple[type[Event], ...] = (WarningRaised, *_ENDS, *STEPPING)
KINDS = frozenset(BY_KIND) | {each.kind for each in _OUTCOMES}
"""The kinds of events that a walk reads."""


@dataclass(slots=True, kw_only=True)
class Walk:
    """A walk under a policy; `read` the events in their order, then `finish`."""

    policy: EarlyWarningPolicy
    life: WarningLife | None
    """When a warning expires that was never recorded; None where none does."""
    followeds: Followeds
    agenda: Agenda
    sees_late: bool = True
    clock: HistoryClock = field(init=False)
    _failures: Failures = field(init=False)

    def __post_init__(self) -> None:
        self.clock = HistoryClock(late=self.policy.late, sees_late=self.sees_late)
        self._failures = Failures.under(self.followeds, self.policy, sees_late=self.sees_late)

    def read(self, recorded: RecordedEvent, event: Event) -> Iterator[Finding]:
        """What is found up to this event, and by it."""
        now = self.clock.known_at(recorded.occurred_at, recorded.recorded_at)
        yield from self.finish(now)
        yield from steps_in(event, now)
        rules = BY_KIND.get(event.kind, ())
        cases = CasesOf(self.followeds, recorded.division)
        stated = [
            (rule, Place(recorded.division, rule.id, subject), fact)
            for rule, subject, fact in facts_in(rules, recorded, event, cases)
        ]
        for rule, place, fact in stated:
            yield from self._learn(rule, place, fact, recorded.recorded_at, now)
        yield from breach_in(event, now)
        yield from self._record(event, recorded)

    def finish(self, end: datetime) -> Iterator[Finding]:
        """What falls due before that moment."""
        while (due := self.agenda.next_before(end)) is not None:
            if self._failures.is_own(due):
                yield from self._note(self._failures.look(due))
            elif due.kind is DueKind.EXPIRY:
                yield from self._expire(due)
            else:
                yield from self._look(due)

    def _learn(
        self, rule: Rule, place: Place, fact: RuleFact, recorded_at: datetime, now: datetime
    ) -> Iterator[Finding]:
        followed = self.followeds.of(place)
        is_late = self.clock.is_late(fact.at, recorded_at)
        watched = self._watched(place)
        seen_at = fact.at if self.sees_late and is_late else recorded_at
        learned = watched.learn(followed.state, fact, seen_at)
        if is_late or followed.late:
            followed.note_late(fact.event_id if is_late else "")
        if learned.look_at is not None:
            self.agenda.put(Due(learned.look_at, DueKind.LOOK, place))
        if learned.verdict is not None:
            yield from self._ask(place, followed, learned.verdict, now)
        yield from self._note(self._failures.read(rule, place, fact, recorded_at))
        if self._failures.raised_again(rule, place, fact, now):
            yield Failed(place.subject, FailureKind.RAISED_AGAIN, now)

    def _look(self, due: Due) -> Iterator[Finding]:
        followed = self.followeds.of(due.place)
        learned = self._watched(due.place).look(followed.state, due.at)
        if learned.verdict is not None:
            yield from self._ask(due.place, followed, learned.verdict, due.at)
        if learned.look_at is not None:
            self.agenda.put(Due(learned.look_at, DueKind.LOOK, due.place))

    def _ask(
        self, place: Place, followed: Followed, verdict: Verdict, at: datetime
    ) -> Iterator[Finding]:
        state = followed.state
        if state.warning_id is None:
            if self._watched(place).is_quiet(state, at):
                return
            yield self._raise(place, followed, verdict, at)
        elif followed.level is None or is_more_urgent(verdict.level, followed.level):
            matters, late = matters_of(place, state, verdict), _is_late(followed, verdict)
            self._set_level(place, followed, verdict.level, at)
            yield Worsened(state.warning_id, verdict.level, at, matters, late)

    def _raise(self, place: Place, followed: Followed, verdict: Verdict, at: datetime) -> Raised:
        state, rule = followed.state, _RULES[WarningRule.of(place.rule)]
        state.episode += 1
        state.warning_id = warning_id(place.division, place.rule, place.subject, state.episode)
        self.followeds.name(state.warning_id, place)
        self._set_level(place, followed, verdict.level, at)
        reason, reason_en = rule.sentences(verdict)
        return Raised(
            warning_id=state.warning_id,
            division=place.division,
            rule=rule.id,
            subject=place.subject,
            episode=state.episode,
            level=verdict.level,
            at=at,
            because=verdict.because,
            matters=matters_of(place, state, verdict),
            reason=reason,
            reason_en=reason_en,
            recorded_late=_is_late(followed, verdict),
        )

    def _set_level(
        self, place: Place, followed: Followed, level: WarningLevel, at: datetime
    ) -> None:
        is_recorded = followed.level is not None and followed.expires_at is None
        followed.level = level
        if self.life is None or is_recorded:
            return
        expires_at = self.life.dispose_by(level, at) + self.life.expires_after[level]
        followed.expires_at = expires_at
        self.agenda.put(Due(expires_at, DueKind.EXPIRY, place))

    def _expire(self, due: Due) -> Iterator[Finding]:
        followed = self.followeds.of(due.place)
        if followed.expires_at == due.at:
            yield from self._end(due.place, followed, EndedHow.EXPIRED, due.at)

    def _record(self, event: Event, recorded: RecordedEvent) -> Iterator[Finding]:
        """What the record says of the warning with the same id."""
        match event:
            case WarningRaised():
                place = self.followeds.named(event.warning_id)
                followed = None if place is None else self.followeds.of(place)
                if followed is not None and followed.state.warning_id == event.warning_id:
                    followed.expires_at = None
            case WarningDisposed() | WarningExpired() | WarningFoundFalse():
                place = self.followeds.named(event.warning_id)
                if place is None:
                    return
                how, followed = _ENDS[type(event)], self.followeds.of(place)
                if followed.state.warning_id == event.warning_id:
                    yield from self._end(place, followed, how, recorded.occurred_at)
                elif how is EndedHow.FALSE:
                    yield Ended(event.warning_id, how, recorded.occurred_at)
            case _:
                pass

    def _end(
        self, place: Place, followed: Followed, how: EndedHow, at: datetime
    ) -> Iterator[Finding]:
        state = followed.state
        if state.warning_id is not None:
            yield Ended(state.warning_id, how, at)
        self._watched(place).end(state, at)
        followed.level, followed.expires_at = None, None

    def _watched(self, place: Place) -> Watched:
        rule = _RULES[WarningRule.of(place.rule)]
        return Watched(rule=rule, key=place.subject, policy=self.policy)

    def _note(self, found: Iterator[Finding | Due]) -> Iterator[Finding]:
        for each in found:
            if isinstance(each, Due):
                self.agenda.put(each)
            else:
                yield each


def matters_of(place: Place, state: RuleState, verdict: Verdict) -> tuple[str, ...]:
    """The matters that a verdict is about."""
    if verdict.matter_id is not None:
        return (verdict.matter_id,)
    because, counts = set(verdict.because), _RULES[WarningRule.of(place.rule)].counts
    return tuple(
        dict.fromkeys(
            each.of for each in state.facts if each.event_id in because and each.says is counts
        )
    )


def _is_late(followed: Followed, verdict: Verdict) -> bool:
    return not set(followed.late).isdisjoint(verdict.because)

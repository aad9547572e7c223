"""Folds the events of a topic into the states of the rules of early warnings.

event ─► facts ─► state of each subject ─► due rows           one transaction, with the inbox

A chunk locks its subjects once and writes them once. What a rule asks for is a due row of kind
`warning`, due at once; when it has to look again, one of kind `warning-time`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from services.grid.domain.rules import BY_KIND, Rule, RuleFact, Verdict
from services.grid.domain.rules.counted_cases import CountedCase
from services.grid.domain.rules.policy import EarlyWarningPolicy
from services.grid.domain.rules.reading import facts_in, keeps_case
from services.grid.domain.rules.state import Learned, RuleState, Watched
from services.grid.store import rule_state, warning_repeats
from services.grid.store.rule_state import Place
from services.grid.store.warning_repeats import Repeats
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event
from shared.due import DueRow, put, write
from shared.ledger import Statement
from shared.office.following import Following
from shared.postgres import Connection, after_commit
from shared.streaming import AfterParked
from shared.streaming.passing import Kind
from shared.times import to_wire

ASKED, LOOK = "warning", "warning-time"
"""The kinds of due rows: a warning is asked for; a rule looks again."""


class _Read(NamedTuple):
    event: RecordedEvent
    rule: Rule
    place: Place
    facts: list[RuleFact]


_Cases = dict[str, dict[str, CountedCase]]
"""By ledger, then by id."""


class _Decoded(NamedTuple):
    recorded: RecordedEvent
    event: Event

    @classmethod
    def of(cls, recorded: RecordedEvent) -> "_Decoded":
        """Raises UnknownEvent for a later release's event."""
        return cls(recorded, decode_data(recorded.kind, recorded.schema_version, recorded.load()))

    def case_ids(self) -> set[str]:
        """The case of which the rules have to know what was read before."""
        rules = BY_KIND[self.recorded.kind]
        return {self.event.case_id} if keeps_case(self.event, rules) else set()

    def read(self, cases: _Cases) -> Iterable[_Read]:
        """What the event says to the rules; the case is kept as it is after it."""
        rules, division = BY_KIND[self.recorded.kind], self.recorded.division
        known = cases.setdefault(division, {})
        stated = facts_in(rules, self.recorded, self.event, known)
        for (rule, subject), found in groupby(stated, key=itemgetter(0, 1)):
            place = Place(division, rule.id, subject)
            yield _Read(self.recorded, rule, place, [said for _, _, said in found])


@dataclass(frozen=True, kw_only=True)
class RuleFold:
    """The rules over the events of a topic, after what else the service does with them."""

    following: Following
    policy: EarlyWarningPolicy
    wake: Callable[[], None] = lambda: None
    """Called once it is committed that a warning is asked for; the runner looks each second anyway."""

    @property
    def source(self) -> str:
        """The CloudEvents source whose events are folded."""
        return self.following.source

    @property
    def after_parked(self) -> AfterParked:
        """A ledger waits for a parked event: what it says may disarm a rule."""
        return AfterParked.WAITS

    @cached_property
    def passes_over(self) -> frozenset[Kind]:
        """The kinds that neither a policy nor a rule reads."""
        read = {kind.encode() for kind in BY_KIND}
        return frozenset(kind for kind in self.following.passes_over if kind[0] not in read)

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Run the policies, then fold the chunk; raises UnknownEvent for a later release's event."""
        await self.following.apply(connection, events)
        await self.fold(connection, events)

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """As `apply`: a rule judges the set of facts, whatever their order."""
        await self.apply(connection, events)

    async def fold(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Keep the facts of the events, and put a due row for whatever follows from them."""
        decoded = [_Decoded.of(event) for event in events if event.kind in BY_KIND]
        if not decoded:
            return
        cases = await _lock_cases(connection, decoded)
        read = [each for one in decoded for each in one.read(cases)]
        if not read:
            await write(connection, rule_state.write_cases(cases))
            return
        states = await rule_state.lock(connection, {each.place for each in read})
        await rule_state.recall(connection, states, self.policy)
        rows = [row for each in read for row in self._learn(each, states[each.place])]
        statements = [
            rule_state.write(states),
            *rule_state.write_cases(cases),
            *_repeats(states),
        ]
        if rows:
            statements.append(put(rows))
        if any(row.kind == ASKED for row in rows):
            after_commit(connection, self.wake)
        await write(connection, statements)

    def _learn(self, read: _Read, state: RuleState) -> list[DueRow]:
        event, place = read.event, read.place
        watched = Watched(rule=read.rule, key=place.subject, policy=self.policy)
        learned: Learned = watched.learn_all(state, read.facts, event.recorded_at)
        rows = []
        if learned.look_at is not None:
            rows.append(look_row(place, learned.look_at, causation_id=event.event_id))
        if learned.verdict is not None:
            rows.append(
                DueRow(
                    division=place.division,
                    kind=ASKED,
                    key=f"{place.rule}/{place.subject}/{event.event_id}",
                    due_at=event.recorded_at,
                    payload=payload_of(read.rule, place, learned.verdict, state),
                    correlation_id=event.correlation_id,
                    causation_id=event.event_id,
                )
            )
        return rows


def look_row(place: Place, moment: datetime, *, causation_id: str | None) -> DueRow:
    """The row by which a rule looks again at a moment; the same moment is the same row."""
    return DueRow(
        division=place.division,
        kind=LOOK,
        key=f"{place.rule}/{place.subject}/{to_wire(moment)}",
        due_at=moment,
        payload={"rule": place.rule, "subject": place.subject},
        causation_id=causation_id,
    )


def payload_of(rule: Rule, place: Place, verdict: Verdict, state: RuleState) -> dict[str, Any]:
    """What a due row of kind `warning` says: codes, ids and the two sentences."""
    reason, reason_en = rule.sentences(verdict)
    return {
        "rule": place.rule,
        "rule_version": rule.version,
        "subject": place.subject,
        "level": verdict.level,
        "because": list(verdict.because),
        "reason": reason,
        "reason_en": reason_en,
        "matter_id": verdict.matter_id,
        "matters": sorted(_matters_of(rule, verdict, state)),
        "unit": verdict.unit,
        "complained": sorted(verdict.complained),
        "category": verdict.category,
        "village_code": verdict.village_code,
        "last_day": verdict.last_day and verdict.last_day.isoformat(),
    }


async def _lock_cases(connection: Connection, decoded: Sequence[_Decoded]) -> _Cases:
    ids: dict[str, set[str]] = {each.recorded.division: set() for each in decoded}
    for each in decoded:
        ids[each.recorded.division] |= each.case_ids()
    return await rule_state.lock_cases(connection, ids) if any(ids.values()) else {}


def _matters_of(rule: Rule, verdict: Verdict, state: RuleState) -> set[str]:
    """The matters of the facts that the verdict names, where it is about no single one."""
    if verdict.matter_id is not None:
        return set()
    because = set(verdict.because)
    return {
        each.of for each in state.facts if each.event_id in because and each.says is rule.counts
    }


def _repeats(states: dict[Place, RuleState]) -> list[Statement]:
    """The counts of the open warnings, for the board."""
    repeats: dict[str, list[Repeats]] = {}
    for place, state in states.items():
        if state.warning_id is not None and state.counted > 1:
            found = Repeats(
                warning_id=state.warning_id, counted=state.counted, because=state.because
            )
            repeats.setdefault(place.division, []).append(found)
    return [
        statement
        for division, found in sorted(repeats.items())
        for statement in warning_repeats.count(division, found)
    ]

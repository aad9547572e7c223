"""What goes wrong with matters, by which warnings are judged.

The rules read what was promised and done; here no policy has a say: a term or a promise is missed when
its last day is over, without grace. What is judged is the record as it was known at that moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.grid.domain.back_test.findings import Failed, FailureKind
from services.grid.domain.back_test.following import Due, DueKind, Followeds, Place
from services.grid.domain.rules.agreement_broken import AGREEMENT_BROKEN
from services.grid.domain.rules.case_term import TERM
from services.grid.domain.rules.compensation_overdue import COMPENSATION_OVERDUE
from services.grid.domain.rules.facts import RuleFact, Says, saying
from services.grid.domain.rules.policy import EarlyWarningPolicy
from services.grid.domain.rules.raised_after_answer import RAISED_AFTER_ANSWER
from services.grid.domain.rules.state import Watched
from services.grid.domain.rules.verdict import Rule
from shared.contracts.agreements import AgreementBreached
from shared.contracts.early_warning_codes import WarningLevel, WarningRule
from shared.contracts.event import Event
from shared.folding.newest import keep

_MISSED = "~missed-"
"""Begins the names of these states; they come after those of the rules."""
_KINDS = {
    TERM.id: FailureKind.TERM_MISSED,
    COMPENSATION_OVERDUE.id: FailureKind.PROMISE_MISSED,
    AGREEMENT_BROKEN.id: FailureKind.PROMISE_MISSED,
}
_RULES = {rule.id: rule for rule in (TERM, COMPENSATION_OVERDUE, AGREEMENT_BROKEN)}
_NO_LIMIT = timedelta(days=36_500)
_KEPT = 1_000
"""So many facts of a kind are kept of a subject, the newest, however old: no policy that is tried may
hide what became of a matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """Recognises what goes wrong."""

    followeds: Followeds
    policy: EarlyWarningPolicy
    """With a day after the last one as the only threshold, and facts that no policy bounds."""

    @classmethod
    def under(
        cls, followeds: Followeds, policy: EarlyWarningPolicy, *, sees_late: bool
    ) -> "Failures":
        """Those of a walk under a policy, of whose numbers at most `late` is used here.

        Where what was recorded late is not seen, nobody missed a term or a promise by it: when its
        day was over, it was not on record at all.
        """
        rules = {
            each: replace(
                policy.rules[each],
                levels={1: WarningLevel.RED},
                grace=timedelta(0),
                within=_NO_LIMIT,
            )
            for each in _KINDS
        }
        late = _NO_LIMIT if sees_late else policy.late
        rules = {**policy.rules, **rules}
        strict = replace(policy, late=late, keep=_KEPT, horizon=_NO_LIMIT, rules=rules)
        return cls(followeds=followeds, policy=strict)

    def is_own(self, due: Due) -> bool:
        """Whether it is due here, and not by a rule."""
        return due.place.rule.startswith(_MISSED)

    def read(
        self, rule: Rule, place: Place, fact: RuleFact, recorded_at: datetime
    ) -> Iterator[Due]:
        """Keep a fact about what has a last day; gives when to look."""
        if rule.id not in _RULES:
            return
        at = place._replace(rule=f"{_MISSED}{rule.id}")
        followed = self.followeds.of(at)
        learned = self._watched(at).learn(followed.state, fact, recorded_at)
        followed.state.asked = None
        if learned.look_at is not None:
            yield Due(learned.look_at, DueKind.LOOK, at)

    def look(self, due: Due) -> Iterator[Failed | Due]:
        """What was missed at that moment, and when to look again."""
        state = self.followeds.of(due.place).state
        learned = self._watched(due.place).look(state, due.at)
        state.asked = None
        if learned.verdict is not None and learned.verdict.matter_id is not None:
            kind = _KINDS[self._rule_of(due.place).id]
            yield Failed(learned.verdict.matter_id, kind, due.at)
        if learned.look_at is not None:
            yield Due(learned.look_at, DueKind.LOOK, due.place)

    def raised_again(self, rule: Rule, place: Place, fact: RuleFact, at: datetime) -> bool:
        """Whether this fact shows that the matter was raised after an answer."""
        if rule is not RAISED_AFTER_ANSWER:
            return False
        state = self.followeds.of(place._replace(rule=f"{_MISSED}{rule.id}")).state
        if not keep(state.facts, fact, rule.bounds(self.policy)):
            return False
        void = {each.of for each in saying(state.facts, Says.VOIDED)}
        raised = [each.at for each in saying(state.facts, Says.RAISED) if each.of not in void]
        answers = [each.at for each in saying(state.facts, Says.ANSWERED)]
        match fact.says:
            case Says.RAISED:
                return fact.of not in void and any(each < fact.at <= at for each in answers)
            case Says.ANSWERED:
                return any(fact.at < each for each in raised)
            case _:
                return False

    def _rule_of(self, place: Place) -> Rule:
        return _RULES[WarningRule.of(place.rule.removeprefix(_MISSED))]

    def _watched(self, place: Place) -> Watched:
        return Watched(rule=self._rule_of(place), key=place.subject, policy=self.policy)


def breach_in(event: Event, at: datetime) -> Iterator[Failed]:
    """The breach of an agreement, where the event states one."""
    if isinstance(event, AgreementBreached):
        yield Failed(event.matter_id, FailureKind.BREACHED, at)

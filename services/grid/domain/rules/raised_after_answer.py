"""答复后再次提出: a matter is raised again after it was answered; the unit looks at its answer.

The cause is the answer, never the number of times that somebody raised the matter: the level rises
with the days of answers after which it was raised again: however many answers a day has, they are
one. What was passed on, referred or converted is no new raising. A signal counts with the matter to
which it is linked, from the link on; one that is linked as a duplicate does not. A case that a
correction moves to another matter counts there, at the time of its registration; what it was before
stays in the former matter's facts. The answering unit is left out where one of the raisings complains
of it, also by a correction, or a record to which the matter was passed on, referred or converted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from services.grid.domain.rules.facts import RuleFact, Says, is_sealed, saying
from services.grid.domain.rules.raisings import RAISING_AND_ANSWERING, raisings_of
from services.grid.domain.rules.verdict import Rule, Subject, Verdict, causes
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.folding.newest import Spread
from shared.times import china_day

_A_DAY = timedelta(days=1)
_ONE_OF_EACH_DAY: Mapping[str, Spread] = {
    each: Spread(length=_A_DAY, items=1) for each in (Says.RAISED, Says.ANSWERED)
}
"""What follows an answer of some day is the last of that day, or the first of a later one."""
_Rounds = list[tuple[RuleFact, list[RuleFact]]]
"""Each the last answer of a day, and what was raised after it and before the answer of another day."""


def _rounds(subject: Subject) -> _Rounds:
    void = {each.of for each in saying(subject.facts, Says.VOIDED)}
    answer: RuleFact | None = None
    rounds: _Rounds = []
    # of what is stated for the same moment, what was raised comes before what was answered
    for each in sorted(subject.facts, key=lambda each: (each.at, each.says is Says.ANSWERED)):
        if each.says is Says.ANSWERED:
            answer = each
        elif each.says is Says.RAISED and each.of not in void and answer is not None:
            if not answer.at < each.at <= answer.at + subject.policy.within:
                continue
            is_of_the_day = rounds and china_day(rounds[-1][0].at) == china_day(answer.at)
            before = rounds.pop()[1] if is_of_the_day else []
            rounds.append((answer, [*before, each]))
    return rounds


def _begins(subject: Subject) -> datetime | None:
    """With what was raised first after an answer."""
    rounds = _rounds(subject)
    return rounds[0][1][0].at if rounds else None


def _judge(subject: Subject) -> Verdict | None:
    if is_sealed(subject.facts):
        return None
    rounds = _rounds(subject)
    level = subject.policy.level_at(len(rounds))
    if level is None or not any(each.live for _, raised in rounds for each in raised):
        return None
    answer, raised = rounds[-1]
    named = {each.unit for each in saying(subject.facts, Says.RAISED, Says.COMPLAINED)}
    unit = answer.unit or _holder(subject.facts, answer.at)
    return Verdict(
        level=level,
        because=causes(
            [each for answer, raised in reversed(rounds) for each in (answer, *raised)]
        ),
        words={"answers": len(rounds), "days": (raised[-1].at - answer.at).days},
        matter_id=subject.key,
        unit=None if unit in named else unit,
        complained=frozenset(each for each in named if each),
    )


def _holder(facts: Sequence[RuleFact], at: datetime) -> str | None:
    held = [each for each in saying(facts, Says.HELD) if each.at <= at]
    return held[-1].unit if held else None


RAISED_AFTER_ANSWER = Rule(
    id=WarningRule.RAISED_AFTER_ANSWER,
    version=2,
    subject_kind=WarningSubject.SERVICE_FAILURE,
    reads=RAISING_AND_ANSWERING,
    facts_of=raisings_of,
    judge=_judge,
    counts=Says.RAISED,
    begins=_begins,
    one_each=frozenset({Says.COMPLAINED}),
    spread=lambda _: _ONE_OF_EACH_DAY,
    reason="事项答复后又被提出, 未解决问题的答复有{answers}次, 请复核答复质量。",
    reason_en=(
        "The matter was raised again after it was answered ({answers} answer(s) did not settle it): "
        "review the answer."
    ),
)

"""答复内容雷同: one text answers several matters; the answers may not fit them.

A text is known by its mark under the county's key alone. Where it is standing text of a form, the
warning is found false. An answer counts no more where its case is void, an accusation or one of
discipline.
"""

from datetime import datetime
from functools import partial

from services.grid.domain.rules.counted_cases import COUNTING_CASES, CountedCase, Counts
from services.grid.domain.rules.counted_records import counting
from services.grid.domain.rules.facts import Says, Stated
from services.grid.domain.rules.verdict import Rule, Subject, Verdict, causes
from services.grid.domain.rules.window import matters_in, most_matters, reached_since, spread_of
from shared.cloudevents import RecordedEvent
from shared.contracts.early_warning_codes import WarningRule, WarningSubject
from shared.contracts.event import Event
from shared.contracts.intake import CaseReplied, OpinionIssued


def _facts_of(_recorded: RecordedEvent, _event: Event) -> Stated:
    """Nothing but what the case of an answer says."""
    return []


def _counts_case(case: CountedCase) -> list[Counts]:
    return [Counts(f"text/{each.mark}", each.at, each.matter_id) for each in case.answers]


def _begins(subject: Subject) -> datetime | None:
    return reached_since(counting(subject.facts), subject.policy)


def _judge(subject: Subject) -> Verdict | None:
    found = most_matters(counting(subject.facts), subject.policy.within)
    matters = matters_in(found)
    level = subject.policy.level_at(matters)
    if level is None:
        return None
    return Verdict(
        level=level,
        because=causes(found),
        words={"matters": matters, "days": subject.policy.within.days},
    )


SAME_ANSWER_TEXT = Rule(
    id=WarningRule.SAME_ANSWER_TEXT,
    version=1,
    subject_kind=WarningSubject.SERVICE_FAILURE,
    reads=(*COUNTING_CASES, OpinionIssued, CaseReplied),
    facts_of=_facts_of,
    counts_case=_counts_case,
    judge=_judge,
    counts=Says.MATTER,
    begins=_begins,
    spread=partial(spread_of, Says.MATTER),
    reason="{days}天内有{matters}件事项的答复内容雷同, 请核查是否逐件调查核实。",
    reason_en=(
        "{matters} matters were answered with the same text within {days} days: "
        "check whether each was looked into."
    ),
)

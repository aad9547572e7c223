"""What the rules keep of a case, to know with what it counts when that changes.

filed, corrected, answered, routed, void ─► case ─► subjects with which it counts ─► facts

A correction, a void filing and a routing name neither the place nor the cause that a case had. So each
case has a row of its own, of bounded size. A case that is void counts no more; one that is corrected
counts with its new place, cause and matter since its registration; of one that is an accusation or of
discipline nothing is said any more, nor of its matter where the case counted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from services.grid.domain.rules.cases import is_sealing
from services.grid.domain.rules.facts import RuleFact, Says
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category
from shared.contracts.case_handling_codes import FilingFact
from shared.contracts.case_holding import CaseRouted
from shared.contracts.intake import (
    CaseEvent,
    CaseFiled,
    CaseReplied,
    FilingCorrected,
    FilingVoided,
    OpinionIssued,
)
from shared.times import from_wire, to_wire

COUNTING_CASES = (CaseFiled, FilingCorrected, FilingVoided, CaseRouted)
"""The events that say with what a case counts."""
_MOST_ANSWERS = 20
"""Of one case; the texts of later ones are not read."""


class Counts(NamedTuple):
    """With which subject a case counts, since when, as one of which matter."""

    subject: str
    at: datetime
    matter_id: str


class Stated(NamedTuple):
    """The fact by which a rule counts a case."""

    rule: str
    counts: Counts
    event_id: str


class Answer(NamedTuple):
    """An answer of a case, by the mark of its text."""

    mark: str
    at: datetime
    matter_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCase:
    """A case as the rules count it."""

    matter_id: str
    registered_at: datetime | None = None
    """None where the registration was not read."""
    is_received: bool = False
    """From another ledger, where it counts already."""
    category: Category | None = None
    village_code: str | None = None
    cause_ref: str | None = None
    is_sealed: bool = False
    is_void: bool = False
    answers: tuple[Answer, ...] = ()
    stated: tuple[Stated, ...] = ()
    """The facts that are valid."""

    def to_json(self) -> list[Any]:
        """The case inside a JSON column."""
        registered = None if self.registered_at is None else to_wire(self.registered_at)
        return [
            *(self.matter_id, registered, self.is_received, self.category, self.village_code),
            *(self.cause_ref, self.is_sealed, self.is_void),
            [[mark, to_wire(at), matter] for mark, at, matter in self.answers],
            [
                [rule, subject, to_wire(at), matter, event_id]
                for rule, (subject, at, matter), event_id in self.stated
            ],
        ]

    @classmethod
    def from_json(cls, written: Sequence[Any]) -> "CountedCase":
        """The case that `to_json` wrote."""
        matter, registered, received, category, village, cause, sealed, void, *lists = written
        answers, stated = lists
        return cls(
            matter_id=matter,
            registered_at=None if registered is None else from_wire(registered),
            is_received=received,
            category=None if category is None else Category.of(category),
            village_code=village,
            cause_ref=cause,
            is_sealed=sealed,
            is_void=void,
            answers=tuple(Answer(mark, from_wire(at), of) for mark, at, of in answers),
            stated=tuple(
                Stated(rule, Counts(subject, from_wire(at), of), event_id)
                for rule, subject, at, of, event_id in stated
            ),
        )


CountsOf = Callable[[CountedCase], Sequence[Counts]]
"""With what a rule counts a case, were it neither void nor sealed."""


class Cases(Protocol):
    """The cases of a ledger, by their ids."""

    def get(self, case_id: str, /) -> CountedCase | None:
        """None where nothing was read of it."""

    def __setitem__(self, case_id: str, case: CountedCase, /) -> None:
        """Keep it."""


def case_facts(
    rules: Sequence[tuple[str, CountsOf]], recorded: RecordedEvent, event: CaseEvent, cases: Cases
) -> Iterator[tuple[str, str, RuleFact]]:
    """Rule, subject and fact of whatever the event changes; the case is kept as it is then."""
    before = cases.get(event.case_id)
    after = _after(before, recorded, event)
    if after is None:
        return
    now: list[Stated] = [each for each in after.stated if each.rule not in dict(rules)]
    for rule, counts_of in rules:
        valid = {each.counts: each for each in after.stated if each.rule == rule}
        would = list(counts_of(after))
        counts = [] if after.is_sealed or after.is_void else would
        kept = [valid.pop(each, Stated(rule, each, recorded.event_id)) for each in counts]
        # what ends comes first: nothing is judged with both
        yield from ((rule, *_voided(each)) for each in valid.values())
        if after.is_sealed:
            sealed = dict.fromkeys((*would, *valid))
            yield from ((rule, *_sealed(each, recorded)) for each in sealed)
        yield from ((rule, *_matter(each)) for each in kept if each not in after.stated)
        now += kept
    cases[event.case_id] = replace(after, stated=tuple(now))


def _matter(stated: Stated) -> tuple[str, RuleFact]:
    (subject, at, matter), name = stated.counts, stated.event_id
    return subject, RuleFact(at, name, Says.MATTER, matter, record=name)


def _voided(stated: Stated) -> tuple[str, RuleFact]:
    """Has the place of the fact that it voids, so that it is never dropped before that one."""
    (subject, at, matter), name = stated.counts, stated.event_id
    return subject, RuleFact(at, name, Says.VOIDED, matter, record=name)


def _sealed(counts: Counts, recorded: RecordedEvent) -> tuple[str, RuleFact]:
    at, name = recorded.occurred_at, recorded.event_id
    return counts.subject, RuleFact(at, name, Says.SEALED, counts.matter_id)


def _after(
    case: CountedCase | None, recorded: RecordedEvent, event: CaseEvent
) -> CountedCase | None:
    if is_sealing(event):
        known = case or CountedCase(matter_id=event.matter_id)
        return replace(_changed(known, recorded, event), is_sealed=True)
    match event:
        case CaseFiled() | OpinionIssued(text_mark=str()) | CaseReplied(text_mark=str()):
            known = case or CountedCase(matter_id=event.matter_id)
            return _changed(known, recorded, event)
        case _:
            return None if case is None else _changed(case, recorded, event)


def _changed(case: CountedCase, recorded: RecordedEvent, event: CaseEvent) -> CountedCase:
    match event:
        case CaseFiled() if case.registered_at is None:
            return replace(
                case,
                matter_id=event.matter_id,
                registered_at=recorded.occurred_at,
                is_received=event.from_case_id is not None,
                category=event.category,
                village_code=event.village_code,
                cause_ref=event.cause_ref,
            )
        case FilingCorrected():
            return _corrected(case, event)
        case FilingVoided():
            return replace(case, is_void=True)
        case OpinionIssued(text_mark=str(mark)) | CaseReplied(text_mark=str(mark)):
            answer = Answer(mark, recorded.occurred_at, event.matter_id)
            is_read = answer not in case.answers and len(case.answers) < _MOST_ANSWERS
            return replace(case, answers=(*case.answers, answer)) if is_read else case
        case _:
            return case


def _corrected(case: CountedCase, event: FilingCorrected) -> CountedCase:
    if FilingFact.CATEGORY in event.changed:
        case = replace(case, category=event.category)
    if FilingFact.VILLAGE_CODE in event.changed:
        case = replace(case, village_code=event.village_code)
    if FilingFact.CAUSE_REF in event.changed:
        case = replace(case, cause_ref=event.cause_ref)
    if FilingFact.REPEAT_OF in event.changed:
        answers = tuple(each._replace(matter_id=event.matter_id) for each in case.answers)
        case = replace(case, matter_id=event.matter_id, answers=answers)
    return case

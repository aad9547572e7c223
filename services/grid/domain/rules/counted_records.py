"""Which records count with a subject: those that no later fact voids.

A record counts (`MATTER`) from its first event on. One that is rejected, or that a correction gives to
another subject, counts no more (`VOIDED`); a correction is a fact of the moment at which the record
began, so that it counts as if it had been stated so at once. What is of a sealed matter (`SEALED`) does
not count. No fact is taken away: whether one is valid follows from the order of the set, whatever the
order in which they are read.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from services.grid.domain.rules.facts import RuleFact, Says, Stated, fact, saying
from shared.cloudevents import RecordedEvent


def counting(facts: Sequence[RuleFact]) -> list[RuleFact]:
    """The facts of records that count, in their order."""
    sealed = {each.of for each in saying(facts, Says.SEALED)}
    voided = {each.record: each.order for each in facts if each.says is Says.VOIDED}
    return [
        each
        for each in saying(facts, Says.MATTER)
        if each.of not in sealed
        and (each.record not in voided or each.order > voided[each.record])
    ]


def counted(subjects: Iterable[str], recorded: RecordedEvent, record: str, matter: str) -> Stated:
    """That a record counts with these subjects, as one of its matter."""
    return [(subject, fact(recorded, Says.MATTER, matter, record=record)) for subject in subjects]


def voided(subjects: Iterable[str], recorded: RecordedEvent, record: str) -> Stated:
    """That it counts with them no more."""
    return [(subject, fact(recorded, Says.VOIDED, record, record=record)) for subject in subjects]


def moved(
    recorded: RecordedEvent,
    record: str,
    matter: str,
    *,
    was: Sequence[str],
    now: Sequence[str],
    at: datetime | None,
) -> Stated:
    """That it counts with other subjects since its beginning."""
    left = [each for each in was if each not in now]
    joined = [each for each in now if each not in was]
    return [
        *((key, fact(recorded, Says.VOIDED, record, at=at, record=record)) for key in left),
        *((key, fact(recorded, Says.MATTER, matter, at=at, record=record)) for key in joined),
    ]

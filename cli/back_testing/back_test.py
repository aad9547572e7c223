"""A back-test from its source to what was found."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from cli.back_testing.found import Found
from cli.back_testing.history import History
from cli.back_testing.stores import AgendaStore, FollowedStore
from cli.back_testing.workbook import workbook
from cli.progress import Tell
from services.grid.domain.back_test import FailureKind, HistoryClock, Walk
from services.grid.domain.back_test.counts import Recall, RuleCounts
from services.grid.domain.early_warning.life_policy import WarningLife
from services.grid.domain.rules import RULES
from services.grid.domain.rules.policy import EarlyWarningPolicy
from shared.contracts.early_warning_codes import WarningRule
from shared.times import start_of

Source = Callable[[History], datetime]
"""Fills a history; gives the moment at which it ends."""
_TELL_EVERY = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is back-tested."""

    first: date
    last: date
    policy: EarlyWarningPolicy
    life: WarningLife | None
    within: timedelta
    sees_late: bool = True


class Summary(NamedTuple):
    """The counts of a back-test."""

    read: int
    """Events of the ledgers."""
    walked: int
    """Those that the rules or the outcomes need."""
    end: datetime
    rules: dict[WarningRule, RuleCounts]
    of_rules: dict[WarningRule, Recall]
    failures: dict[FailureKind, Recall]
    all_matters: Recall
    left_out: int


@contextmanager
def back_test(asked: Asked, source: Source, tell: Tell) -> Iterator[tuple[Summary, Found]]:
    """The counts and the warnings, which can be read until the end of the context."""
    with workbook() as database:
        yield _walk(database, asked, source, tell)


def _walk(
    database: sqlite3.Connection, asked: Asked, source: Source, tell: Tell
) -> tuple[Summary, Found]:
    clock = HistoryClock(late=asked.policy.late, sees_late=asked.sees_late)
    history = History(database, clock)
    end = source(history)
    period_end = start_of(asked.last + timedelta(days=1)) - timedelta(microseconds=1)
    found = Found(database, start_of(asked.first), period_end)
    walk = Walk(
        policy=asked.policy,
        life=asked.life,
        followeds=FollowedStore(database),
        agenda=AgendaStore(database),
        sees_late=asked.sees_late,
    )
    tell(f"{history.read:,} events are read; the rules go through them")
    for recorded, event in history.in_order():
        for finding in walk.read(recorded, event):
            found.take(finding)
        if history.kept % _TELL_EVERY == 0:
            tell(f"… {history.kept:,} events judged")
    for finding in walk.finish(end):
        found.take(finding)
    return _summary(asked, history, found, end), found


def _summary(asked: Asked, history: History, found: Found, end: datetime) -> Summary:
    rules = {rule.id: RuleCounts() for rule in RULES}
    for each in found.warnings():
        rules[each.judged.rule].add(each.judged, within=asked.within, end=end)
    return Summary(
        read=history.read,
        walked=history.kept,
        end=end,
        rules=rules,
        of_rules={rule: found.recall(asked.within, rule=rule) for rule in rules},
        failures={kind: found.recall(asked.within, kind=kind) for kind in FailureKind},
        all_matters=found.recall(asked.within),
        left_out=found.left_out(),
    )

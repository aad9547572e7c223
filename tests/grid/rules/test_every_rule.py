"""Of every rule: it fires, nearly fires, is silent about what is recorded late, and is not led astray."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from services.grid.domain.rules import RULES, Rule
from services.grid.domain.rules.agreement_broken import AGREEMENT_BROKEN
from services.grid.domain.rules.case_term import TERM
from services.grid.domain.rules.cluster import CLUSTER
from services.grid.domain.rules.compensation_overdue import COMPENSATION_OVERDUE
from services.grid.domain.rules.half_term import HALF_TERM_WITHOUT_STEP
from services.grid.domain.rules.raised_after_answer import RAISED_AFTER_ANSWER
from services.grid.domain.rules.returned_twice import RETURNED_TWICE
from services.grid.domain.rules.same_answer_text import SAME_ANSWER_TEXT
from services.grid.domain.rules.unpaid_wages import UNPAID_WAGES
from shared.contracts.case_codes import Category, Purpose
from shared.contracts.event import Event
from shared.contracts.report_codes import ReportTopic
from tests.grid.rules.given import (
    MARK,
    Judged,
    accepted,
    an_id,
    applied,
    events,
    filed,
    recaused,
    received,
    rejected,
    replied,
    retopiced,
    returned,
    served,
    submitted,
    succeeded,
    the_day,
)

Stated = list[tuple[Event, float]]
ONE, TWO, THREE = (an_id(0xE000 + number) for number in range(3))
OTHER_MARK = "e" * 64
OTHER_GRID = "519900101202001"
END_OF_TIME = datetime(9999, 12, 31, 23, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a rule is shown, and the level to which it comes in the end."""

    rule: Rule
    fires: Stated
    level: str
    nearly: Stated
    hostile: tuple[Stated, ...]
    """What raises nothing: a matter repeated, sealed matters, and dates that stop no rule."""


def repeated(stated: Callable[..., Event], **changes: Any) -> Stated:
    """The same about one matter, fifty times."""
    return [(stated(**changes), day / 10) for day in range(50)]


TRIALS = (
    Trial(
        rule=RAISED_AFTER_ANSWER,
        fires=[(served(), 1), (received(), 2)],
        level="yellow",
        nearly=[(received(), 1), (served(), 2)],
        hostile=(
            repeated(received),
            [(filed(purpose=Purpose.ACCUSATION), 0), (served(), 1), (received(), 2)],
        ),
    ),
    Trial(
        rule=CLUSTER,
        fires=[
            (filed(matter_id=ONE), 0),
            (submitted(matter_id=TWO), 1),
            (applied(matter_id=THREE), 2),
        ],
        level="red",
        nearly=[(filed(matter_id=ONE), 0), (submitted(matter_id=TWO), 1)],
        hostile=(
            repeated(filed),
            [(filed(matter_id=each, purpose=Purpose.ACCUSATION), 0) for each in (ONE, TWO, THREE)],
            [
                (submitted(matter_id=ONE), 0),
                (rejected(matter_id=ONE), 1),
                (filed(matter_id=TWO), 2),
                (applied(matter_id=THREE), 3),
            ],
            [
                (submitted(matter_id=ONE), 0),
                (retopiced(matter_id=ONE, grid_code=OTHER_GRID), 1),
                (filed(matter_id=TWO), 2),
                (applied(matter_id=THREE), 3),
            ],
            [
                (filed(matter_id=each, category=Category.DISCIPLINE), 0)
                for each in (ONE, TWO, THREE)
            ],
        ),
    ),
    Trial(
        rule=UNPAID_WAGES,
        fires=[
            (submitted(matter_id=ONE, cause_ref=MARK), 0),
            (applied(matter_id=TWO, cause_ref=MARK), 1),
        ],
        level="orange",
        nearly=[(submitted(matter_id=ONE, cause_ref=MARK), 0)],
        hostile=(
            repeated(submitted, cause_ref=MARK),
            [
                (filed(matter_id=each, category=Category.LAND, cause_ref=MARK), 0)
                for each in (ONE, TWO)
            ],
            [(filed(matter_id=each), 0) for each in (ONE, TWO)],
            [
                (submitted(matter_id=ONE, cause_ref=MARK), 0),
                (rejected(matter_id=ONE, cause_ref=MARK), 1),
                (applied(matter_id=TWO, cause_ref=MARK), 2),
            ],
            [
                (submitted(matter_id=ONE, cause_ref=MARK), 0),
                (retopiced(matter_id=ONE, topic=ReportTopic.WASTE, cause_ref=MARK), 1),
                (applied(matter_id=TWO, cause_ref=MARK), 2),
            ],
            [
                (filed(matter_id=ONE, cause_ref=MARK), 0),
                (recaused(matter_id=ONE, was_cause_ref=MARK, cause_ref=OTHER_MARK), 1),
                (applied(matter_id=TWO, cause_ref=MARK), 2),
            ],
        ),
    ),
    Trial(
        rule=COMPENSATION_OVERDUE,
        fires=[(succeeded(instalments=(the_day(5),)), 0)],
        level="red",
        nearly=[(succeeded(), 0)],
        hostile=(
            [(succeeded(instalments=(END_OF_TIME.date(),)), 0)],
            [(succeeded(instalments=(date.min,)), 0)],
        ),
    ),
    Trial(
        rule=AGREEMENT_BROKEN,
        fires=[(succeeded(perform_by=the_day(20)), 0)],
        level="orange",
        nearly=[(succeeded(), 0)],
        hostile=(
            [(succeeded(perform_by=END_OF_TIME.date()), 0)],
            [(succeeded(perform_by=date.min), 0)],
        ),
    ),
    Trial(
        rule=TERM,
        fires=[(accepted(), 0)],
        level="red",
        nearly=[(accepted(), 0), (served(), 50)],
        hostile=(
            [(accepted(due_at=END_OF_TIME), 0)],
            [(accepted(due_at=datetime.min.replace(tzinfo=UTC)), 0)],
            [(filed(purpose=Purpose.ACCUSATION), 0), (accepted(), 1)],
        ),
    ),
    Trial(
        rule=HALF_TERM_WITHOUT_STEP,
        fires=[(accepted(), 0)],
        level="yellow",
        nearly=[(accepted(), 0), (served(), 29)],
        hostile=(
            [(accepted(due_at=END_OF_TIME), 0)],
            [(filed(purpose=Purpose.ACCUSATION), 0), (accepted(), 1)],
        ),
    ),
    Trial(
        rule=RETURNED_TWICE,
        fires=[(returned(), 0), (returned(), 1)],
        level="orange",
        nearly=[(returned(), 0), (returned(matter_id=ONE), 1)],
        hostile=(
            [(filed(purpose=Purpose.ACCUSATION), 0), (returned(), 1), (returned(), 2)],
            repeated(submitted),
        ),
    ),
    Trial(
        rule=SAME_ANSWER_TEXT,
        fires=[
            (replied(matter_id=each, text_mark=MARK), day)
            for day, each in enumerate((ONE, TWO, THREE))
        ],
        level="yellow",
        nearly=[(replied(matter_id=each, text_mark=MARK), 0) for each in (ONE, TWO)],
        hostile=(
            repeated(replied, text_mark=MARK),
            [(replied(matter_id=each), 0) for each in (ONE, TWO, THREE)],
        ),
    ),
)
of_every_rule = pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.rule.id)


def test_every_rule_is_tried() -> None:
    assert [trial.rule for trial in TRIALS] == list(RULES)


@of_every_rule
def test_it_fires_in_any_order(trial: Trial) -> None:
    for order in permutations(events(*trial.fires)):
        assert Judged(trial.rule).read(*order).at(1_000).levels[-1] == trial.level


@of_every_rule
def test_it_nearly_fires(trial: Trial) -> None:
    for order in permutations(events(*trial.nearly)):
        assert Judged(trial.rule).read(*order).at(1_000).asked == []


@of_every_rule
def test_what_was_recorded_late_raises_nothing(trial: Trial) -> None:
    late = [(event, day, 400) for event, day in trial.fires]
    assert Judged(trial.rule).read(*events(*late)).at(1_000).asked == []


@of_every_rule
def test_it_is_not_led_astray(trial: Trial) -> None:
    for hostile in trial.hostile:
        assert Judged(trial.rule).read(*events(*hostile)).at(1_000).asked == []


@of_every_rule
def test_the_same_event_read_again_is_no_second_one(trial: Trial) -> None:
    """A set of facts has each once."""
    read = events(*trial.nearly)
    assert Judged(trial.rule).read(*read, *read, *read).at(1_000).asked == []

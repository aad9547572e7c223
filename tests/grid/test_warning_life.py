"""How fast the office acts, and when a warning expires: policy data, and what follows from it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.early_warning import EARLY_WARNING, EarlyWarning, WarningState
from services.grid.domain.early_warning.acting import ExpireWarning
from services.grid.domain.early_warning.life_policy import LevelNotInPolicy
from services.grid.policies.warning_life import LIFE, read_life, shipped_life
from services.grid.warning_examples import DISPOSE_BY, RAISE, TO_RED
from shared.clocks.mistakes import DataMistaken
from shared.contracts.early_warning_codes import WarningLevel, WarningSubject
from shared.decider import Mark

NOW = datetime(2025, 3, 4, 2, tzinfo=UTC)
_OF_ALL = "\n".join(f"{each.value} = 24" for each in WarningLevel)
GOOD = f"""
version = "x"
basis = "local convention"
safety_expires_hours = 72
[dispose_hours]
{_OF_ALL}
[expires_hours]
{_OF_ALL}
[levels]
safety = ["red"]
matter = ["red", "blue"]
"""


def raised(**changes: Any) -> EarlyWarning:
    command = replace(RAISE, **changes)
    before = EARLY_WARNING.at(EARLY_WARNING.initial, Mark(NOW))
    events = EARLY_WARNING.decide(command, before)
    return EARLY_WARNING.fold_marked([(each, Mark(NOW)) for each in events], before)


def test_the_shipped_policy_gives_less_time_for_what_is_more_urgent() -> None:
    life = shipped_life()
    assert life.version == LIFE
    times = [life.dispose_within[level] for level in WarningLevel]
    assert times == sorted(times)
    assert times == [timedelta(hours=24), *(timedelta(days=days) for days in (3, 7, 15))]
    assert "local convention" in life.basis


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (GOOD.replace("safety_expires_hours = 72", ""), "safety_expires_hours"),
        (GOOD.replace("red = 24", "red = 0", 1), "red"),
        (GOOD.replace('["red"]', '["crimson"]'), "safety"),
        (GOOD.replace("blue = 24", "", 1), "Every level"),
        (GOOD.replace('matter = ["red", "blue"]', 'household = ["red"]'), "household"),
        ("version = ", "file"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_the_file(wrong: str, reason: str) -> None:
    assert read_life(GOOD, "good.toml").version == "x"
    with pytest.raises(DataMistaken) as mistaken:
        read_life(wrong, "wrong.toml")
    assert "wrong.toml" in str(mistaken.value)
    assert reason in str(mistaken.value) or reason == "file"


@pytest.mark.parametrize(
    ("was", "becomes", "line", "reason"),
    [
        ("red = 24", "red = -24", 6, "dispose_hours.red"),
        ('matter = ["red", "blue"]', 'matter = ["pink"]', 17, "levels.matter"),
        ('basis = "local convention"', "", 1, "basis is missing"),
        ('basis = "local convention"', 'basis = ""', 3, "basis"),
        ("blue = 24", "", 5, "dispose_hours: Every level has its hours"),
        ("blue = 24\n[levels]", "[levels]", 10, "expires_hours: Every level has its hours"),
        ("safety =", "household =", 16, "household"),
        ("[levels]", "[levels", 15, "is no TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(was: str, becomes: str, line: int, reason: str) -> None:
    assert was in GOOD
    with pytest.raises(DataMistaken) as mistaken:
        read_life(GOOD.replace(was, becomes, 1), "life.toml")
    (told,) = mistaken.value.mistakes
    assert (told.file, told.line) == ("life.toml", line)
    assert reason in told.reason


def test_a_post_chooses_among_the_levels_of_the_policy() -> None:
    life = read_life(GOOD, "good.toml")
    life.require_level(WarningSubject.MATTER, WarningLevel.BLUE)
    for kind in set(WarningSubject) - {WarningSubject.MATTER}:
        with pytest.raises(LevelNotInPolicy):
            life.require_level(kind, WarningLevel.BLUE)


@given(level=st.sampled_from(list(WarningLevel)), hours=st.integers(0, 1000))
def test_a_warning_expires_after_its_time_and_one_recorded_afterwards_never(
    level: WarningLevel, hours: int
) -> None:
    life, dispose_by = shipped_life(), NOW + timedelta(hours=hours)
    of_a_rule = raised(level=level, dispose_by=dispose_by)
    assert life.expires_at(of_a_rule) == dispose_by + life.expires_after[level]
    older = raised(level=level, dispose_by=dispose_by, recorded_afterwards=True)
    assert life.expires_at(older) is None


@given(level=st.sampled_from(list(WarningLevel)), hours=st.integers(0, 1000))
def test_a_safety_warning_is_over_after_its_own_time_at_any_level(
    level: WarningLevel, hours: int
) -> None:
    safety = raised(
        level=level,
        subject_kind=WarningSubject.SAFETY,
        because=(),
        dispose_by=NOW + timedelta(hours=hours),
    )
    life = shipped_life()
    assert life.expires_at(safety) == NOW + life.safety_expires_after


def test_a_row_of_an_earlier_term_does_nothing() -> None:
    later = replace(TO_RED, dispose_by=DISPOSE_BY + timedelta(days=1))
    state = raised()
    events = EARLY_WARNING.decide(later, state)
    state = EARLY_WARNING.fold_marked([(each, Mark(NOW)) for each in events], state)
    assert EARLY_WARNING.decide(ExpireWarning(dispose_by=DISPOSE_BY), state) == []
    ended = EARLY_WARNING.decide(ExpireWarning(dispose_by=later.dispose_by), state)
    assert [each.kind for each in ended] == ["warning-expired"]
    assert state.state is WarningState.RAISED

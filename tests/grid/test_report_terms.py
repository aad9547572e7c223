"""Terms are policy data: shipped as files, read strictly, and counted in hours."""

from datetime import UTC, datetime, timedelta

import pytest

from services.grid.policies import FOUR_LEVELS, STEPS, NoSuchTerms, read_terms, shipped_terms
from shared.contracts.report_codes import LadderLevel, ReportStep, Urgency

NOW = datetime(2025, 3, 4, 2, tzinfo=UTC)
OF_STEPS = set(ReportStep) - {ReportStep.LEVEL}


@pytest.mark.parametrize("version", [STEPS, FOUR_LEVELS])
def test_a_shipped_policy_has_the_version_of_its_file(version: str) -> None:
    policy = shipped_terms(version)
    assert policy.version == version
    assert "unverified" in policy.basis


def test_the_usual_policy_has_a_term_for_every_step_and_a_shorter_one_for_what_is_urgent() -> None:
    policy = shipped_terms(STEPS)
    assert set(policy.steps) == set(Urgency)
    assert all(set(steps) == OF_STEPS for steps in policy.steps.values())
    for step in OF_STEPS:
        times = [policy.steps[urgency][step] for urgency in Urgency]
        assert times == sorted(times, reverse=True)
    assert policy.level_term(LadderLevel.GRID, NOW) is None


def test_four_levels_have_seven_days_in_all() -> None:
    policy = shipped_terms(FOUR_LEVELS)
    assert list(policy.ladder) == list(LadderLevel)
    assert sum(policy.ladder.values(), timedelta()) == timedelta(days=7)
    assert policy.term(ReportStep.CHECK, Urgency.AT_ONCE, NOW) is None


def test_a_term_is_counted_from_the_step_before() -> None:
    term = shipped_terms(STEPS).term(ReportStep.CHECK, Urgency.URGENT, NOW)
    assert term is not None
    assert (term.due_at, term.version) == (NOW + timedelta(hours=2), STEPS)


@pytest.mark.parametrize(
    "wrong",
    [
        'version = "x"',
        'version = "x"\nbasis = "y"\nhours = 1',
        'version = "x"\nbasis = "y"\n[steps.soon]\ncheck = 1',
        'version = "x"\nbasis = "y"\n[steps.normal]\ncheck = 0',
        'version = "x"\nbasis = "y"\n[ladder]\ngrid = "24"',
    ],
)
def test_a_mistake_in_a_policy_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="validation error"):
        read_terms(wrong)


def test_an_unknown_version_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(NoSuchTerms, match=STEPS):
        shipped_terms("none")

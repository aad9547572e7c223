"""The policy file of the rules is checked when a process starts, with file, line and reason."""

from pathlib import Path

import pytest

import services.grid.policies
from services.grid.domain.rules import BY_KIND, RULES
from services.grid.policies.early_warnings import (
    EARLY_WARNINGS,
    read_early_warnings,
    shipped_early_warnings,
)
from shared.clocks.mistakes import DataMistaken
from shared.contracts.catalogue import published_kinds
from shared.contracts.early_warning_codes import WarningRule

TEXT = (Path(services.grid.policies.__file__).parent / f"{EARLY_WARNINGS}.toml").read_text("utf-8")


def test_every_rule_has_its_numbers_and_its_law_or_local_convention() -> None:
    policy = shipped_early_warnings()
    assert policy.rules.keys() == {rule.id for rule in RULES}
    assert set(WarningRule) - policy.rules.keys() == {WarningRule.TOLD_BY_WORKER}
    for table in policy.rules.values():
        assert "local convention" in table.basis


def test_every_rule_reads_published_kinds_and_has_a_sentence_in_both_languages() -> None:
    kinds = dict(published_kinds())
    assert set(BY_KIND) <= set(kinds)
    assert all(rule.reason and rule.reason_en for rule in RULES)


@pytest.mark.parametrize(
    ("was", "becomes", "line", "reason"),
    [
        ("keep = 200", "keep = 2", 7, "keep"),
        ("keep = 200", "keeps = 200", 7, "keeps is not known here"),
        ("late_days = 30", 'late_days = "x"', 6, "late_days"),
        ('"2" = "orange" }\nwithin_days = 180', '"2" = "pink" }\nwithin_days = 180', 12, "levels"),
        ('{ "3" = "red" }', "{}", 18, "levels"),
        ('{ "3" = "red" }', '{ "3" = "red", "9" = "blue" }', 18, "less urgent level"),
        ("[rules.cluster]", "[rules.told-by-worker]", 16, "a post raises it"),
        ("within_days = 180", "", 10, "within_days is missing"),
        ("within_days = 180", "within_days = 399", 13, "not kept so long"),
        ("[rules.term]", "[rules.of-persons]", 38, "of-persons"),
        ("keep = 200", "keep 200", 7, "is no TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(was: str, becomes: str, line: int, reason: str) -> None:
    assert was in TEXT
    with pytest.raises(DataMistaken) as refused:
        read_early_warnings(TEXT.replace(was, becomes, 1), "policy.toml")
    told = [each for each in refused.value.mistakes if reason in each.reason]
    assert told, refused.value
    assert (told[0].file, told[0].line) == ("policy.toml", line)

"""The policy file of the rules is checked when a process starts, with file, line and reason."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

import services.grid.policies
from services.grid import server, worker
from services.grid.domain.rules import BY_KIND, RULES
from services.grid.policies import early_warnings, warning_life
from services.grid.policies.early_warnings import (
    EARLY_WARNINGS,
    read_early_warnings,
    shipped_early_warnings,
)
from services.grid.policies.warning_life import LIFE
from shared.clocks.mistakes import DataMistaken
from shared.contracts.catalogue import published_kinds
from shared.contracts.early_warning_codes import WarningRule
from shared.settings import BAD_SETTINGS

FOLDER = Path(services.grid.policies.__file__).parent
TEXT = (FOLDER / f"{EARLY_WARNINGS}.toml").read_text("utf-8")
SETTINGS = {
    "GRID_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "GRID_KAFKA_BOOTSTRAP": "127.0.0.1:1",
    "GRID_COUNTY": "519900",
    "GRID_OIDC_ISSUER": "http://127.0.0.1:1",
    "GRID_KEY_ENCRYPTION_KEY": base64.b64encode(bytes(32)).decode(),
}


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
        ("quiet_days = 15", "quiet_days = -15", 14, "quiet_days"),
        ("grace_days = 3", "grace_days = -3", 31, "grace_days"),
        ("late_days = 30", "late_days = -1", 6, "late_days"),
        ('basis = "local convention"\nlevels = { "3"', 'levels = { "3"', 16, "basis is missing"),
        ('basis = "local convention"\nlevels = { "3"', 'basis = ""\nlevels = { "3"', 17, "basis"),
        ("[rules.returned-twice]", "[rules.raised-twice]", 46, "raised-twice"),
    ],
)
def test_a_mistake_is_told_with_its_line(was: str, becomes: str, line: int, reason: str) -> None:
    assert was in TEXT
    with pytest.raises(DataMistaken) as refused:
        read_early_warnings(TEXT.replace(was, becomes, 1), "policy.toml")
    told = [each for each in refused.value.mistakes if reason in each.reason]
    assert told, refused.value
    assert (told[0].file, told[0].line) == ("policy.toml", line)


def test_a_rule_that_has_no_numbers_is_missed() -> None:
    before, _, after = TEXT.partition("[rules.returned-twice]")
    with pytest.raises(DataMistaken, match=r"rules\.returned-twice is missing"):
        read_early_warnings(before + after[after.index("[rules.") :], "policy.toml")


@pytest.mark.parametrize("main", [worker.main, server.main])
def test_no_process_of_grid_starts_on_a_mistaken_file(
    main: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    life = (FOLDER / f"{LIFE}.toml").read_text("utf-8")
    files = {
        EARLY_WARNINGS: TEXT.replace('{ "3" = "red" }', '{ "3" = "pink" }'),
        LIFE: life.replace("red = 24", "red = -24", 1),
    }
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    for module, read in (
        (early_warnings, shipped_early_warnings),
        (warning_life, warning_life.shipped_life),
    ):
        monkeypatch.setattr(module, "_FOLDER", tmp_path)
        read.cache_clear()
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == BAD_SETTINGS
    said = capsys.readouterr().err
    assert f"{EARLY_WARNINGS}.toml:18: rules.cluster.levels" in said
    assert f"{LIFE}.toml:11: dispose_hours.red" in said

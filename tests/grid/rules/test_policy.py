"""The policy file of the rules is checked when a process starts, with file, line and reason."""

import base64
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import services.grid.policies
from services.grid import dead_letters, server, worker
from services.grid.domain.rules import BY_KIND, RULES
from services.grid.policies import early_warnings, warning_life
from services.grid.policies.early_warnings import (
    EARLY_WARNINGS,
    chosen_early_warnings,
    own_early_warnings,
    read_early_warnings,
    shipped_early_warnings,
)
from services.grid.policies.warning_life import LIFE
from services.grid.settings import Settings
from services.grid.stream.policies import followed_by
from services.grid.stream.rule_fold import RuleFold
from shared.clocks.mistakes import DataMistaken
from shared.contracts.catalogue import published_kinds
from shared.contracts.early_warning_codes import WarningLevel, WarningRule
from shared.keys import Keys
from shared.ledger import Ledger
from shared.postgres import new_pool
from shared.settings import BAD_SETTINGS

FOLDER = Path(services.grid.policies.__file__).parent
TEXT = (FOLDER / f"{EARLY_WARNINGS}.toml").read_text("utf-8")
NO_LEDGER = Ledger(new_pool("", name="never opened", size=1), source="/grid")
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
        ("keep = 200", "keep = 99", 7, "keep"),
        ('{ "3" = "red" }', '{ "3" = "red", "201" = "red" }', 18, "not kept"),
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
        ('"1" = "red" }', '"1" = "red" }\nquiet_days = 1', 41, "has no quiet_days"),
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


def test_a_term_is_marked_by_days_of_any_number() -> None:
    marks = TEXT.replace('"31" = "red"', '"201" = "red"', 1)
    assert marks != TEXT
    assert read_early_warnings(marks, "policy.toml").keep == shipped_early_warnings().keep


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


def own_policy(folder: Path, was: str = "", becomes: str = "", *, version: str = "own.1") -> Path:
    """An office's own file, of another version, with one change of the shipped one."""
    assert was in TEXT
    file = folder / "own.toml"
    renamed = TEXT.replace(f'version = "{EARLY_WARNINGS}"', f'version = "{version}"')
    file.write_text(renamed.replace(was, becomes, 1), "utf-8")
    return file


def test_an_office_chooses_a_shipped_version_or_its_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert Settings().early_warning_policy == EARLY_WARNINGS
    file = own_policy(tmp_path, '{ "3" = "red" }', '{ "4" = "orange" }')
    monkeypatch.setenv("GRID_EARLY_WARNING_POLICY", str(file))
    policy = chosen_early_warnings(Settings().early_warning_policy)
    assert policy.version == "own.1"
    assert policy.rules[WarningRule.CLUSTER].levels == {4: WarningLevel.ORANGE}
    folds = followed_by("519900", early_warnings=str(file))(NO_LEDGER, Keys(bytes(32)))
    assert [fold.policy for fold in folds.values() if isinstance(fold, RuleFold)] == [policy] * 3


@pytest.mark.parametrize("choice", ["early-warnings.9", "report-steps.1-placeholder", "none.toml"])
def test_a_choice_that_there_is_not_ends_the_start_in_one_sentence(
    choice: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (SETTINGS | {"GRID_EARLY_WARNING_POLICY": choice}).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        worker.main()
    assert ended.value.code == BAD_SETTINGS
    said = capsys.readouterr().err
    assert "GRID_EARLY_WARNING_POLICY: " in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("main", [worker.main, server.main, dead_letters.main])
@pytest.mark.parametrize(
    ("was", "becomes", "version", "said"),
    [
        ('{ "3" = "red" }', '{ "3" = "pink" }', "own.1", "own.toml:18: rules.cluster.levels"),
        ('{ "3" = "red" }', '{ "4" = "red" }', EARLY_WARNINGS, "own.toml:5: version: "),
    ],
)
def test_a_mistake_in_an_own_file_ends_the_start_with_its_line(
    *,
    main: Callable[[], object],
    was: str,
    becomes: str,
    version: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = own_policy(tmp_path, was, becomes, version=version)
    for name, value in (SETTINGS | {"GRID_EARLY_WARNING_POLICY": str(file)}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["dead_letters", "list"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == BAD_SETTINGS
    assert said in capsys.readouterr().err


def test_an_own_file_in_another_encoding_is_a_mistake_in_its_line(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes("# 1\n# 同地同因\n".encode("gb18030"))
    with pytest.raises(DataMistaken, match=r"own\.toml:2: is no text in UTF-8"):
        own_early_warnings(file)

"""The policies of the rules of early warnings: the shipped ones, and an office's own file.

Read when a process starts, so that a mistake stops it there, with file, line and reason.
"""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.grid.domain.early_warning.raising import MOST_CAUSES
from services.grid.domain.rules import RULES, Rule
from services.grid.domain.rules.policy import EarlyWarningPolicy, RulePolicy
from shared.clocks.mistakes import DataMistaken, Mistake, TomlFile, raise_mistakes
from shared.contracts.early_warning_codes import WarningLevel, WarningRule

EARLY_WARNINGS = "early-warnings.1-placeholder"
_FOLDER = Path(__file__).parent
_OF_FILES = ".toml"
_RULES = {rule.id: rule for rule in RULES}

Days = Annotated[int, Field(strict=True, ge=0, le=3_660)]
SomeDays = Annotated[int, Field(strict=True, ge=1, le=3_660)]
Number = Annotated[int, Field(ge=-366, le=100_000)]


class _RuleTable(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    basis: Annotated[str, Field(min_length=1)]
    levels: Annotated[dict[Number, WarningLevel], Field(min_length=1)]
    within_days: Days = 0
    grace_days: Days = 0
    quiet_days: Days = 0

    def policy(self) -> RulePolicy:
        """The thresholds, with times instead of numbers of days."""
        return RulePolicy(
            basis=self.basis,
            levels=dict(sorted(self.levels.items())),
            within=timedelta(days=self.within_days),
            grace=timedelta(days=self.grace_days),
            quiet=timedelta(days=self.quiet_days),
        )


class _PolicyFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[str, Field(min_length=1, max_length=64)]
    late_days: Days
    keep: Annotated[int, Field(strict=True, ge=MOST_CAUSES, le=1_000)]
    horizon_days: SomeDays
    rules: dict[WarningRule, _RuleTable]

    def policy(self) -> EarlyWarningPolicy:
        """The policy of all rules."""
        return EarlyWarningPolicy(
            version=self.version,
            late=timedelta(days=self.late_days),
            keep=self.keep,
            horizon=timedelta(days=self.horizon_days),
            rules={rule: table.policy() for rule, table in self.rules.items()},
        )


class NoSuchPolicy(ValueError):
    """No shipped policy has that version, and no file has that name."""


@cache
def shipped_early_warnings(version: str = EARLY_WARNINGS) -> EarlyWarningPolicy:
    """The shipped policy of that version; raises DataMistaken, or FileNotFoundError."""
    path = _FOLDER / f"{version}.toml"
    return read_early_warnings(path.read_text(encoding="utf-8"), path.name)


def chosen_early_warnings(chosen: str = EARLY_WARNINGS) -> EarlyWarningPolicy:
    """The policy by which an office is warned: a shipped version, or its own file, `….toml`.

    Raises NoSuchPolicy, DataMistaken, or OSError.
    """
    check_choice(chosen)
    if not chosen.endswith(_OF_FILES):
        return shipped_early_warnings(chosen)
    return _own_for_good(Path(chosen))


def check_choice(chosen: str) -> str:
    """The same choice, if there is such a version or file; raises NoSuchPolicy."""
    if chosen.endswith(_OF_FILES):
        if not Path(chosen).is_file():
            raise NoSuchPolicy("there is no such file")
    elif chosen not in _shipped_versions():
        shipped = ", ".join(_shipped_versions())
        raise NoSuchPolicy(f"it is neither a shipped version ({shipped}) nor a file named ….toml")
    return chosen


def own_early_warnings(path: Path) -> EarlyWarningPolicy:
    """The policy of an office's own file; raises DataMistaken, or OSError.

    It has a version of its own, so that what is raised and printed names no policy wrongly.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        line = fault.object[: fault.start].count(b"\n") + 1
        raise DataMistaken([Mistake(str(path), line, "is no text in UTF-8")]) from fault
    policy = read_early_warnings(text, str(path))
    if policy.version in _shipped_versions() and policy != shipped_early_warnings(policy.version):
        file = TomlFile(str(path), text)
        file.mistake(("version",), f"version: {policy.version} is shipped with other numbers")
        raise_mistakes([file])
    return policy


@cache
def _own_for_good(path: Path) -> EarlyWarningPolicy:
    """Read once a process: a file that changes meanwhile changes nothing before the next start."""
    return own_early_warnings(path)


def _shipped_versions() -> list[str]:
    return sorted(path.stem for path in _FOLDER.glob(f"early-warnings.*{_OF_FILES}"))


def read_early_warnings(text: str, name: str) -> EarlyWarningPolicy:
    """The policy that a file states; raises DataMistaken with the file, lines and reasons."""
    file = TomlFile(name, text)
    raise_mistakes([file])
    try:
        policy = _PolicyFile.model_validate(file.tables).policy()
    except ValidationError as invalid:
        file.misfit((), invalid)
        raise_mistakes([file])
        raise
    _check(file, policy)
    return policy


def _check(file: TomlFile, policy: EarlyWarningPolicy) -> None:
    for rule in _RULES.keys() - policy.rules.keys():
        file.mistake(("rules",), f"rules.{rule} is missing")
    for rule, table in policy.rules.items():
        at = ("rules", rule.value)
        if rule not in _RULES:
            file.mistake(at, f"{at[1]} is no rule: a post raises it")
        else:
            _check_kept(file, _RULES[rule], table, keep=policy.keep)
        urgency = [list(WarningLevel).index(table.levels[each]) for each in sorted(table.levels)]
        if urgency != sorted(urgency, reverse=True):
            file.mistake((*at, "levels"), f"{at[1]}: a greater number has a less urgent level")
        if table.within > policy.horizon - policy.late:
            file.mistake((*at, "within_days"), f"{at[1]}: the facts are not kept so long")
    raise_mistakes([file])


def _check_kept(file: TomlFile, rule: Rule, table: RulePolicy, *, keep: int) -> None:
    at = ("rules", rule.id.value)
    if rule.is_windowed and not table.within:
        file.mistake(at, f"{at[1]}: within_days is missing")
    elif rule.is_windowed and max(table.levels) > keep:
        file.mistake((*at, "levels"), f"{at[1]}: so many facts are not kept")
    if table.quiet and not rule.is_windowed:
        why = "it looks on certain days, and would pass over those that are quiet"
        file.mistake((*at, "quiet_days"), f"{at[1]} has no quiet_days: {why}")

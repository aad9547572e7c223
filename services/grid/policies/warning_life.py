"""The shipped policy of a warning's life; another office adds its own file.

Read when a process starts, so that a mistake stops it there, with file, line and reason.
"""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.grid.domain.early_warning.life_policy import WarningLife
from shared.clocks.mistakes import TomlFile, raise_mistakes
from shared.contracts.early_warning_codes import WarningLevel, WarningSubject

LIFE = "warning-life.1-placeholder"
_FOLDER = Path(__file__).parent

Hours = Annotated[int, Field(strict=True, ge=1, le=24 * 366)]


class _LifeFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[str, Field(min_length=1, max_length=64)]
    basis: Annotated[str, Field(min_length=1)]
    dispose_hours: dict[WarningLevel, Hours]
    expires_hours: dict[WarningLevel, Hours]
    safety_expires_hours: Hours
    levels: dict[Literal[WarningSubject.SAFETY, WarningSubject.MATTER], list[WarningLevel]]

    def policy(self) -> WarningLife:
        """The policy, with times instead of numbers."""
        return WarningLife(
            version=self.version,
            basis=self.basis,
            dispose_within={each: _time(hours) for each, hours in self.dispose_hours.items()},
            expires_after={each: _time(hours) for each, hours in self.expires_hours.items()},
            safety_expires_after=_time(self.safety_expires_hours),
            levels={kind: tuple(levels) for kind, levels in self.levels.items()},
        )


def _time(hours: int) -> timedelta:
    return timedelta(hours=hours)


@cache
def shipped_life(version: str = LIFE) -> WarningLife:
    """The shipped policy of that version; raises DataMistaken, or FileNotFoundError."""
    path = _FOLDER / f"{version}.toml"
    return read_life(path.read_text(encoding="utf-8"), path.name)


def read_life(text: str, name: str) -> WarningLife:
    """The policy that a file states; raises DataMistaken with the file, lines and reasons."""
    file = TomlFile(name, text)
    raise_mistakes([file])
    try:
        read = _LifeFile.model_validate(file.tables)
    except ValidationError as invalid:
        file.misfit((), invalid)
        raise_mistakes([file])
        raise
    for table in ("dispose_hours", "expires_hours"):
        if getattr(read, table).keys() != set(WarningLevel):
            file.mistake((table,), f"{table}: Every level has its hours")
    raise_mistakes([file])
    return read.policy()

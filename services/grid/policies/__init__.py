"""The terms of reports that are shipped, one file a version; another office adds its own.

Read when a process starts, so that a mistake in one stops it there.
"""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from services.grid.domain.report.terms import TermsPolicy
from shared.contracts.report_codes import LadderLevel, ReportStep, Urgency

STEPS = "report-steps.1-placeholder"
"""The usual policy: a term for each step by urgency; no ladder."""
FOUR_LEVELS = "four-levels.1-example"
"""四级七天: seven days over four levels, an example that a county may choose."""
_FOLDER = Path(__file__).parent

Hours = Annotated[int, Field(strict=True, ge=1, le=24 * 366)]


class NoSuchTerms(ValueError):
    """No shipped policy has that version."""


class _TermsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    basis: str
    steps: dict[Urgency, dict[ReportStep, Hours]] = {}
    ladder: dict[LadderLevel, Hours] = {}

    def policy(self) -> TermsPolicy:
        """The policy, with times instead of numbers; the ladder from the lowest level on."""
        steps = {urgency: _times(hours) for urgency, hours in self.steps.items()}
        ladder = {level: self.ladder[level] for level in LadderLevel if level in self.ladder}
        return TermsPolicy(
            version=self.version, basis=self.basis, steps=steps, ladder=_times(ladder)
        )


def _times(hours: Mapping[Any, int]) -> dict[Any, timedelta]:
    return {each: timedelta(hours=number) for each, number in hours.items()}


def shipped_terms(version: str) -> TermsPolicy:
    """The shipped policy of that version; raises NoSuchTerms."""
    files = {path.stem: path for path in sorted(_FOLDER.glob("*.toml"))}
    if version not in files:
        raise NoSuchTerms(f"{version} is none of {', '.join(files)}")
    return read_terms(files[version].read_text(encoding="utf-8"))


def read_terms(text: str) -> TermsPolicy:
    """The policy that a file states; raises ValueError."""
    return _TermsFile.model_validate(tomllib.loads(text)).policy()

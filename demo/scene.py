"""Which registers the demonstration plays, and which figures it looks at."""

import os
from dataclasses import dataclass
from pathlib import Path

from deploy.local.county import COUNTY

_HERE = Path(__file__).parent
BUNDLED = _HERE / "register.csv"
MEDIATIONS = _HERE / "mediations.csv"
YEAR = 2024
_OF_CASES = (
    "cases_filed",
    "cases_accepted",
    "cases_answered",
    "cases_resolved",
    "resolution_rate",
    "cases_withdrawn",
    "cases_diverted",
    "cases_closed",
    "answered_within_15_days",
    "answered_within_30_days",
    "answered_within_60_days",
)
_OF_MEDIATIONS = (
    "mediations_ended",
    "mediations_succeeded",
    "mediation_rate",
    "mediation_sessions",
    "agreement_performance_rate",
)


@dataclass(frozen=True)
class Scene:
    """The registers, a mapping, and the division and period whose figures are shown."""

    register: Path
    mapping: Path
    division: str
    period: str
    mediations: Path | None = None

    @property
    def is_bundled(self) -> bool:
        """Whether it is known beforehand what has to come out."""
        return self.register == BUNDLED

    @property
    def shown(self) -> tuple[str, ...]:
        """The figures of what is played."""
        return _OF_CASES + _OF_MEDIATIONS if self.mediations else _OF_CASES


def chosen_scene() -> Scene:
    """The bundled registers, or the one that DEMO_REGISTER and DEMO_MAPPING name."""
    register = os.environ.get("DEMO_REGISTER")
    if not register:
        return Scene(BUNDLED, _HERE / "register.toml", "519900102", str(YEAR), MEDIATIONS)
    mapping = Path(os.environ.get("DEMO_MAPPING") or Path(register).with_suffix(".toml"))
    return Scene(Path(register), mapping, COUNTY, "all")

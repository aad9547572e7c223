"""Which registers the demonstration plays, and which figures it looks at."""

import os
from dataclasses import dataclass
from pathlib import Path

from deploy.local.county import COUNTY

_HERE = Path(__file__).parent
BUNDLED = _HERE / "register.csv"
MEDIATIONS = _HERE / "mediations.csv"
TABLES = tuple(
    _HERE / f"{name}.csv" for name in ("units", "posts", "villages", "grids", "grid_workers")
)
"""Units and posts of the county and its two townships, and the grids of the reference year with who
serves them; each table has a mapping of the same name."""
REGISTER_TOWNSHIP, REGISTER_YEAR = "519900102", 2024
REFERENCE_TOWNSHIP, REFERENCE_YEAR = "519900101", 2025
OF_REGISTER = (
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
OF_MEDIATIONS = (
    "mediations_ended",
    "mediations_succeeded",
    "mediation_rate",
    "mediation_sessions",
    "agreement_performance_rate",
)
OF_REFERENCE_CASES = (
    "cases_accepted",
    "cases_accepted_yoy",
    "cases_resolved",
    "resolution_rate",
    "cases_diverted",
    "cases_withdrawn",
)
OF_GRIDS = (
    "villages",
    "grids",
    "grid_workers",
    "patrol_coverage_rate",
    "valid_grid_reports",
    "grid_warnings",
    "grid_warnings_resolved",
    "monitoring_warnings",
    "warnings_disposed_in_24h",
    "matters_on_watch",
)


@dataclass(frozen=True)
class Watched:
    """The figures of a division and a period that are shown and compared."""

    division: str
    period: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """The register with its mapping, and what is watched; the reference year where it is bundled."""

    register: Path
    mapping: Path
    watched: tuple[Watched, ...]

    @property
    def is_bundled(self) -> bool:
        """Whether it is known beforehand what has to come out."""
        return self.register == BUNDLED

    @property
    def of_register(self) -> Watched:
        """The figures of the register."""
        return self.watched[0]


def chosen_scene() -> Scene:
    """The bundled register and the reference year, or the register that DEMO_REGISTER names."""
    register = os.environ.get("DEMO_REGISTER")
    if not register:
        return Scene(
            BUNDLED,
            _HERE / "register.toml",
            (
                Watched(REGISTER_TOWNSHIP, str(REGISTER_YEAR), OF_REGISTER),
                Watched(
                    REFERENCE_TOWNSHIP,
                    str(REFERENCE_YEAR),
                    OF_REFERENCE_CASES + OF_MEDIATIONS + OF_GRIDS,
                ),
            ),
        )
    mapping = Path(os.environ.get("DEMO_MAPPING") or Path(register).with_suffix(".toml"))
    return Scene(Path(register), mapping, (Watched(COUNTY, "all", OF_REGISTER),))

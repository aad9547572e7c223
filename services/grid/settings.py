"""Settings of grid's processes, from environment variables with the prefix `GRID_`."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import SettingsConfigDict

from services.grid.policies import STEPS, shipped_terms
from services.grid.policies.early_warnings import EARLY_WARNINGS, check_choice
from shared.office.settings import FollowingSettings
from shared.services import service_called

_SERVICE = service_called("grid")


EarlyWarnings = Annotated[str, AfterValidator(check_choice)]


def _check_terms(version: str) -> str:
    return shipped_terms(version).version


class Settings(FollowingSettings):
    """For every process of grid: `server`, `worker`, and what operators run."""

    model_config = SettingsConfigDict(
        env_prefix="GRID_", frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    port: int = Field(default=_SERVICE.port, ge=1, le=65535)
    worker_port: int = Field(default=_SERVICE.worker_port, ge=1, le=65535)
    report_terms: Annotated[str, AfterValidator(_check_terms)] = STEPS
    """The version of the policy by which the terms of reports are counted here."""
    early_warning_policy: EarlyWarnings = EARLY_WARNINGS
    """The policy of the rules of early warnings: a shipped version, or the path of a `.toml` file."""

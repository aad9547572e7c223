"""Settings of intake's processes, from environment variables with the prefix `INTAKE_`."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import SettingsConfigDict

from services.intake.store.attempt_counts import PER_NETWORK, PER_NUMBER, Limit, Networks
from shared.clocks.shipped import NATIONAL, shipped_policy
from shared.office.settings import FollowingSettings
from shared.services import service_called

_SERVICE = service_called("intake")


def _check_policy(version: str) -> str:
    return shipped_policy(version).version


class Settings(FollowingSettings):
    """For `server`, `worker`, `resend`, `accept_restore`, `ledger_clock`, `live_check` and `dead_letters`."""

    model_config = SettingsConfigDict(
        env_prefix="INTAKE_", frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    port: int = Field(default=_SERVICE.port, ge=1, le=65535)
    worker_port: int = Field(default=_SERVICE.worker_port, ge=1, le=65535)
    clock_policy: Annotated[str, AfterValidator(_check_policy)] = NATIONAL
    """The version of the policy by which statutory time is counted here: `concord clock --list`."""
    faces: Path | None = None
    """A folder with the office's own faces for its papers; open ones do for what it lacks."""
    resident_per_number: Limit = PER_NUMBER
    """How often residents may fail with one number from one network."""
    resident_per_network: Limit = PER_NETWORK
    """How often residents may try from one network."""
    proxies: Networks = ""
    """The networks of the proxies in front, whose `X-Forwarded-For` says where a resident is."""

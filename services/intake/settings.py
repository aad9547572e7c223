"""What the doors of intake are told by their environment, each name with `INTAKE_` before it."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.office.settings import LedgerSettings


class Settings(LedgerSettings):
    """For `server` and `resend`."""

    model_config = SettingsConfigDict(
        env_prefix="INTAKE_", frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    port: int = Field(default=8101, ge=1, le=65535)

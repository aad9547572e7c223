"""What the doors of intake are told by their environment, each name with `INTAKE_` before it."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.intake.domain.clocks.shipped import NATIONAL, shipped_policy
from shared.divisions import CountyCode
from shared.identity.settings import check_issuer
from shared.keys import Keys
from shared.logs import LogFormat


def _check_key(secret: SecretStr) -> SecretStr:
    Keys.from_base64(secret.get_secret_value())
    return secret


def _check_policy(version: str) -> str:
    return shipped_policy(version).version


class Settings(BaseSettings):
    """For `server`; the key-encryption key never shows itself."""

    model_config = SettingsConfigDict(
        env_prefix="INTAKE_", frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    database_url: SecretStr
    kafka_bootstrap: str = "127.0.0.1:9192"
    county: CountyCode
    host: str = "127.0.0.1"
    port: int = Field(default=8101, ge=1, le=65535)
    oidc_issuer: Annotated[str, AfterValidator(check_issuer)]
    oidc_audience: str = "concord"
    key_encryption_key: Annotated[SecretStr, AfterValidator(_check_key)]
    seal_key_file: Path | None = None
    """Private keys in PEM, mode 0600; without it no ledger is sealed."""
    clock_policy: Annotated[str, AfterValidator(_check_policy)] = NATIONAL
    """The version of the policy by which statutory time is counted here: `concord clock --list`."""
    log_format: LogFormat = "json"
    pool_size: int = Field(default=8, ge=2, le=100)

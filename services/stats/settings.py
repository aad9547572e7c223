"""Settings of stats' processes, from environment variables with the prefix `STATS_`."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.divisions import CountyCode
from shared.identity.settings import check_issuer
from shared.logs import LogFormat
from shared.services import service_called
from shared.settings import DatabaseSettings, check_mark_key

ListenFd = Annotated[int | None, Field(ge=3)]
_SERVICE = service_called("stats")

_CONFIG = SettingsConfigDict(
    env_prefix="STATS_", frozen=True, hide_input_in_errors=True, extra="ignore"
)


class ServerSettings(DatabaseSettings):
    """For `server`: figures, evidence, gauges."""

    model_config = _CONFIG

    database_url: SecretStr
    database_password: SecretStr | None = None
    kafka_bootstrap: str = "127.0.0.1:9192"
    county: CountyCode
    host: str = "127.0.0.1"
    port: int = Field(default=_SERVICE.port, ge=1, le=65535)
    oidc_issuer: Annotated[str, AfterValidator(check_issuer)]
    oidc_audience: str = "concord"
    oidc_keys_file: Path | None = None
    unit_mark_key: Annotated[SecretStr | None, AfterValidator(check_mark_key)] = None
    """By it evidence is kept from a unit complained of: made of the county's mark key, which stats does
    not have, and good for no other marks."""
    listen_fd: ListenFd = None
    log_format: LogFormat = "json"
    pool_size: int = Field(default=8, ge=2, le=100)


class WorkerSettings(DatabaseSettings):
    """For `worker`: the streams that are folded."""

    model_config = _CONFIG

    database_url: SecretStr
    database_password: SecretStr | None = None
    kafka_bootstrap: str = "127.0.0.1:9192"
    county: CountyCode
    host: str = "127.0.0.1"
    worker_port: int = Field(default=_SERVICE.worker_port, ge=1, le=65535)
    listen_fd: ListenFd = None
    log_format: LogFormat = "json"


class RebuildSettings(DatabaseSettings):
    """For `rebuild`: what the migrations run as, since only an owner makes and moves tables."""

    model_config = _CONFIG

    owner_database_url: SecretStr
    owner_database_password: SecretStr | None = None
    role: str = "stats"
    kafka_bootstrap: str = "127.0.0.1:9192"
    county: CountyCode
    log_format: LogFormat = "json"

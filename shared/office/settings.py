"""Settings of every service that keeps ledgers, read from the environment."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from shared.divisions import CountyCode
from shared.identity.settings import check_issuer
from shared.keys import Keys
from shared.logs import LogFormat
from shared.sealing.copies import place_of
from shared.settings import DatabaseSettings, check_mark_key


def _check_key(secret: SecretStr) -> SecretStr:
    Keys.from_base64(secret.get_secret_value())
    return secret


def _check_place(written: str | None) -> str | None:
    if written is not None:
        place_of(written)
    return written


class LedgerSettings(DatabaseSettings):
    """A service adds its prefix and its port; the key-encryption key has no repr."""

    database_url: SecretStr
    database_password: SecretStr | None = None
    """Where the address has none: it is put into `database_url`."""
    kafka_bootstrap: str = "127.0.0.1:9192"
    county: CountyCode
    host: str = "127.0.0.1"
    port: int = Field(ge=1, le=65535)
    oidc_issuer: Annotated[str, AfterValidator(check_issuer)]
    oidc_audience: str = "concord"
    oidc_keys_file: Path | None = None
    """The issuer's key set (JWKS); without it the keys are fetched from the issuer."""
    listen_fd: int | None = Field(default=None, ge=3)
    """A listening socket that is handed over by who starts the process; it is used for the port."""
    key_encryption_key: Annotated[SecretStr, AfterValidator(_check_key)]
    mark_key: Annotated[SecretStr | None, AfterValidator(check_mark_key)] = None
    """The county's, the same in intake, grid and mediation: 32 bytes in base64. Without it events
    have no `cause_ref` and no `text_mark`, and name units complained of by their codes."""
    seal_key_file: Path | None = None
    """Private keys in PEM, mode 0600; without it no ledger is sealed."""
    seal_journal_file: Path | None = None
    """What was sealed; beside the key unless it is named. Processes on one machine share it."""
    seals_to: Annotated[str | None, AfterValidator(_check_place)] = None
    """Where each seal is copied when it is set: `folder:/path`, `git:/path` (a Git work tree)
    or `smtp://host/address`."""
    log_format: LogFormat = "json"
    pool_size: int = Field(default=8, ge=2, le=100)

    def seal_journal(self) -> Path | None:
        """Where the journal of seals is, None where no ledger is sealed."""
        if self.seal_journal_file or self.seal_key_file is None:
            return self.seal_journal_file
        return self.seal_key_file.with_suffix(".journal")


class FollowingSettings(LedgerSettings):
    """Settings of a service that also follows others; it adds its worker's default port."""

    worker_port: int = Field(ge=1, le=65535)

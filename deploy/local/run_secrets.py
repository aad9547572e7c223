"""The passwords and keys of one data folder: random, made once, kept in `secrets.json`."""

import base64
import secrets
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deploy.local.private_files import write_private
from deploy.local.refusals import FileDamaged, MadeByNewerRelease
from deploy.postgres.service_database import ServiceDatabase
from shared.services import SERVICES

FILE_NAME = "secrets.json"
_OTHERS = [each.name for each in SERVICES if each.keeps_persons and each.name != "intake"]

Secret = Annotated[str, Field(repr=False)]
"""No trace of a fault shows it."""

_STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DatabasePasswords(BaseModel):
    """Of a service's two roles."""

    model_config = _STRICT

    owner: Secret
    role: Secret


class VaultKey(BaseModel):
    """Base64 of 32 bytes; wraps the keys of a service's persons."""

    model_config = _STRICT

    key: Secret


class RunSecrets(BaseModel):
    """All that must not be known outside this data folder."""

    model_config = _STRICT

    postgres_superuser: Secret
    issuer_operator: Secret
    key_encryption_key: Secret
    """Base64 of 32 bytes; wraps the keys of intake's persons. Losing it loses what they keep."""
    county_mark_key: Annotated[str | None, Field(repr=False)] = None
    """Base64 of 32 bytes, the same for every service that keeps persons: by it an organisation that
    caused a matter is known again, and an answer's text. None in a folder of an earlier release."""
    keys_of_others: dict[str, VaultKey] = Field(default_factory=dict)
    """The same for every other service that keeps persons: none can open another's vault."""
    databases: dict[str, DatabasePasswords]

    def key_of(self, service: str) -> str:
        """By which a service wraps the keys of its persons."""
        own = self.keys_of_others.get(service)
        return own.key if own else self.key_encryption_key

    def database(self, service: str) -> ServiceDatabase:
        """A service's database with both passwords."""
        passwords = self.databases[service]
        return ServiceDatabase(service, passwords.owner, passwords.role)


def ensure_secrets(folder: Path) -> RunSecrets:
    """Those of the folder; made where there are none, and for a service that is new."""
    file = folder / FILE_NAME
    known = read_secrets(folder) if file.exists() else _fresh()
    databases = {service.name: _fresh_passwords() for service in SERVICES} | known.databases
    keys = {name: VaultKey(key=_fresh_key()) for name in _OTHERS} | known.keys_of_others
    made = {"databases": databases, "keys_of_others": keys}
    marks = {"county_mark_key": known.county_mark_key or _fresh_key()}
    complete = known.model_copy(update=made | marks)
    if not file.exists() or complete != known:
        write_private(file, complete.model_dump_json(indent=2))
    return complete


def read_secrets(folder: Path) -> RunSecrets:
    """Those of a folder that has been set up; raises MadeByNewerRelease or FileDamaged."""
    file = folder / FILE_NAME
    try:
        return RunSecrets.model_validate_json(file.read_bytes())
    except ValidationError as refused:
        kinds = {fault["type"] for fault in refused.errors(include_input=False)}
    # outside of the clause, so that no trace leads to what the file holds
    raise MadeByNewerRelease(file) if kinds == {"extra_forbidden"} else FileDamaged(file)


def _fresh() -> RunSecrets:
    return RunSecrets(
        postgres_superuser=secrets.token_urlsafe(32),
        issuer_operator=secrets.token_urlsafe(32),
        key_encryption_key=_fresh_key(),
        databases={},
    )


def _fresh_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _fresh_passwords() -> DatabasePasswords:
    return DatabasePasswords(owner=secrets.token_urlsafe(24), role=secrets.token_urlsafe(24))

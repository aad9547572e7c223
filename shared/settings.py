"""Reads the settings of an entry point; a mistake in them is one sentence and exit code 2.

Each is a variable, or a file with the variable's name in lower case in the folder of secrets:
`/run/secrets`, where containers get them, unless CONCORD_SECRETS_DIR names another. A variable
wins over a file. The sentence names what is wrong and never repeats a value: the next variable
may be a password or a key.
"""

import os
import sys
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote, urlsplit

from pydantic import SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings

from shared.keys import Key

Settings = TypeVar("Settings", bound=BaseSettings)

BAD_SETTINGS = 2
SECRETS_DIR = "CONCORD_SECRETS_DIR"
_SECRETS_OF_CONTAINERS = "/run/secrets"


def check_mark_key(secret: SecretStr | None) -> SecretStr | None:
    """A key of marks, where one is set; raises ValueError."""
    if secret is None:
        return None
    try:
        Key.from_base64(secret.get_secret_value())
    except ValueError:
        raise ValueError("a mark key is 32 bytes in base64") from None
    return secret


class DatabaseSettings(BaseSettings):
    """Settings with the address of a database, whose password may be given apart.

    `<any>_url` and `<any>_password` become one address, so that the password can be a file of its
    own. Raises ValueError where the address has a password already.
    """

    @model_validator(mode="before")
    @classmethod
    def _put_together(cls, given: dict[str, Any]) -> dict[str, Any]:
        known = dict(given)
        for name, value in given.items():
            url = f"{name.removesuffix('_password')}_url"
            if name.endswith("_password") and url in given and value:
                known[url] = _with_password(str(given[url]), str(known.pop(name)))
        return known


def _with_password(url: str, password: str) -> str:
    parts = urlsplit(url)
    if parts.password is not None:
        raise ValueError("a database's address has a password, and another is given apart")
    user, at, host = parts.netloc.rpartition("@")
    if not at or not user:
        raise ValueError("a database's address names no user to whom the password belongs")
    return parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}").geturl()


def read_settings(kind: type[Settings], *, prefix: str | None = None) -> Settings:
    """The settings in environment and secrets; ends the process when they cannot be used."""
    given: dict[str, Any] = {} if prefix is None else {"_env_prefix": prefix}
    if folder := _secrets_folder():
        given["_secrets_dir"] = folder
    try:
        return kind(**given)
    except ValidationError as refused:
        _end("; ".join(what_is_wrong(refused, prefix or kind.model_config.get("env_prefix", ""))))
    except OSError as fault:
        _end(f"{fault.filename} cannot be read ({fault.strerror})")


def _secrets_folder() -> Path | None:
    named = os.environ.get(SECRETS_DIR)
    folder = Path(named or _SECRETS_OF_CONTAINERS)
    if folder.is_dir():
        return folder
    if named:
        _end(f"{SECRETS_DIR}: there is no folder {named}")
    return None


def _end(said: str) -> NoReturn:
    sys.stderr.write(f"The settings cannot be used: {said}.\n")
    sys.exit(BAD_SETTINGS)


def what_is_wrong(refused: ValidationError, prefix: str = "") -> list[str]:
    """One part of a sentence for each fault, without any value."""
    faults = refused.errors(include_url=False, include_context=False, include_input=False)
    return [_described(prefix, fault["loc"], fault["msg"], fault["type"]) for fault in faults]


def _described(prefix: str, place: tuple[int | str, ...], said: str, kind: str) -> str:
    if not place:  # of several settings together
        return _as_clause(said)
    name = f"{prefix}{'.'.join(map(str, place))}"
    name = name.upper() if prefix else name
    return f"{name} is missing" if kind == "missing" else f"{name}: {_as_clause(said)}"


def _as_clause(said: str) -> str:
    said = said.removeprefix("Value error, ").rstrip(".")
    return f"{said[:1].lower()}{said[1:]}"

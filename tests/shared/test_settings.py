"""Settings that cannot be used are one sentence, which repeats no value."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from cli import main
from shared.services import SERVICES
from shared.settings import DatabaseSettings, read_settings

KEY = base64.b64encode(b"a key of another length than 32 bytes").decode()


class Careless(BaseSettings):
    """Settings that would show what was read."""

    model_config = SettingsConfigDict(env_prefix="CARELESS_")

    key: SecretStr
    port: int


def test_a_sentence_names_the_variable_and_not_its_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CARELESS_PORT", KEY)
    with pytest.raises(SystemExit) as ended:
        read_settings(Careless)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "CARELESS_KEY is missing; CARELESS_PORT: input should be a valid integer" in said
    assert KEY not in said
    assert len(said.splitlines()) == 1


def test_a_fault_that_nobody_expected_shows_no_input_either(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CARELESS_PORT", KEY)
    monkeypatch.setattr(main, "build_app", lambda _given: Careless())
    for words in ([], ["--verbose"]):
        with pytest.raises(SystemExit):
            main.run(words)
        assert KEY[:12] not in capsys.readouterr().err


class Passworded(DatabaseSettings):
    """Settings whose password may be apart from the address."""

    model_config = SettingsConfigDict(env_prefix="PW_", hide_input_in_errors=True)

    database_url: SecretStr
    database_password: SecretStr | None = None


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONCORD_SECRETS_DIR", str(tmp_path))
    return tmp_path


def test_a_password_in_a_file_becomes_part_of_the_address(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "PW_DATABASE_URL", "postgresql://intake@postgres:5432/intake?connect_timeout=5"
    )
    (secrets / "pw_database_password").write_text("p@ss/w%rd:密\n", encoding="utf-8")
    url = read_settings(Passworded).database_url.get_secret_value()
    assert (
        url
        == "postgresql://intake:p%40ss%2Fw%25rd%3A%E5%AF%86@postgres:5432/intake?connect_timeout=5"
    )
    assert conninfo_to_dict(url)["password"] == "p@ss/w%rd:密"


def test_a_variable_wins_over_a_file(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARELESS_PORT", "1")
    monkeypatch.setenv("CARELESS_KEY", "of the environment")
    (secrets / "careless_key").write_text("of the file", encoding="utf-8")
    assert read_settings(Careless).key.get_secret_value() == "of the environment"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://intake:one@h/intake", "has a password, and another is given apart"),
        ("postgresql://h/intake", "names no user to whom the password belongs"),
    ],
)
def test_a_password_that_fits_no_address_is_one_sentence(
    secrets: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    url: str,
    said: str,
) -> None:
    monkeypatch.setenv("PW_DATABASE_URL", url)
    (secrets / "pw_database_password").write_text(KEY, encoding="utf-8")
    with pytest.raises(SystemExit):
        read_settings(Passworded)
    shown = capsys.readouterr().err
    assert said in shown
    assert KEY[:12] not in shown
    assert len(shown.splitlines()) == 1


def test_a_folder_of_secrets_that_is_not_there_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONCORD_SECRETS_DIR", str(tmp_path / "none"))
    with pytest.raises(SystemExit):
        read_settings(Careless)
    assert "CONCORD_SECRETS_DIR: there is no folder" in capsys.readouterr().err


ENTRY_POINTS = sorted(
    service.module(file.stem)
    for service in SERVICES
    for file in Path("services", service.name).glob("*.py")
    if "read_settings(" in file.read_text(encoding="utf-8") or file.stem == "migrate"
)


def test_no_entry_point_reads_its_settings_by_itself() -> None:
    for file in Path("services").glob("*/*.py"):
        assert "Settings()" not in file.read_text(encoding="utf-8"), file
    assert len(ENTRY_POINTS) > 12


@pytest.mark.slow
@pytest.mark.parametrize("module", ENTRY_POINTS)
def test_every_entry_point_says_what_it_lacks(module: str) -> None:
    prefix = module.split(".")[1].upper()
    ended = subprocess.run(
        [sys.executable, "-m", module],
        env={f"{prefix}_KEY_ENCRYPTION_KEY": KEY, f"{prefix}_PORT": KEY, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2, ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert f"{prefix}_" in ended.stderr
    assert KEY[:12] not in ended.stderr + ended.stdout

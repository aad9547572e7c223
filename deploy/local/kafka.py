"""Kafka as one KRaft node on loopback: its settings, its format, and what starts it."""

import hashlib
import shutil
import signal
import subprocess
import uuid
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from deploy.local import jars
from deploy.local.bare_environment import bare_environment
from deploy.local.death_signal import mortal
from deploy.local.java import find_java
from deploy.local.leftovers import end_leftovers
from deploy.local.ports import LOOPBACK
from deploy.local.refusals import SetupFailed
from shared.topics import PARTITIONS

_LOGGING = Path(__file__).parent.parent / "kafka" / "log4j2.properties"

_SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "num.partitions": str(PARTITIONS),
    "auto.create.topics.enable": "false",
    "log.retention.ms": "-1",
    # one node: nothing can be kept twice, and fewer partitions make it start sooner
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    # after a kill the broker waits for its own old session: 3 s instead of 9
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "1000",
    # a broker for two cores: each thread of its pools wakes several times a second for nothing
    "num.network.threads": "2",
    "num.io.threads": "4",
    "background.threads": "2",
    "group.coordinator.threads": "1",
    # nobody waits for the controller's empty records, which it would write twice a second
    "metadata.max.idle.interval.ms": "5000",
}


@dataclass(frozen=True)
class Kafka:
    """A broker with its controller, below a folder that is private to us."""

    home: Path
    port: int
    controller_port: int

    @property
    def folder(self) -> Path:
        """Everything of this broker, and where it works."""
        return self.home.resolve() / "kafka"

    @property
    def bootstrap(self) -> str:
        """Where clients find it."""
        return f"{LOOPBACK}:{self.port}"

    def is_formatted(self) -> bool:
        """Whether its log folder is there, whole."""
        return (self.folder / "data" / "meta.properties").exists()

    def prepare(self) -> bool:
        """Writes the settings, formats the log folder unless that is done; tells whether it did.

        Like the database it grows under another name, so a half-formatted folder never counts.
        """
        (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
        logs = self.folder / "data"
        self._write_settings(logs, "server.properties")
        end_leftovers(self.folder, "java", signal.SIGTERM)
        if self.is_formatted():
            return False
        growing = self.folder / "data.new"
        shutil.rmtree(growing, ignore_errors=True)
        self._format(self._write_settings(growing, "format.properties"))
        _put_aside(logs)
        growing.rename(logs)
        return True

    def _format(self, settings: Path) -> None:
        cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        tool = [
            "kafka.tools.StorageTool",
            "format",
            f"--cluster-id={cluster}",
            "-c",
            str(settings),
        ]
        done = subprocess.run(
            [*self._java(), *tool, "--standalone"],
            cwd=self.folder,
            env=bare_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise SetupFailed("Formatting Kafka's log folder", done.stderr or done.stdout)

    def _write_settings(self, logs: Path, name: str) -> Path:
        controller = f"{LOOPBACK}:{self.controller_port}"
        own = {
            "log.dirs": str(logs),
            "listeners": f"PLAINTEXT://{self.bootstrap},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap},CONTROLLER://{controller}",
            "controller.quorum.bootstrap.servers": controller,
        }
        written = self.folder / f"{name}.new"
        written.write_text(
            "".join(
                f"{key}={_in_properties(value)}\n" for key, value in {**_SETTINGS, **own}.items()
            ),
            encoding="utf-8",
        )
        return written.replace(self.folder / name)

    def _java(self, *options: str) -> list[str]:
        return [
            str(find_java()),
            *("-Xmx384m", "-Xms64m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
            # Java's second compiler took more than half of the broker's time in its first minutes
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",  # it would write outside our folders
            f"-Djava.io.tmpdir={self.folder / 'tmp'}",
            f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
            *options,
            "-cp",
            jars.class_path(jars.jars_folder()),
        ]

    def java_command(self, *options: str) -> list[str]:
        """The broker itself, with more options for Java."""
        return [*self._java(*options), "kafka.Kafka", str(self.folder / "server.properties")]

    def command(self) -> list[str]:
        """What starts the broker, keeps it in the foreground, and ends it with its parent."""
        return mortal(self.java_command(*archive_options(find_java())))


def _put_aside(logs: Path) -> None:
    """What a deletion left half-way: no broker starts on it, yet it is not ours to throw away."""
    if logs.exists():
        aside = logs.with_name("data.broken")
        shutil.rmtree(aside, ignore_errors=True)
        logs.rename(aside)


def _in_properties(value: str) -> str:
    """A value as Java reads it back from a properties file, which it takes for Latin-1."""
    escaped = value.replace("\\", "\\\\")
    return "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in escaped)


def archive_file(java: Path) -> Path:
    """Where the class-data archive for that Java is; another or a newer Java has another."""
    home = java.resolve().parent.parent
    modules = home / "lib" / "modules"
    stamp = modules.stat().st_mtime_ns if modules.exists() else 0
    identity = hashlib.sha256(f"{home}:{stamp}".encode()).hexdigest()[:12]
    return jars.share_folder() / f"classes-{identity}.jsa"


def archive_options(java: Path) -> list[str]:
    """What to tell Java so that it uses the archive, if there is one."""
    archive = archive_file(java)
    return [f"-XX:SharedArchiveFile={archive}", "-Xlog:cds=off"] if archive.exists() else []

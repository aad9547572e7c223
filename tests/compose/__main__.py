"""`make compose`: docker-compose.yml run for real, used, hurt, backed up, restored, taken down.

`python -m tests.compose [--scratch DIR] [--keep] [--images-only]`. Needs root and podman; says what to
install where something is missing. What is kept between runs (images, the base) is in the scratch
folder; deleting it undoes everything.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import yaml

from deploy.county.make_secrets import demo_divisions, make_secrets
from tests.compose.engine import ROOT, CannotCompose, Engine, find_engine, tell
from tests.compose.images import make_images

ADDRESS, COUNTY = "https://county.test:8443", "519900"
JOBS = {"databases", "topics"}
NOT_HERE = {"grafana"}
_READY, _BACK = 180, 120
"""Seconds until everything is ready, and until a killed container is ready again."""


def main() -> int:
    """0 when every step held."""
    asked = _arguments()
    try:
        engine = find_engine(asked.scratch.resolve())
        make_images(engine)
        if not asked.images_only:
            with engine.serving():
                _run(engine, keep=asked.keep)
    except CannotCompose as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    return 0


def _run(engine: Engine, *, keep: bool) -> None:
    _prepare(engine)
    try:
        _start(engine)
        _look_in(engine)
        _play(engine)
        _operate(engine)
        _kill_each(engine)
        _restore(engine)
    except CannotCompose:
        _show_logs(engine)
        raise
    finally:
        if not keep:
            tell("taking everything down")
            engine.compose(
                "--profile", "run", "down", "-v", "--timeout", "20", quiet=True, check=False
            )
    tell("everything held")


def _prepare(engine: Engine) -> None:
    engine.compose("--profile", "run", "down", "-v", quiet=True, check=False)
    for name in ("secrets", "backups"):
        shutil.rmtree(engine.scratch / name, ignore_errors=True)
    make_secrets(engine.scratch / "secrets", ADDRESS, COUNTY, demo_divisions(COUNTY))
    (engine.scratch / "backups").mkdir()


def _start(engine: Engine) -> None:
    begun = time.monotonic()
    tell("docker-compose up")
    engine.compose("up", "-d", "--quiet-pull", quiet=True)
    _until_ready(engine, _READY)
    took = time.monotonic() - begun
    memory = engine.podman(
        "stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}", quiet=True
    )
    tell(f"all ready after {took:.0f} s\n{memory.strip()}")
    _until_scraped(engine)


def _until_ready(engine: Engine, seconds: float) -> None:
    """Every service healthy, every job ended well."""
    expected = set(_services()) - JOBS
    end = time.monotonic() + seconds
    while True:
        states = engine.states()
        failed = {
            name
            for name in JOBS
            if states.get(name, "").startswith("exited ") and states[name] != "exited 0"
        }
        waiting = {
            name: states.get(name, "not there")
            for name in expected
            if states.get(name) != "healthy"
        }
        if failed:
            raise CannotCompose(f"{', '.join(sorted(failed))} failed")
        if not waiting:
            return
        if time.monotonic() > end:
            raise CannotCompose(f"not ready after {seconds:g} s: {waiting}")
        time.sleep(1)


def _until_scraped(engine: Engine) -> None:
    """Prometheus reads every process, and the figures with a token of Keycloak's."""
    container = engine.compose("ps", "-q", "prometheus", quiet=True).split()[0]
    question = "/api/v1/query?query=sum%20by%20(job)(up)%20/%20count%20by%20(job)(up)"
    end = time.monotonic() + _BACK
    while True:
        said = engine.podman("exec", container, "bash", "-c", _ASK, "ask", question, quiet=True)
        shares = {
            each["metric"]["job"]: each["value"][1]
            for each in json.loads(said.splitlines()[-1])["data"]["result"]
        }
        if shares == {"concord": "1", "figures": "1"}:
            return tell("Prometheus reads every process, and the figures")
        if time.monotonic() > end:
            raise CannotCompose(f"Prometheus reads of its targets: {shares}")
        time.sleep(5)


_ASK = """
exec 3<>/dev/tcp/127.0.0.1/9090
printf 'GET %s HTTP/1.0\r\n\r\n' "$1" >&3
cat <&3
"""


def _services() -> list[str]:
    """Those that are always up: the rest are commands."""
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    services = composed["services"].items()
    return [name for name, each in services if "profiles" not in each and name not in NOT_HERE]


def _play(engine: Engine) -> None:
    tell("the demonstration")
    engine_said = engine.compose("run", "--rm", "-T", "demo")
    sys.stdout.write(engine_said)
    if "No figure differs" not in engine_said:
        raise CannotCompose("the demonstration did not say that no figure differs")


_SEEN_FROM_OUTSIDE = {
    "/intake/openapi.json": 200,
    "/realms/county/.well-known/openid-configuration": 200,
    "/realms/master/.well-known/openid-configuration": 404,
    "/intake/metrics": 404,
    "/stats/metrics/figures": 404,
    "/grid/readyz": 404,
}
_LOOK = "import sys, httpx; print(*(httpx.get(url).status_code for url in sys.argv[1:]))"


def _look_in(engine: Engine) -> None:
    """What the proxy passes on."""
    addresses = [ADDRESS + path for path in _SEEN_FROM_OUTSIDE]
    words = ("run", "--rm", "-T", "demo", "python", "-c", _LOOK, *addresses)
    seen = engine.compose(*words, quiet=True).split()
    if seen != [str(status) for status in _SEEN_FROM_OUTSIDE.values()]:
        raise CannotCompose(
            f"the proxy answers {dict(zip(_SEEN_FROM_OUTSIDE, seen, strict=False))}"
        )
    tell("the proxy passes on what people use, and nothing else")


def _operate(engine: Engine) -> None:
    tell("what an operator types")
    for words in (["purge"], ["dead", "list", "--service", "stats"], ["due", "list"]):
        tell(engine.compose("run", "--rm", "-T", "operate", "concord", *words, quiet=True).strip())


def _kill_each(engine: Engine) -> None:
    for name in sorted(set(_services()) - JOBS):
        container = engine.compose("ps", "-q", name, quiet=True).split()[0]
        # the process and not the container: an engine starts no container again that it was told to kill
        found = engine.podman("inspect", container, "--format", "{{.State.Pid}}", quiet=True)
        os.kill(int(found), signal.SIGKILL)
        begun = time.monotonic()
        time.sleep(2)
        _until_ready(engine, _BACK)
        tell(
            f"{name} was killed and everything is ready again after {time.monotonic() - begun:.0f} s"
        )


def _restore(engine: Engine) -> None:
    before = _figures(engine)
    tell("a backup, and everything restored from it into empty volumes")
    tell(engine.compose("run", "--rm", "-T", "backup", "first", quiet=True).strip())
    engine.compose("down", "-v", "--timeout", "20", quiet=True)
    tell(engine.compose("run", "--rm", "-T", "restore", "first", quiet=True).strip())
    _start(engine)
    end = time.monotonic() + _BACK
    while (after := _figures(engine)) != before:
        if time.monotonic() > end:
            raise CannotCompose(f"the restored system says\n{after}\nand before it was\n{before}")
        time.sleep(3)
    tell("the restored system gives the same figures")


def _figures(engine: Engine) -> str:
    """Of the reference year, without what says when they were asked."""
    said = engine.compose(
        "run",
        "--rm",
        "-T",
        "demo",
        "python",
        "-m",
        "demo.elsewhere",
        "figures",
        f"{COUNTY}101",
        "2025",
        quiet=True,
    )
    return said.strip()


def _show_logs(engine: Engine) -> None:
    for name, state in engine.states().items():
        if state not in {"healthy", "exited 0"}:
            sys.stderr.write(f"--- {name}: {state}\n")
            sys.stderr.write(engine.compose("logs", "--tail", "30", name, quiet=True, check=False))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.compose", description=__doc__)
    parser.add_argument(
        "--scratch", type=Path, default=ROOT / ".compose", help="kept between runs"
    )
    parser.add_argument("--keep", action="store_true", help="leave everything up at the end")
    parser.add_argument("--images-only", action="store_true", help="make the images and end")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

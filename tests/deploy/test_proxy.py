"""What the proxy of a county's run lets in, asked of Caddy itself where the machine has it."""

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from deploy.county.make_secrets import make_secrets
from deploy.local.ports import reserved_ports
from shared.services import SERVICES

FILE = Path(__file__).parents[2] / "deploy" / "compose" / "Caddyfile"
CADDY = shutil.which("caddy")
HOST = "county.test"


class Behind(BaseHTTPRequestHandler):
    """In the place of every service: says that it was reached."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "7")
        self.end_headers()
        self.wfile.write(b"reached")

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def written(folder: Path, behind: int, alive: int) -> Path:
    """The file with everything on this machine."""
    make_secrets(folder / "secrets", f"https://{HOST}", "519900")
    text = FILE.read_text(encoding="utf-8").replace("/run/secrets", str(folder / "secrets"))
    text = re.sub(r"reverse_proxy \S+", f"reverse_proxy 127.0.0.1:{behind}", text)
    file = folder / "Caddyfile"
    file.write_text(text.replace("http://:8080", f"http://127.0.0.1:{alive}"), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("proxy")
    with (
        reserved_ports(3, 21000, 21999) as [port, behind, alive],
        ThreadingHTTPServer(("127.0.0.1", behind), Behind) as server,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = [str(CADDY), "run", "--adapter", "caddyfile"]
        process = subprocess.Popen(
            [*command, "--config", str(written(folder, behind, alive))],
            env={
                "CONCORD_HOST": HOST,
                "CONCORD_PORT": str(port),
                "XDG_DATA_HOME": str(folder),
                "XDG_CONFIG_HOME": str(folder),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            with httpx.Client(
                base_url=f"https://127.0.0.1:{port}",
                headers={"Host": f"{HOST}:{port}"},
                verify=False,  # noqa: S501 - on loopback, with a certificate made for the test
                trust_env=False,
            ) as client:
                _wait(client)
                yield client
        finally:
            process.terminate()
            process.wait(timeout=20)
            server.shutdown()


def _wait(client: httpx.Client) -> None:
    """Until it has begun."""
    end = time.monotonic() + 20
    while True:
        try:
            status(client, "/")
        except httpx.TransportError:
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return


def status(proxy: httpx.Client, path: str) -> int:
    answer = proxy.get(path, extensions={"sni_hostname": HOST})
    assert ("reached" in answer.text) is (answer.status_code == 200)
    return answer.status_code


needs_caddy = pytest.mark.skipif(CADDY is None, reason="caddy is not on PATH (Debian: caddy)")


@needs_caddy
@pytest.mark.parametrize(
    "path",
    [
        *(f"/{service.name}/cases" for service in SERVICES),
        "/realms/county/.well-known/openid-configuration",
        "/resources/style.css",
        "/grafana/api/health",
    ],
)
def test_what_people_use_is_passed_on(proxy: httpx.Client, path: str) -> None:
    assert status(proxy, path) == 200


@needs_caddy
@pytest.mark.parametrize(
    "path",
    [
        *(
            f"/{service.name}/{page}"
            for service in SERVICES
            for page in ("metrics", "healthz", "readyz")
        ),
        "/intake//metrics",
        "/intake/%6Detrics",
        "/intake%2Fmetrics",
        "/Intake/Metrics",
        "/stats/metrics/figures",
        "/grafana/metrics",
        "/grafana//metrics",
        "/realms/master/protocol/openid-connect/token",
        "/realms/county/..%2fmaster/account",
        "/admin/",
        "/",
    ],
)
def test_what_stays_inside_is_not(proxy: httpx.Client, path: str) -> None:
    assert status(proxy, path) == 404


def test_what_stays_inside_is_answered_before_anything_is_passed_on() -> None:
    """Outside of `route` Caddy sorts: `respond` comes after every `handle`, so it closes nothing."""
    text = re.sub(r"#.*", "", FILE.read_text(encoding="utf-8"))
    inside = text.partition("\troute {")[2]
    assert inside.split()[:3] == ["respond", "@machinery", "404"]
    assert text.count("handle") == inside.count("handle") > len(SERVICES)

"""`concord healthy`: what a container's health check learns."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cli import main
from deploy.health import ports
from deploy.local.ports import reserved_ports


class Answering(BaseHTTPRequestHandler):
    """`/readyz` of a process, as the test says."""

    status = 200

    def do_GET(self) -> None:
        body = json.dumps({"checks": {"database": "ok", "topic": "has not answered yet"}}).encode()
        self.send_response(self.status if self.path == "/readyz" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def served() -> Iterator[int]:
    with reserved_ports(1) as (port,), HTTPServer(("127.0.0.1", port), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield port
        server.shutdown()
        thread.join()


def ending(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main.run(list(words))
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_it_tells_whether_a_process_serves(
    served: int,
    status: int,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Answering, "status", status)
    assert ending("healthy", str(served)) == code
    said = capsys.readouterr().out
    assert ("topic: has not answered yet" in said) is (code == 1)


def test_a_port_where_nothing_listens_is_not_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    with reserved_ports(1) as (port,):
        assert ending("healthy", str(port)) == 1
    assert "nothing answers" in capsys.readouterr().out


def test_a_process_that_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending("healthy", "inteke") == 2
    assert "intake-worker" in capsys.readouterr().err


def test_every_process_has_a_port_of_its_own() -> None:
    known = ports()
    assert {"intake", "intake-worker", "grid", "stats-worker"} <= set(known)
    assert len(set(known.values())) == len(known)


def test_a_health_check_loads_no_library_of_the_command_line(served: int) -> None:
    program = """
import sys
from cli.start import run
try:
    run()
finally:
    print(sorted({"typer", "rich", "pydantic", "httpx"} & set(sys.modules)))
"""
    words = [sys.executable, "-c", program, "healthy", str(served)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"

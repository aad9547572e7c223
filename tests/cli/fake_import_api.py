"""An import door that remembers what came in, behind a real socket; it can be away for a while."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from deploy.local.ports import LOOPBACK, reserved_ports


@dataclass
class FakeImportApi:
    """Answers as intake and stats do; `away` requests are answered 503 first."""

    port: int
    away: int = 0
    refuses: frozenset[str] = frozenset()
    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    bearers: set[str | None] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/{{service}}"

    def take(self, body: dict[str, Any]) -> dict[str, Any]:
        with self.lock:
            results = [self._judge(body["source"], row) for row in body["rows"]]
            self.sizes.append(len(results))
        told = [result["outcome"] for result in results]
        counts = {name: told.count(name) for name in ("filed", "extended", "known", "rejected")}
        return {**counts, "results": results}

    def _judge(self, source: str, row: dict[str, Any]) -> dict[str, Any]:
        number = row["number"] or f"row {row['row']}"
        if number in self.refuses:
            return {
                "row": row["row"],
                "outcome": "rejected",
                "problem": {
                    "title": "No",
                    "detail": "the village lies elsewhere",
                    "field": "file.village_code",
                },
            }
        before = self.rows.get((source, number))
        self.rows[source, number] = row
        outcome = "filed" if before is None else "known" if before == row else "extended"
        return {"row": row["row"], "outcome": outcome, "problem": None}


@contextmanager
def fake_import_api(**given: Any) -> Iterator[FakeImportApi]:
    with reserved_ports(1, 24300, 24399) as (port,):
        door = FakeImportApi(port, **given)
        server = ThreadingHTTPServer((LOOPBACK, port), _handler(door))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield door
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(door: FakeImportApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            door.bearers.add(self.headers["Authorization"])
            if door.away:
                door.away -= 1
                self._answer(503, {"title": "Away"})
            elif self.headers["Authorization"] != "Bearer good":
                self._answer(401, {"title": "The token is not valid"})
            else:
                self._answer(200, door.take(json.loads(body)))

        def do_GET(self) -> None:
            self._answer(200, {"figures": []})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            said = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.send_header("Concord-Position", f"intake/519900160@{len(door.rows)}")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    return Handler

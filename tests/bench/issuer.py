"""An issuer of tokens for the doors under measurement, served by a thread of this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import orjson

from deploy.local.ports import LOOPBACK
from shared.testing.tokens import TokenMaker


@contextmanager
def issuing(port: int) -> Iterator[TokenMaker]:
    """Tokens that any service takes which has this issuer in its settings."""
    maker = TokenMaker(issuer=f"http://{LOOPBACK}:{port}")
    discovery = {"issuer": maker.issuer, "jwks_uri": f"{maker.issuer}/jwks.json"}
    documents = {"/.well-known/openid-configuration": discovery, "/jwks.json": maker.jwks()}
    with ThreadingHTTPServer((LOOPBACK, port), _handler(documents)) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield maker
        finally:
            server.shutdown()
            thread.join()


def _handler(documents: dict[str, dict[str, Any]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = orjson.dumps(documents[self.path])
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler

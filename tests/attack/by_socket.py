"""Requests to the issuer by the socket of the data folder, where alone it gives tokens."""

import socket
from pathlib import Path
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool


class BySocket(HTTPAdapter):
    """Sends whatever is asked of an address to a Unix socket."""

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__()

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        file = str(self.file)

        class Connection(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                made.connect(file)
                return made

        pool = HTTPConnectionPool("issuer")
        pool.ConnectionCls = Connection
        return pool

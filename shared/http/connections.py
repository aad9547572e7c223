"""The open connections of a process: bounded together and for each peer.

A newcomer is never turned away for connections that say nothing: when there are too many, the one
that has been silent longest is closed for it. Only where all others have a request under way is it
crowded; then the newcomer's request is refused, unless it asks about health.
"""

import asyncio
from collections import Counter

MOST = 1000
MOST_OF_A_PEER = 500
CROWDED = "concord.crowded"
"""Key in the ASGI scope of a request for which there is no room."""

Connection = asyncio.Transport


class Connections:
    """The connections of one listening process."""

    def __init__(self, *, most: int = MOST, most_of_a_peer: int = MOST_OF_A_PEER) -> None:
        """Peers are distinguished by their address."""
        self._most = most
        self._most_of_a_peer = most_of_a_peer
        self._peers: dict[Connection, str] = {}
        self._of_peer: Counter[str] = Counter()
        # in the order in which they fell silent
        self._without_request: dict[Connection, None] = {}
        self._between_requests: dict[Connection, None] = {}

    def add(self, connection: Connection) -> None:
        """A new connection; may close a silent one."""
        peer = str((connection.get_extra_info("peername") or ("",))[0])
        self._peers[connection] = peer
        self._of_peer[peer] += 1
        if self._of_peer[peer] > self._most_of_a_peer:
            self._close_a_silent_one(peer)
        elif len(self._peers) > self._most:
            self._close_a_silent_one(None)
        self._without_request[connection] = None

    def remove(self, connection: Connection) -> None:
        """The connection is closed."""
        peer = self._peers.pop(connection, None)
        if peer is None:
            return
        self.speaks(connection)
        self._of_peer[peer] -= 1
        if not self._of_peer[peer]:
            del self._of_peer[peer]

    def speaks(self, connection: Connection) -> None:
        """A request of the connection is under way."""
        self._without_request.pop(connection, None)
        self._between_requests.pop(connection, None)

    def falls_silent(self, connection: Connection) -> None:
        """A request of the connection was answered."""
        if connection in self._peers:
            self._between_requests[connection] = None

    def is_crowded(self, connection: Connection) -> bool:
        """Whether there is no room for another request of this connection."""
        peer = self._peers.get(connection, "")
        return len(self._peers) > self._most or self._of_peer[peer] > self._most_of_a_peer

    def _close_a_silent_one(self, peer: str | None) -> None:
        for silent in (self._without_request, self._between_requests):
            for connection in silent:
                if peer is None or self._peers[connection] == peer:
                    self.remove(connection)
                    connection.abort()
                    return

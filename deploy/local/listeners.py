"""Who listens on a loopback port, as the kernel's own tables tell.

That something answers on a port does not mean that it is ours: any user of the machine may take a
port while ours is not there.
"""

import socket
import struct
from pathlib import Path

_LISTEN = "0A"
_LOOPBACK, _EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  compared, not listened on


def listens(pid: int, port: int) -> bool:
    """Whether this very process holds a socket that takes loopback connections to the port."""
    return bool(_sockets_at(port) & _sockets_of(pid))


def is_taken_by_another(pid: int, port: int) -> bool:
    """Whether somebody listens there, and not this process."""
    found = _sockets_at(port)
    return bool(found) and not found & _sockets_of(pid)


def _sockets_at(port: int) -> set[str]:
    """The inodes of the sockets that listen there."""
    addresses = {f"{address}:{port:04X}" for address in _ADDRESSES}
    return {
        fields[9]
        for table in ("tcp", "tcp6")
        for fields in _rows(Path("/proc/net", table))
        if fields[3] == _LISTEN and fields[1] in addresses
    }


def _rows(table: Path) -> list[list[str]]:
    try:
        return [line.split() for line in table.read_text(encoding="ascii").splitlines()[1:]]
    except FileNotFoundError:  # a machine without IPv6
        return []


def _sockets_of(pid: int) -> set[str]:
    try:
        handles = list(Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return set()
    return {_inode(handle) for handle in handles}


def _inode(handle: Path) -> str:
    try:
        return str(handle.readlink()).removeprefix("socket:[").removesuffix("]")
    except OSError:
        return ""  # closed meanwhile


def _as_listed(address: bytes) -> str:
    """As the tables have it: words of the machine's own byte order."""
    return "".join(f"{word:08X}" for (word,) in struct.iter_unpack("=I", address))


def _addresses() -> set[str]:
    four = [socket.inet_aton(address) for address in (_LOOPBACK, _EVERYWHERE)]
    six = [socket.inet_pton(socket.AF_INET6, f"::ffff:{a}") for a in (_LOOPBACK, _EVERYWHERE)]
    return {_as_listed(raw) for raw in (*four, *six, bytes(16))}


_ADDRESSES = _addresses()

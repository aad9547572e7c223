"""Ports: the usual ones, who holds one, and how a test finds free ones without a race."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

LOOPBACK = "127.0.0.1"
FIRST_EPHEMERAL = 32768  # from here on the kernel hands ports to anyone's outgoing connections


def is_free(port: int) -> bool:
    """Whether a server of ours could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int, timeout: float = 0.5) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout):
            return True
    except OSError:
        return False


def holder_of(port: int) -> str | None:
    """The program that listens there, as far as we may know: "nginx (process 4711)"."""
    try:
        listening = psutil.net_connections("tcp")
    except psutil.AccessDenied:
        return None
    for connection in listening:
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
            return _describe(connection.pid)
    return None


def _describe(pid: int | None) -> str | None:
    try:
        return f"{psutil.Process(pid).name()} (process {pid})" if pid else None
    except psutil.NoSuchProcess:
        return None


@contextmanager
def reserved_ports(count: int, first: int = 20000, last: int = 20999) -> Iterator[list[int]]:
    """Free ports that no other caller of this function is given until the block ends.

    The reservation is an abstract Unix socket per port: it vanishes with this process.
    """
    held: list[socket.socket] = []
    ports: list[int] = []
    try:
        for port in range(first, last + 1):
            if len(ports) == count:
                break
            if (reservation := _reserve(port)) is not None:
                held.append(reservation)
                ports.append(port)
        yield ports
    finally:
        for reservation in held:
            reservation.close()


def _reserve(port: int) -> socket.socket | None:
    reservation = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        reservation.bind(f"\0concord-port-{port}")
    except OSError:
        reservation.close()
        return None
    if is_free(port):
        return reservation
    reservation.close()
    return None

"""Who listens on a port is told by the kernel, not by what answers there."""

import os
import socket
import subprocess
import sys

import pytest

from deploy.local.listeners import is_taken_by_another, listens
from deploy.local.ports import reserved_ports

OTHER = """
import socket, sys
address, port, family = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
both = family == socket.AF_INET6
listening = socket.create_server((address, port), family=family, dualstack_ipv6=both)
print(flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("address", "family"),
    [
        ("127.0.0.1", socket.AF_INET),
        ("0.0.0.0", socket.AF_INET),  # noqa: S104
        ("::ffff:127.0.0.1", socket.AF_INET6),
    ],
)
def test_a_listener_of_another_process_is_not_ours(address: str, family: int) -> None:
    with reserved_ports(1, 21000, 21999) as (port,):
        assert not is_taken_by_another(os.getpid(), port)
        command = [sys.executable, "-c", OTHER, address, str(port), str(int(family))]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            other.stdout.readline()
            assert listens(other.pid, port)
            assert not listens(os.getpid(), port)
            assert is_taken_by_another(os.getpid(), port)
            other.communicate()


def test_a_connection_and_another_port_are_no_listeners() -> None:
    with reserved_ports(1, 21000, 21999) as (port,), socket.create_server(("127.0.0.1", port)):
        assert listens(os.getpid(), port)
        with socket.create_connection(("127.0.0.1", port)) as connected:
            assert not listens(os.getpid(), connected.getsockname()[1])

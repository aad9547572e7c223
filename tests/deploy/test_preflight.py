"""What stands in the way of a start is found before anything is started."""

import socket
from pathlib import Path

import pytest

from deploy.local.locks import only_one_starts
from deploy.local.ports import LOOPBACK, holder_of, is_free, reserved_ports
from deploy.local.preflight import check_disk, check_ports
from deploy.local.refusals import AnotherIsStarting, DiskTooFull, PortTaken
from deploy.local.run_folder import RunFolder


def test_too_little_disk_says_how_much_is_needed(tmp_path: Path) -> None:
    run = RunFolder.make(tmp_path, {})
    with pytest.raises(DiskTooFull, match=r"has \d+ MiB free and 1000000000 MiB are needed"):
        check_disk(run, needed=10**6 * 1000 * 1024**2)
    check_disk(run, needed=1)


def test_a_taken_port_names_its_holder(tmp_path: Path) -> None:
    with reserved_ports(1, 21000, 21999) as (port,), socket.socket() as other:
        run = RunFolder.make(tmp_path, {"postgres": port})
        # as servers do: past sockets of earlier tests that wait to be forgotten
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((LOOPBACK, port))
        other.listen()
        assert not is_free(port)
        with pytest.raises(PortTaken, match=f"Port {port}, which postgres needs, is taken by py"):
            check_ports(run)


def test_a_free_port_has_no_holder() -> None:
    with reserved_ports(1, 21000, 21999) as (port,):
        assert is_free(port)
        assert holder_of(port) is None


def test_two_callers_are_never_given_the_same_port() -> None:
    with reserved_ports(2, 21000, 21999) as ours, reserved_ports(2, 21000, 21999) as theirs:
        assert len({*ours, *theirs}) == 4


def test_one_start_at_a_time(tmp_path: Path) -> None:
    second = only_one_starts(tmp_path)
    with only_one_starts(tmp_path), pytest.raises(AnotherIsStarting):
        second.__enter__()
    with only_one_starts(tmp_path):
        pass

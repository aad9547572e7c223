"""A system of the tests' own: in a folder that vanishes, on ports that nobody else has."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from deploy.local.ports import reserved_ports
from deploy.local.run_ports import USUAL
from tests.deploy.commands import System
from tests.running_parts import folder_that_vanishes

PARTS = ("postgres", "kafka", "kafka-controller", "issuer")


@contextmanager
def a_system(folder_name: str, programs: Iterable[str], *, whole: bool) -> Iterator[System]:
    names = list(programs)
    with (
        folder_that_vanishes("concord-run-") as folder,
        reserved_ports(len(names), 21000, 21999) as ports,
    ):
        system = System(folder / folder_name, dict(zip(names, ports, strict=True)), whole)
        try:
            yield system
        finally:
            system.concord("down")


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    """Not started yet; stopped at the end whatever happened."""
    with a_system("data with a space", PARTS, whole=False) as system:
        yield system


@pytest.fixture
def fresh_system() -> Iterator[System]:
    """The same, for one test alone."""
    with a_system("data", PARTS, whole=False) as system:
        yield system


@pytest.fixture
def whole_system() -> Iterator[System]:
    """With every service."""
    with a_system("data", USUAL, whole=True) as system:
        yield system

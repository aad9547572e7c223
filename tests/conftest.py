"""Fixtures for everyone: the real parts, started when first asked for and once per run."""

import gc
import os
import secrets
import signal
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from deploy.local.death_signal import die_with_parent
from deploy.local.run_ports import USUAL
from tests.belongings import marked
from tests.deploy.commands import System
from tests.deploy.conftest import a_system
from tests.examples import load_profile
from tests.midnight import wait_out_midnight
from tests.parts import KafkaForTests, PostgresForTests
from tests.parts_host import ask_for_kafka, ask_for_postgres, parts_host

HOST = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """A worker of pytest-xdist ends with its controller, however that ends."""
    if hasattr(config, "workerinput"):
        die_with_parent(signal.SIGKILL)
    load_profile()
    stack = ExitStack()
    config.add_cleanup(stack.close)
    stack.enter_context(marked())
    if config.getoption("numprocesses", default=None):
        # workers have to collect the same tests, also those that are made of a set
        os.environ.setdefault("PYTHONHASHSEED", str(secrets.randbelow(2**32)))
        config.stash[HOST] = stack.enter_context(parts_host())


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """A worker is told where the parts of the run are asked for."""
    node.workerinput["parts_host"] = node.config.stash[HOST]


@pytest.fixture(scope="session")
def parts(pytestconfig: pytest.Config) -> Iterator[str]:
    """Where the parts are asked for."""
    if hasattr(pytestconfig, "workerinput"):
        yield pytestconfig.workerinput["parts_host"]
    else:
        with parts_host() as address:
            yield address


@pytest.fixture(scope="session")
def postgres(parts: str) -> PostgresForTests:
    return ask_for_postgres(parts)


@pytest.fixture(scope="session")
def kafka(parts: str) -> KafkaForTests:
    return ask_for_kafka(parts)


@pytest.fixture(scope="session")
def whole() -> Iterator[System]:
    """The whole system as `concord up` starts it, by somebody whose umask hides nothing."""
    with a_system("whole", USUAL, whole=True) as system:
        theirs = os.umask(0)
        try:
            system.up()
        finally:
            os.umask(theirs)
        yield system


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.scheduling import ByFile

    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end: no collection of garbage looks at it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One process runs what needs the whole system last: until then it takes no memory.

    Of several, one begins with it, and the others with what is slow.
    """
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (not _needs_whole(item), "slow" not in item.keywords))
    else:
        items.sort(key=_needs_whole)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Real parts go by the wall clock: what is today when a test begins is so when it ends."""
    if "parts" in item.keywords:
        wait_out_midnight()


def _needs_whole(item: pytest.Item) -> bool:
    return "whole" in getattr(item, "fixturenames", ())

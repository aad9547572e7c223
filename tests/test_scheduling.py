"""Tests that share a running system stay together; those that do not wait for none of them."""

from pathlib import Path

import pytest

from tests.scheduling import _ON_THEIR_OWN, scope_of

_ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        ("tests/attack/test_tokens.py::test_a", "tests/attack/"),
        ("tests/attack/test_bad_input.py::test_a[/cases::x]", "tests/attack/"),
        ("tests/flow/test_demo.py::test_a", "tests/flow/"),
        ("tests/chaos/test_chaos.py::test_a", "tests/chaos/test_chaos.py"),
        ("tests/attack/test_ports_of_others.py::test_a", "tests/attack/test_ports_of_others.py"),
    ],
)
def test_what_shares_a_system_is_one_scope(nodeid: str, scope: str) -> None:
    assert scope_of(nodeid) == scope


@pytest.mark.parametrize("file", _ON_THEIR_OWN)
def test_a_file_on_its_own_does_not_use_the_shared_system(file: str) -> None:
    text = (_ROOT / file).read_text(encoding="utf-8")
    assert not [name for name in ("whole: System", "townships", "doors: ") if name in text]

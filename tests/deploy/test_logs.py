"""Logs are read from their end, and followed through a rotation."""

from pathlib import Path

import pytest

from deploy.local.logs import Follower, last_lines


@pytest.mark.parametrize("count", [0, 1, 3, 10_000])
def test_the_last_lines_are_the_last_lines(tmp_path: Path, count: int) -> None:
    lines = [f"line {number} " + "x" * 90 for number in range(3000)]
    log = tmp_path / "kafka.log"
    log.write_text("\n".join(lines) + "\n")
    assert last_lines(log, count) == (lines[-count:] if count else [])


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "kafka.log", 5) == []


def test_only_what_is_new_is_followed_also_after_a_rotation(tmp_path: Path) -> None:
    log = tmp_path / "kafka.log"
    log.write_text("old\n")
    follower = Follower(log)
    with log.open("a") as more:
        more.write("new\n")
    assert list(follower.new_lines()) == ["new"]
    log.rename(tmp_path / "kafka.log.1")
    log.write_text("after\n")
    assert [*follower.new_lines(), *follower.new_lines()] == ["after"]
    follower.close()


def test_a_log_that_appears_later_is_followed_from_its_first_line(tmp_path: Path) -> None:
    follower = Follower(log := tmp_path / "kafka.log")
    log.write_text("first\n")
    assert [*follower.new_lines(), *follower.new_lines()] == ["first"]
    follower.close()

"""What the `concord` command answers when something stands in its way."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import typer

from cli import main
from cli.refusals import BadInput, CommandRefused, NotReachable
from cli.up import say_where
from demo import __main__ as demonstration
from deploy.local.run_folder import RunFolder


def ending(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main.run(list(words))
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_every_command_has_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending("--help") == 0
    said = capsys.readouterr().out
    assert all(command in said for command in ("up", "down", "status", "logs", "token"))


def test_it_says_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending("--version") == 0
    assert capsys.readouterr().out.strip() == metadata.version("concord")


@pytest.mark.slow
def test_a_reader_that_leaves_early_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        program = "from cli.main import run; run(['--version'])"
        done = subprocess.run(
            [sys.executable, "-c", program], stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert done.stderr == b""


def test_where_everything_is_stands_in_one_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say_where(RunFolder.make(tmp_path / "data", {}))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 5
    assert len({line.index(line.split()[1]) for line in lines}) == 1


def test_where_everything_is_stands_in_one_column_after_the_demonstration_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = RunFolder.make(tmp_path / "data", {})
    demonstration.say_where(run)
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    places = ["http://", run.kafka.bootstrap, "concord "]
    begins = [line.index(place) for line in lines for place in places if place in line]
    assert len(begins) == len(lines) >= 6
    assert len(set(begins)) == 1


def test_an_unknown_command_or_option_is_bad_input() -> None:
    assert ending("fly") == 2
    assert ending("up", "--fly") == 2


@pytest.mark.parametrize(
    ("refusal", "code"), [(CommandRefused, 1), (BadInput, 2), (NotReachable, 3), (ValueError, 70)]
)
def test_each_refusal_has_its_code(
    refusal: type[Exception],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stand_in(_given: list[str]) -> typer.Typer:
        raise refusal("Do this instead.")

    monkeypatch.setattr(main, "build_app", stand_in)
    assert ending("up") == code
    said = capsys.readouterr().err
    assert "Do this instead." in said
    assert "Traceback" not in said
    assert ending("up", "--verbose") == code
    assert "Traceback" in capsys.readouterr().err


def test_a_folder_without_a_system_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending("status", "--data", str(tmp_path)) == 3
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_stopping_what_was_never_started_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONCORD_DATA", str(tmp_path))
    assert ending("down") == 0
    assert "Nothing runs" in capsys.readouterr().out


def test_ports_are_checked_before_anything_is_made(tmp_path: Path) -> None:
    assert ending("up", "--data", str(tmp_path / "data"), "--port", "kafka=40000") == 2
    assert not (tmp_path / "data").exists()

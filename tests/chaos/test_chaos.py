"""A short fault suite on a whole system, and systems broken on purpose, which have to be found."""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local.death_signal import mortal
from deploy.local.private_files import write_private
from deploy.local.programs import programs
from deploy.local.supervisor_files import launch_file
from shared.testing.waiters import eventually
from tests.chaos.ground import Ground, ground
from tests.chaos.journal import Journal
from tests.chaos.one_seed import Verdict, play
from tests.chaos.plan import draw
from tests.running_parts import folder_that_vanishes

pytestmark = [pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def hurt() -> Iterator[Ground]:
    with folder_that_vanishes("concord-chaos-") as folder:
        folder.chmod(0o711)
        with ground(folder / "data") as running:
            yield running


def played(hurt: Ground, seed: int, township: str, *faults: str, within: float = 60) -> Verdict:
    """A short seed in a township of its own; as long as it may take its clients wait for answers."""
    plan = replace(
        draw(seed, list(faults)),
        townships=[township],
        first_load=1.5,
        last_load=1.5,
        answered_within=within,
        quiet_within=within,
        three_ways=False,
    )
    journal = Journal(hurt.run.path.parent / f"acknowledged-{seed}.ndjson")
    return asyncio.run(play(hurt, plan, journal))


def break_on_purpose(hurt: Ground, name: str, how: str) -> None:
    """From its next start on, which is now, that process is another; it is ready for the load."""
    [program] = [program for program in programs(hurt.run) if program.name == name]
    file = launch_file(hurt.run, program)
    launched = json.loads(file.read_text(encoding="utf-8"))
    python = launched["command"][0]
    launched["command"] = mortal([python, "-m", "tests.chaos.broken", how])
    launched["environment"]["PYTHONPATH"] = str(Path.cwd())
    write_private(file, json.dumps(launched, indent=2))
    asyncio.run(hurt.kill(name))
    asyncio.run(eventually(lambda: hurt.serves(program), within=60, every=0.2))


def rules_broken(verdict: Verdict) -> set[str]:
    return {finding.partition(":")[0] for finding in verdict.findings}


def test_every_acknowledged_command_survives_the_short_suite(hurt: Ground) -> None:
    verdict = played(
        hurt,
        *(1, "519900161", "kill mediation-worker unnoted", "kill intake relay unnoted"),
        *("delete kafka", "duplicates", "reordering of mediation"),
    )
    assert verdict.findings == []
    assert verdict.acknowledged > 20
    assert verdict.followed > 0
    assert verdict.repeated >= 200


def test_a_worker_that_skips_its_inbox_is_found(hurt: Ground) -> None:
    break_on_purpose(hurt, "stats-worker", "skip-the-inbox")
    verdict = played(hurt, 2, "519900162", "duplicates", within=6)
    assert rules_broken(verdict) & {"parked", "figure", "evidence", "as of"}
    assert not rules_broken(verdict) & {"ledger", "topic", "chain"}


def test_a_follower_that_does_everything_twice_is_found(hurt: Ground) -> None:
    break_on_purpose(hurt, "mediation-worker", "follow-twice")
    verdict = played(hurt, 5, "519900165", within=6)
    assert "follow-up" in rules_broken(verdict)
    assert not rules_broken(verdict) & {"ledger", "topic", "chain"}


def test_a_worker_that_drops_events_is_found(hurt: Ground) -> None:
    break_on_purpose(hurt, "stats-worker", "drop-from-the-fold")
    verdict = played(hurt, 3, "519900163", within=20)
    assert {"figure", "evidence"} <= rules_broken(verdict)
    assert "topic" not in rules_broken(verdict)


def test_a_relay_that_drops_events_is_found(hurt: Ground) -> None:
    break_on_purpose(hurt, "intake", "drop-from-the-topic")
    verdict = played(hurt, 4, "519900164", within=6)
    assert {"topic", "as of", "healing"} <= rules_broken(verdict)
    assert "ledger" not in rules_broken(verdict)


def test_no_process_of_the_suite_is_anybody_elses(hurt: Ground) -> None:
    supervisor = int((hurt.run.path / "supervisor.pid").read_text())
    for program in programs(hurt.run):
        [first, *_] = asyncio.run(hurt.family(program.name))
        assert first.ppid() == supervisor != os.getpid()

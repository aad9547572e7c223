"""Keeps in the ledgers that a person says the clock is right (`concord up --clock-is-right`)."""

import os
import subprocess
import sys
from collections.abc import Callable

from deploy.local.bare_environment import bare_environment
from deploy.local.death_signal import PARENT, mortal
from deploy.local.programs import service_environment
from deploy.local.refusals import SetupFailed
from deploy.local.run_folder import RUN_VARIABLE, RunFolder
from shared.services import SERVICES, Service

_KEPT, _NOTHING_TO_SAY = 0, 1

Tell = Callable[[str], None]


def say_clock_is_right(run: RunFolder, tell: Tell, *, only_if_needed: bool) -> None:
    """Keep it in one ledger of each service that has any; raises SetupFailed.

    `only_if_needed`: only where the clock is far beyond the newest record, as a service would doubt
    it that starts now.
    """
    words = ["--if-needed"] if only_if_needed else []
    for service in SERVICES:
        if service.keeps_ledgers:
            done = _run(run, service, ["accept", *words])
            if done.returncode not in {_KEPT, _NOTHING_TO_SAY}:
                raise SetupFailed(
                    f"Keeping in {service.name} that the clock is right", done.stderr
                )
            for line in done.stdout.splitlines():
                tell(line)


def _run(run: RunFolder, service: Service, words: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        mortal([sys.executable, "-m", service.module("ledger_clock"), *words]),
        env=bare_environment(
            **{PARENT: str(os.getpid()), RUN_VARIABLE: str(run.path)},
            **service_environment(run, service),
        ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

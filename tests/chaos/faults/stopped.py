"""SIGSTOP for longer than anybody's session lasts, then SIGCONT: it thinks no time has passed."""

import asyncio
from random import Random

import psutil

from shared.services import FOLLOWERS, LEDGER_KEEPERS
from tests.chaos.faults.fault import Fault, Inflict, Townships
from tests.chaos.ground import Ground

_SECONDS = 13.0
"""A worker's session lasts 10 s, the broker's own 3 s; clients wait 8 s for an answer."""
_SHORTER = 6.0


def _stopping(name: str, seconds: float = _SECONDS) -> Inflict:
    async def inflict(ground: Ground, _: Random, __: Townships) -> None:
        stopped = await ground.family(name)
        try:
            for process in stopped:
                process.suspend()
            await asyncio.sleep(seconds)
        finally:
            for process in stopped:
                _go_on(process)

    return inflict


def _go_on(process: psutil.Process) -> None:
    try:
        process.resume()
    except psutil.NoSuchProcess:
        return  # it was killed meanwhile


STOPPED = (
    *(
        Fault(
            f"stop {service}-worker",
            f"SIGSTOP of the worker of {service} for {_SECONDS:.0f} s: Kafka gives its partitions"
            " away",
            "it joins its group again and goes on from its inbox",
            _stopping(f"{service}-worker"),
        )
        for service in FOLLOWERS
    ),
    *(
        Fault(
            f"stop {service}",
            f"SIGSTOP of {service}'s API and relay for {_SHORTER:.0f} s",
            "whoever waited is answered late or asks again with the same key",
            _stopping(service, _SHORTER),
        )
        for service in LEDGER_KEEPERS
    ),
    Fault(
        "stop kafka",
        f"SIGSTOP of the broker for {_SECONDS:.0f} s",
        "the relays' sends fail and are sent again; the workers wait",
        _stopping("kafka"),
    ),
    Fault(
        "stop postgres",
        f"SIGSTOP of PostgreSQL with all its processes for {_SECONDS:.0f} s",
        "what was committed late is answered again to whoever repeats it",
        _stopping("postgres"),
    ),
)

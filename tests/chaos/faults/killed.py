"""kill -9, of any process at any moment."""

import os
import signal
from random import Random

from tests.chaos.faults.fault import Fault, Inflict, Townships
from tests.chaos.ground import Ground

_HEALS = "the supervisor starts it again"
_FROM_ITS_INBOX = f"{_HEALS}; it goes on from its inbox"
_WHAT = {
    "intake": ("intake's API with its relay", _HEALS),
    "intake-worker": ("the worker of intake", _FROM_ITS_INBOX),
    "mediation": ("mediation's API with its relay", _HEALS),
    "mediation-worker": ("the worker of mediation", _FROM_ITS_INBOX),
    "stats": ("the API of stats", _HEALS),
    "stats-worker": ("the worker of stats", _FROM_ITS_INBOX),
    "issuer": ("the issuer of tokens", _HEALS),
    "kafka": ("the broker", f"{_HEALS}; relays and workers wait meanwhile"),
    "postgres": ("PostgreSQL", f"{_HEALS}; commands are answered 503 meanwhile"),
}


def _killing(name: str) -> Inflict:
    async def inflict(ground: Ground, _: Random, __: Townships) -> None:
        await ground.kill(name)

    return inflict


async def _kill_a_backend(ground: Ground, chance: Random, _: Townships) -> None:
    _, *backends = await ground.family("postgres")
    os.kill(chance.choice(backends).pid, signal.SIGKILL)


KILLED = (
    *(
        Fault(f"kill {name}", f"kill -9 of {what}", heals, _killing(name))
        for name, (what, heals) in _WHAT.items()
    ),
    Fault(
        "kill backend",
        "kill -9 of one of PostgreSQL's processes",
        "PostgreSQL ends all its connections, recovers and goes on",
        _kill_a_backend,
    ),
)

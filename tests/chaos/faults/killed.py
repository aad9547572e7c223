"""kill -9, of any process at any moment."""

import os
import signal
from collections.abc import Iterator
from random import Random

from shared.services import SERVICES, Service
from tests.chaos.faults.fault import Fault, Inflict, Townships
from tests.chaos.ground import Ground

_HEALS = "the supervisor starts it again"
_FROM_ITS_INBOX = f"{_HEALS}; it goes on from its inbox"


def _processes_of(service: Service) -> Iterator[tuple[str, tuple[str, str]]]:
    name = service.name
    api = f"{name}'s API with its relay" if service.keeps_ledgers else f"the API of {name}"
    yield name, (api, _HEALS)
    if service.has_worker:
        yield service.worker, (f"the worker of {name}", _FROM_ITS_INBOX)


_WHAT = {
    **{name: what for service in SERVICES for name, what in _processes_of(service)},
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

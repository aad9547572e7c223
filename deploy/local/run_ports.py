"""The ports of a run by name: the usual ones, and what somebody chose instead."""

from collections.abc import Iterable, Mapping

from deploy.local.ports import FIRST_EPHEMERAL
from deploy.local.refusals import BadPorts
from shared.services import SERVICES

USUAL = {
    "postgres": 9132,
    "kafka": 9192,
    "kafka-controller": 9193,
    "issuer": 9180,
    **{service.name: service.port for service in SERVICES},
    **{service.worker: service.worker_port for service in SERVICES if service.has_worker},
}


def read_choices(choices: Iterable[str]) -> dict[str, int]:
    """`NAME=NUMBER`, each as typed by a person."""
    return dict(_read_choice(choice) for choice in choices)


def _read_choice(choice: str) -> tuple[str, int]:
    name, _, number = choice.partition("=")
    if name not in USUAL:
        raise BadPorts(f"There is no port called {name!r}; the names are {', '.join(USUAL)}.")
    if not number.isdecimal() or not 0 < int(number) < FIRST_EPHEMERAL:
        raise BadPorts(
            f"--port {name} needs a number from 1 to {FIRST_EPHEMERAL - 1} "
            "(higher ones are handed out to outgoing connections)."
        )
    return name, int(number)


def merged(known: Mapping[str, int], chosen: Mapping[str, int]) -> dict[str, int]:
    """All ports: chosen before known before usual; no two may be the same."""
    ports = {**USUAL, **{n: p for n, p in known.items() if n in USUAL}, **chosen}
    names: dict[int, str] = {}
    for name, port in ports.items():
        if port in names:
            raise BadPorts(f"{names[port]} and {name} cannot both have port {port}.")
        names[port] = name
    return ports

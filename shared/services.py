"""The services of a deployment, one entry each.

Topics, ports, databases, secrets, processes, commands, fault runs and exports are made from this
list. A new service is an entry here and its folder `services/<name>`. The list is deployment
data: it says who runs and who reads whose ledgers, and imports no service.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service with a database of its own, its API and, where it follows others, a worker."""

    name: str
    port: int
    """Of the API; the usual one, which settings may change."""
    worker_port: int
    """Of the worker; nothing listens there where the service follows no other."""
    keeps_ledgers: bool = False
    """Whether it writes ledgers: it then has a relay, seals them and is exported."""
    keeps_persons: bool = False
    """Whether it holds personal data: it then gets the key that wraps the keys of its persons."""
    follows: tuple[str, ...] = ()
    """The services whose topics its worker reads."""

    @property
    def topic(self) -> str:
        """The topic on which it publishes."""
        return f"concord.{self.name}"

    @property
    def has_worker(self) -> bool:
        """Whether the service has a worker process besides its API."""
        return bool(self.follows)

    @property
    def worker(self) -> str:
        """The name of its worker's process."""
        return f"{self.name}-worker"

    @property
    def prefix(self) -> str:
        """How its environment variables begin."""
        return self.name.upper()

    def module(self, name: str) -> str:
        """The path of one of its entry points: `server`, `worker`, `migrate` …"""
        return f"services.{self.name}.{name}"


SERVICES = (
    Service(
        name="intake",
        port=8101,
        worker_port=8111,
        keeps_ledgers=True,
        keeps_persons=True,
        follows=("intake", "grid", "mediation"),
    ),
    Service(
        name="grid",
        port=8102,
        worker_port=8112,
        keeps_ledgers=True,
        keeps_persons=True,
        follows=("intake", "grid", "mediation"),
    ),
    Service(
        name="mediation",
        port=8103,
        worker_port=8113,
        keeps_ledgers=True,
        keeps_persons=True,
        follows=("intake", "grid"),
    ),
    Service(name="stats", port=8104, worker_port=8114, follows=("intake", "mediation", "grid")),
)

_BY_NAME = {service.name: service for service in SERVICES}

LEDGER_KEEPERS = tuple(service.name for service in SERVICES if service.keeps_ledgers)
FOLLOWERS = tuple(service.name for service in SERVICES if service.follows)


def service_called(name: str) -> Service:
    """The service of that name; KeyError where there is none."""
    return _BY_NAME[name]


def followers_of(name: str) -> tuple[str, ...]:
    """The services that read the ledgers of this one."""
    return tuple(service.name for service in SERVICES if name in service.follows)

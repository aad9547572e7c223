"""The services of the one-machine run, declared once: a new one is one more line here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """A service with a database of its own, its API and perhaps a worker beside it."""

    name: str
    port: int
    worker_port: int | None = None
    keeps_persons: bool = False
    """Whether it holds personal data and so gets the key that wraps their keys."""
    seals: bool = False
    """Whether it writes ledgers and so gets a key to seal them with."""

    @property
    def prefix(self) -> str:
        """How its environment variables begin."""
        return self.name.upper()


SERVICES = (
    Service("intake", 8101, worker_port=8111, keeps_persons=True, seals=True),
    Service("mediation", 8103, worker_port=8113, keeps_persons=True, seals=True),
    Service("stats", 8104, worker_port=8114),
)

LEDGER_KEEPERS = tuple(service.name for service in SERVICES if service.seals)
"""Whoever writes ledgers seals them."""

COUNTY = "519900"
"""Assigned to no real county: the demonstration lives there."""

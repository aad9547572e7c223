"""Client of the routes for seals and proofs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson
from cryptography.hazmat.primitives import serialization

from cli.exporting.retry import get
from cli.figures_api import scope_of
from cli.problems import raise_for_problem
from cli.refusals import BadInput, CommandRefused
from cli.system import System
from cli.verify import NotReadable, PublicKeys, read_keys
from shared.identity import Role
from shared.services import LEDGER_KEEPERS

_SAYS_NO = {"/problems/event-not-sealed", "/problems/seal-unknown"}


class NotSealed(CommandRefused):
    """The service has no seal that covers the event or day."""


def as_pem(published: dict[str, Any]) -> str:
    """Published keys as PEM, one block after the other."""
    pem, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    keys = read_keys(orjson.dumps(published)).values()
    return "".join(key.public_bytes(pem, form).decode() for key in keys).rstrip()


@dataclass(frozen=True)
class SealApi:
    """Seals and proofs of one service that keeps ledgers."""

    client: httpx.Client
    division: str

    @classmethod
    @contextmanager
    def of(cls, system: System, service: str, division: str) -> Iterator["SealApi"]:
        """A client with an auditor's token for the division."""
        if service not in LEDGER_KEEPERS:
            raise BadInput(f"--service: {service} is none of {', '.join(LEDGER_KEEPERS)}.")
        with system.client(service, Role.AUDITOR, scope_of(division)) as client:
            yield cls(client, division)

    def inclusion(self, event_id: str) -> dict[str, Any]:
        """The event, the first seal after it, and the path between them."""
        return self._get(f"/ledgers/{self.division}/events/{event_id}/inclusion")

    def consistency(self, first: str | None, second: str | None) -> dict[str, Any]:
        """Two seals and the path between them."""
        asked = {"first": first, "second": second}
        return self._get(
            f"/ledgers/{self.division}/consistency",
            **{name: day for name, day in asked.items() if day},
        )

    def own_keys(self) -> dict[str, Any]:
        """The public keys that the service publishes."""
        return self._get("/seal-keys")

    def keys(self, file: Path | None) -> PublicKeys:
        """The keys of a file, else those that the service publishes."""
        if file is None:
            return read_keys(orjson.dumps(self.own_keys()))
        try:
            return read_keys(file.read_bytes())
        except OSError as fault:
            raise BadInput(f"--key: {file} cannot be read: {fault.strerror}.") from fault
        except NotReadable as why:
            raise BadInput(f"--key: {file} cannot be used: {why}.") from why

    def _get(self, path: str, **asked: str) -> dict[str, Any]:
        answer = get(self.client, path, asked)
        body: dict[str, Any] = answer.json()
        if body.get("type") in _SAYS_NO:
            raise NotSealed(str(body["detail"]))
        raise_for_problem(answer)
        return body

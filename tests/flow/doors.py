"""A client of the running services: posts, asks for figures, and never sleeps to hope."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.local.issuing import PETITION_OFFICE, TokenRequest
from deploy.local.run_folder import RunFolder
from deploy.local.tokens import fetch_token
from shared.identity import Role


@dataclass(frozen=True)
class Doors:
    """The doors of one run, with the tokens of its local issuer."""

    run: RunFolder
    client: httpx.Client

    @classmethod
    @contextmanager
    def of(cls, run: RunFolder) -> Iterator["Doors"]:
        with httpx.Client(trust_env=False, timeout=30) as client:
            yield cls(run, client)

    def bearer(self, role: Role, division: str, unit: str = PETITION_OFFICE) -> dict[str, str]:
        token = fetch_token(self.run, TokenRequest(role=role, division=division, unit=unit))
        return {"Authorization": f"Bearer {token}"}

    def post(
        self, path: str, body: dict[str, Any], *, role: Role = Role.HANDLER, division: str
    ) -> httpx.Response:
        return self.client.post(
            f"{self.run.url('intake')}{path}", json=body, headers=self.bearer(role, division)
        )

    def figures(self, division: str, period: str, **asked: str) -> dict[str, dict[str, Any]]:
        """Figures by id, of one division and period."""
        answer = self.client.get(
            f"{self.run.url('stats')}/figures",
            params={"division": division, "period": period, **asked},
            headers=self.bearer(Role.COUNTY_LEADER, division[:6]),
        )
        assert answer.status_code == 200, answer.text
        return {figure["id"]: figure for figure in answer.json()["figures"]}

    def get(self, service: str, path: str, scope: str, /, **asked: str) -> httpx.Response:
        return self.client.get(
            f"{self.run.url(service)}{path}",
            params=asked,
            headers=self.bearer(Role.AUDITOR, scope),
        )

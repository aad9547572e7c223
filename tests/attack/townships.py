"""Two townships with a case each: the attacker belongs to the one and is after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from shared.divisions import new_id
from shared.identity import Role
from tests.attack.operations import Operation
from tests.flow.doors import Doors

COUNTY, OTHER_COUNTY = "519900", "519901"
HERE, THERE = "519900171", "519900172"
NOWHERE = f"{HERE}-0198a5c0-0000-7000-8000-000000000001"
FILING: dict[str, Any] = {
    "channel": "visit",
    "purpose": "request",
    "category": "land",
    "headcount": 1,
    "person": {"name": "某人", "phone": "000-5550171"},
    "narrative": "门前的路一下雨就积水。",
}


@dataclass(frozen=True)
class Townships:
    doors: Doors
    here: str
    """A case of the attacker's own township."""
    there: str
    """A case of the other one."""
    _tokens: dict[tuple[Role, str], dict[str, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def settled(cls, doors: Doors) -> "Townships":
        return cls(doors, filed(doors, HERE), filed(doors, THERE))

    def bearer(self, role: Role, division: str) -> dict[str, str]:
        """One token for each post: a new one for every request would be what takes the time."""
        if (role, division) not in self._tokens:
            self._tokens[role, division] = self.doors.bearer(role, division)
        return self._tokens[role, division]

    def path_of(
        self, operation: Operation, *, division: str = HERE, case: str | None = None
    ) -> str:
        """The template with what stands there for a route that lets everything through."""
        named = {
            "division": division,
            "case_id": case or self.here,
            "event_id": new_id(division),
            "kind": "case-filed",
            "version": "1",
            "measure_id": "cases_filed",
        }
        return operation.template.format(**named)

    def request(
        self,
        operation: Operation,
        bearer: Mapping[str, str],
        *,
        division: str = HERE,
        case: str | None = None,
        **more: Any,
    ) -> httpx.Response:
        """Knock at the door of an operation, with a query that it takes where it needs one."""
        usual: dict[str, Any] = {}
        if operation.takes("period"):
            usual["params"] = {"period": "2025", "division": division}
        if operation.is_command and not {"json", "content"} & set(more):
            usual["json"] = {}  # which no route takes; but gates come before bodies
        headers = {**bearer, **more.pop("headers", {})}
        address = self.doors.run.url(operation.service)
        path = self.path_of(operation, division=division, case=case)
        return self.doors.client.request(
            operation.method, f"{address}{path}", headers=headers, **(usual | more)
        )


def filed(doors: Doors, division: str) -> str:
    """A new case; gives its id."""
    answer = doors.post(f"/townships/{division}/cases", FILING, role=Role.CLERK, division=division)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


def problem(answer: httpx.Response) -> tuple[str, int]:
    """Type and status of a refusal."""
    kind = answer.headers.get("content-type", "none")
    if kind != "application/problem+json":
        return f"{kind} {answer.text[:80]}", answer.status_code
    return str(answer.json()["type"]).removeprefix("/problems/"), answer.status_code

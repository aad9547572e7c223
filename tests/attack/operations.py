"""What the services say of themselves: every operation of every OpenAPI document."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.local.run_folder import RunFolder
from shared.identity import Role
from shared.services import SERVICES

NAMES = tuple(service.name for service in SERVICES)

STREAMS = {
    "case_id": "case-not-found",
    "mediation_id": "mediation-not-found",
    "mediator_id": "mediator-not-found",
    "committee_id": "committee-not-found",
    "accusation_id": "accusation-not-found",
    "unit_id": "unit-not-found",
    "post_id": "post-not-found",
    "reception_id": "reception-not-found",
    "higher_visit_id": "higher-visit-not-found",
    "conference_id": "conference-not-found",
    "key_case_id": "key-case-not-found",
    "village_id": "village-not-found",
    "grid_id": "grid-not-found",
    "worker_id": "grid-worker-not-found",
    "patrol_id": "patrol-not-found",
    "report_id": "report-not-found",
    "signal_id": "signal-not-found",
    "warning_id": "warning-not-found",
    "watch_id": "watch-not-found",
    "named_id": "person-not-found",
    "person_ref": "person-not-found",
    "party_id": "person-not-found",
}
"""What a path names a record by, and what is told where there is none."""
UPLOADED_FOR = {"intake": "case_id", "grid": "report_id"}
"""Of what kind the record is that an upload names, by service."""
DOCUMENTS = (*NAMES, "issuer")
_METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")

Schema = dict[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    service: str
    method: str
    template: str
    told: dict[str, Any]
    document: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.service}: {self.method} {self.template}"

    @property
    def is_command(self) -> bool:
        return self.method == "POST"

    @property
    def stream(self) -> str | None:
        """By what its path names a record, or its query the record of an upload."""
        if self.needs("of"):
            return UPLOADED_FOR[self.service]
        return next((name for name in STREAMS if f"{{{name}}}" in self.template), None)

    @property
    def is_gated(self) -> bool:
        return "security" in self.told

    @property
    def roles(self) -> frozenset[Role]:
        """Whom the route lets in, as its `requires(...)` declares."""
        return frozenset(map(Role, self.told["x-roles"]))

    @property
    def needs_post(self) -> bool:
        """Whether it is opened to posts of a unit alone, and to backfills."""
        return self.told.get("x-needs-post", False) is True

    def takes(self, name: str) -> bool:
        """Whether it has a parameter of that name, in the path, the query or the headers."""
        return any(each["name"].lower() == name for each in self.told.get("parameters", ()))

    def needs(self, name: str) -> bool:
        """Whether it cannot be asked without that parameter."""
        told = self.told.get("parameters", ())
        return any(each["name"] == name and each["required"] for each in told)

    @property
    def body(self) -> Schema:
        found = self.told["requestBody"]["content"]["application/json"]["schema"]
        return self.resolved(found)

    def resolved(self, schema: Schema) -> Schema:
        """The schema that a reference means, or the one that is not null."""
        while True:
            if "$ref" in schema:
                name = schema["$ref"].rpartition("/")[2]
                schema = self.document["components"]["schemas"][name]
            elif "anyOf" in schema:
                schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
            else:
                return schema


def document_of(run: RunFolder, service: str) -> dict[str, Any]:
    answer = httpx.get(f"{run.url(service)}/openapi.json", trust_env=False)
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json()
    return document


def operations(run: RunFolder, *services: str) -> Iterator[Operation]:
    for service in services or NAMES:
        document = document_of(run, service)
        for template, item in document["paths"].items():
            for method in _METHODS:
                if method in item:
                    yield Operation(service, method.upper(), template, item[method], document)

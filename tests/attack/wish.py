"""A good request to a command, from which the bad ones are made."""

from dataclasses import dataclass, replace
from typing import Any

from deploy.local.issuing import PETITION_OFFICE
from shared.identity import Role

HERE = "519900171"
CAUSE = {"title": "某某建筑有限公司", "registration_number": "91350100M000100Y43"}
NOWHERE = f"{HERE}-0198a5c0-0000-7000-8000-000000000001"
SOME_PAPER = "0" * 64
"""Stands for the digest that the answer to the steps before tells."""
Steps = tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True)
class Wish:
    """A body that is taken after these steps, and another one of the same route."""

    body: dict[str, Any]
    other: dict[str, Any]
    after: Steps = ()
    largest: int = 1 << 20
    role: Role = Role.TOWNSHIP_LEADER
    steps_by: Role = Role.TOWNSHIP_LEADER
    record: str | None = None
    """How its record comes about, where that is not by a filing of the attacker's township."""
    scope: str = HERE
    """Of whose ledger the record is."""
    unit: str = PETITION_OFFICE
    """As of which unit of that division the request comes."""
    names_upload: bool = False
    """Whether SOME_PAPER stands for the digest of a file that is uploaded for the record."""

    def of_reveal(self, reveal_id: str | None) -> "Wish":
        """The wish about the reveal that a step before has asked for."""
        return self if reveal_id is None else replace(self, body={"reveal_id": reveal_id})

    def of_part(self, told: dict[str, Any]) -> "Wish":
        """The wish about the visit or task that a step before has recorded."""
        recorded = {"visit_id": told.get("visit_ids"), "task_id": told.get("task_ids")}
        named = {name: ids[-1] for name, ids in recorded.items() if ids and name in self.body}
        return replace(self, body=self.body | named, other=self.other | named)

    def of_paper(self, digest: str) -> "Wish":
        """The wish about the paper that was filled in before."""
        known = {SOME_PAPER: digest}
        body, other = (
            {
                name: known.get(value, value) if isinstance(value, str) else value
                for name, value in each.items()
            }
            for each in (self.body, self.other)
        )
        return replace(self, body=body, other=other)

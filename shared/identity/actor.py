"""The actor: a post with a role, within a division; never a person's name."""

from dataclasses import dataclass
from enum import StrEnum

from shared.ledger import Author


class Role(StrEnum):
    """Roles that a token may give; a route lists the roles that it allows."""

    RESIDENT = "resident"
    CLERK = "clerk"
    HANDLER = "handler"
    GRID_WORKER = "grid-worker"
    GRID_LEAD = "grid-lead"
    MEDIATOR = "mediator"
    TOWNSHIP_LEADER = "township-leader"
    COUNTY_LEADER = "county-leader"
    AUDITOR = "auditor"
    BACKFILL = "backfill"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Actor:
    """The bearer of a verified token; `ref` is an opaque reference to a post."""

    ref: str
    role: Role
    scope: str
    """The county (6 digits) or township (9) that the token reaches."""

    def author(self, correlation_id: str | None = None) -> Author:
        """The author of events that this actor causes."""
        return Author(scope=self.scope, actor_ref=self.ref, correlation_id=correlation_id)

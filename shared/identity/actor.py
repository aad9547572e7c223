"""The actor: whoever bears a token, with a role, a unit and a post of a division; never a name."""

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
    HOTLINE = "hotline"
    """The system of 12345, which sends orders and does nothing else."""
    SCRAPE = "scrape"
    """A monitoring system, which reads the gauges of figures and nothing else."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The bearer of a verified token; `sub` is an opaque reference."""

    sub: str
    role: Role
    scope: str
    """The county (6 digits) or township (9) that the token reaches."""
    unit: str | None = None
    """The code of the bearer's unit, in the division that is the scope."""
    post: str | None = None
    """The code of the bearer's post there."""

    @property
    def ref(self) -> str:
        """Under what records of the own division name the actor: the post where there is one."""
        return self.post or self.sub

    @property
    def has_post(self) -> bool:
        """Whether the token says as which post of which unit its bearer acts."""
        return self.unit is not None and self.post is not None

    @property
    def names(self) -> tuple[str, ...]:
        """Every reference under which records may name the actor, the current one first.

        Before tokens had posts, everything was recorded under the subject.
        """
        return tuple(dict.fromkeys((self.ref, self.sub)))

    def names_in(self, division: str) -> tuple[str, ...]:
        """The references under which records of a division may name the actor.

        The code of a post counts in its own division only.
        """
        return self.names if division == self.scope else (self.sub,)

    @property
    def place(self) -> str:
        """The actor's reference within the county: codes of posts are unique in a division only."""
        return f"{self.scope}/{self.ref}"

    def author(self, division: str, correlation_id: str | None = None) -> Author:
        """The author of events that this actor causes in the ledger of a division.

        In another division the code of the post would be somebody else's.
        """
        name, *earlier = self.names_in(division)
        return Author(
            scope=self.scope,
            actor_ref=name,
            correlation_id=correlation_id,
            earlier_refs=tuple(earlier),
        )

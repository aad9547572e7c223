"""Whoever asks about a case, as the token says: nothing of a person."""

from dataclasses import dataclass
from enum import Enum

from services.intake.domain.registry import Place


class Capacity(Enum):
    """As what somebody comes, beside the unit and the post."""

    OFFICIAL = "official"
    TOWNSHIP_LEADER = "township-leader"
    OVERSEER = "overseer"
    """County leaders and auditors."""
    BACKFILL = "backfill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """The division, unit and post of whoever asks."""

    division: str
    """The county or township that the token is for."""
    capacity: Capacity
    unit: str | None
    post: str | None
    sub: str
    """The reference under which records named whoever asks before tokens had posts."""

    @property
    def place(self) -> Place | None:
        """The unit, within the county."""
        return (self.division, self.unit) if self.unit is not None else None

    @property
    def is_backfill(self) -> bool:
        """Whether older registers are brought in by it."""
        return self.capacity is Capacity.BACKFILL

    @property
    def leads_township(self) -> bool:
        """Whether it is a leader of its division."""
        return self.capacity is Capacity.TOWNSHIP_LEADER

    @property
    def oversees(self) -> bool:
        """Whether it reads whatever lies within its division."""
        return self.capacity is Capacity.OVERSEER

    def names_in(self, division: str) -> tuple[str, ...]:
        """The references under which records of a division may name it."""
        if self.post is None or division != self.division:
            return (self.sub,)
        return self.post, self.sub

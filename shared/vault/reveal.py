"""Revealing a person: asked with a purpose by one post, approved by another, shown for a day.

  (nothing) ─ IdentityRevealed ─► done

The event says why and as what it was approved, never who it was nor of which record.
"""

from dataclasses import dataclass

from shared.contracts.event import Event
from shared.contracts.vault import IdentityRevealed
from shared.contracts.vault_codes import RevealReason, RevealRole
from shared.decider import Decider, EventOfAnotherAggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveReveal:
    """Another post than the one that asked approves."""

    reveal_id: str
    reason: RevealReason
    by_role: RevealRole


Reveal = IdentityRevealed | None
"""The state of a reveal: it was approved, or was not."""


def decide(command: ApproveReveal, reveal: Reveal) -> list[Event]:
    """A reveal is approved once."""
    if reveal is not None:
        return []
    return [
        IdentityRevealed(
            reveal_id=command.reveal_id, reason_code=command.reason, by_role=command.by_role
        )
    ]


def evolve(_: Reveal, event: Event) -> Reveal:
    """The reveal after an event."""
    if not isinstance(event, IdentityRevealed):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a reveal")
    return event


REVEAL: Decider[ApproveReveal, Reveal, Event] = Decider(initial=None, decide=decide, evolve=evolve)

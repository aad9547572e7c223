"""What a service does of itself on facts of another: commands, each once in its effect.

event ─► policy ─► command, under a key made of the event ─► the service's own ledger
                                                     (read again: the receipt answers)

The inbox moves in a transaction of its own, after the commands. Whoever is killed in between reads
the event again, and its command is a repeat: nothing is lost and nothing doubled.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

import structlog

from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data, event_class
from shared.contracts.event import Event
from shared.handling import CommandRequest, Prepare, RecordOfALaterRelease, StreamMovedOn
from shared.ledger import Author
from shared.metrics import FOLLOW_UPS, FOLLOW_UPS_REFUSED
from shared.postgres import Connection
from shared.refusals import Refusal
from shared.streaming import AfterParked

C = TypeVar("C")
S = TypeVar("S")
Policy = Callable[[RecordedEvent, Event], Awaitable[None]]
"""Carries out what follows from a fact; raises what stands against it."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CausedBy:
    """The key of a command that an event caused; nobody waits for its answer, so none is kept."""

    route: str
    key: str

    @property
    def request_mac(self) -> bytes:
        """The same for the same cause: whatever is decided on it now, it was decided before."""
        return sha256(f"{self.route}\0{self.key}".encode()).digest()

    def seal(self, _response: bytes) -> bytes:
        """Nothing."""
        return b""

    def unseal(self, _sealed: bytes) -> bytes:
        """Nothing, as JSON."""
        return b"null"


def caused(
    event: RecordedEvent,
    prepare: Prepare[S, C],
    stream_id: str,
    *,
    command: type[object],
    service: str,
    county: str,
) -> CommandRequest[C, S]:
    """The request for the command that an event causes; its key is made of the event and `command`."""
    return CommandRequest(
        stream_id=stream_id,
        author=Author(
            scope=county, actor_ref=f"policy:{service}", correlation_id=event.correlation_id
        ),
        prepare=prepare,
        key=CausedBy(f"ON {event.kind} {command.__name__}", event.event_id),
        causation_id=event.event_id,
    )


@dataclass(frozen=True)
class Following:
    """A fold that writes nothing itself: it hands each fact to the policy of its kind.

    What a rule of the service refuses is counted and logged, and never tried again: the same rule
    would refuse it again. Later events of a ledger wait for one that failed otherwise, so that
    what undoes a fact never comes before it. An event of a later release fails too, and so does
    one about a record that a later release has written to: the later release may have to act on it.
    """

    service: str
    source: str
    policies: Mapping[str, Policy]
    after_parked: AfterParked = AfterParked.WAITS

    async def apply(self, _: Connection, events: Sequence[RecordedEvent]) -> None:
        """Carry out what follows from the events, in their order.

        Raises UnknownEvent for an event of a later release.
        """
        for event in events:
            event_class(event.kind, event.schema_version)
            policy = self.policies.get(event.kind)
            if policy is not None:
                await self._follow(policy, event)

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """The same: what follows is decided on what stands now."""
        await self.apply(connection, events)

    async def _follow(self, policy: Policy, event: RecordedEvent) -> None:
        fact = decode_data(event.kind, event.schema_version, event.load())
        try:
            await policy(event, fact)
        except (StreamMovedOn, RecordOfALaterRelease):
            raise
        except Refusal as refusal:
            FOLLOW_UPS_REFUSED.labels(self.service, event.kind, refusal.slug).inc()
            log.warning(
                "what follows from an event was refused",
                event_id=event.event_id,
                kind=event.kind,
                refusal=refusal.slug,
            )
        else:
            FOLLOW_UPS.labels(self.service, event.kind).inc()

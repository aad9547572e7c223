"""Runs commands on events of other services, each with exactly one effect.

event ─► policy ─► command, under a key made of the event ─► the service's own ledger
                                                     (read again: the receipt answers)

The inbox moves in a transaction of its own, after the commands. After a kill in between the event
is read again and its command is a repeat: nothing is lost or done twice. A policy that needs a
state keeps it in that transaction, and so its decisions: see `stateful_policy`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import structlog

from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import dataschema, decode_data, event_class, published_kinds
from shared.contracts.event import Event
from shared.correlation import carried
from shared.due import put, write
from shared.handling import (
    CausedBy,
    CommandRequest,
    Prepare,
    RecordOfALaterRelease,
    StreamMovedOn,
)
from shared.ledger import Author
from shared.metrics import FOLLOW_UPS, FOLLOW_UPS_REFUSED, begin
from shared.office.stateful_policy import StatefulPolicy
from shared.postgres import Connection
from shared.refusals import Refusal
from shared.streaming import AfterParked
from shared.streaming.passing import Kind

C = TypeVar("C")
S = TypeVar("S")
Policy = Callable[[RecordedEvent, Event], Awaitable[None]]
"""Runs the commands that follow from an event; raises refusals."""

_DONE, _REFUSED = "done", "refused"

log = structlog.get_logger()


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
    """Passes each event to the policies of its kind.

    A refused command is counted and logged, and never retried: the same rule would refuse it again.
    Later events of a ledger wait for an event that failed otherwise, so that an event that undoes
    it never comes first. An event of a later release fails too, and so does one about a record that
    a later release has written to: the later release may have to act on it.
    """

    service: str
    source: str
    policies: Mapping[str, Policy] = field(default_factory=dict)
    stateful: Mapping[str, Sequence[StatefulPolicy]] = field(default_factory=dict)
    after_parked: AfterParked = AfterParked.WAITS

    def __post_init__(self) -> None:
        """Count from 0; ValueError if a state would be folded without a parked event."""
        if self.stateful and self.after_parked is not AfterParked.WAITS:
            raise ValueError("a stateful policy needs the events of a ledger in their order")
        for kind in self.policies:
            begin(FOLLOW_UPS, *((self.service, kind, status) for status in (_DONE, _REFUSED)))

    @cached_property
    def passes_over(self) -> frozenset[Kind]:
        """The published kinds without a policy, in the versions that this release knows."""
        followed = {*self.policies, *self.stateful}
        return frozenset(
            (kind.encode(), dataschema(kind, version).encode())
            for kind, latest in published_kinds()
            if kind not in followed
            for version in range(1, latest + 1)
        )

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Run the policies of the events, in their order.

        Raises UnknownEvent for an event of a later release.
        """
        for event in events:
            event_class(event.kind, event.schema_version)
            with carried(event.correlation_id):
                await self._decide(connection, event)
                policy = self.policies.get(event.kind)
                if policy is not None:
                    await self._follow(policy, event)

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """As `apply`: policies decide on the current state."""
        await self.apply(connection, events)

    async def _decide(self, connection: Connection, event: RecordedEvent) -> None:
        """Keep the states that the event changes, and a due row for each decision."""
        policies = self.stateful.get(event.kind, ())
        if not policies:
            return
        fact = decode_data(event.kind, event.schema_version, event.load())
        rows = [row for decide in policies for row in await decide(connection, event, fact)]
        if rows:
            await write(connection, [put(rows)])

    async def _follow(self, policy: Policy, event: RecordedEvent) -> None:
        fact = decode_data(event.kind, event.schema_version, event.load())
        try:
            await policy(event, fact)
        except (StreamMovedOn, RecordOfALaterRelease):
            raise
        except Refusal as refusal:
            FOLLOW_UPS.labels(self.service, event.kind, _REFUSED).inc()
            FOLLOW_UPS_REFUSED.labels(self.service, event.kind, refusal.slug).inc()
            log.warning(
                "what follows from an event was refused",
                event_id=event.event_id,
                kind=event.kind,
                refusal=refusal.slug,
            )
        else:
            FOLLOW_UPS.labels(self.service, event.kind, _DONE).inc()

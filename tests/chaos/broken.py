"""Services broken on purpose, to see that the checker finds it: `python -m tests.chaos.broken HOW`."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from services.intake import server
from services.mediation import worker as follower
from services.mediation.stream import policies
from services.stats import worker
from services.stats.stream.subject_fold import SubjectFold
from shared.cloudevents import RecordedEvent
from shared.divisions import division_of, new_id
from shared.handling import CommandRequest
from shared.inbox import Sifted, sift
from shared.office.following import Following, Policy
from shared.postgres import Connection
from shared.relay.sending import Sender
from shared.streaming import chunk_writer

_EVERY = 5
"""Which events are dropped: those whose sequence this number divides."""


def instead(module: ModuleType, name: str, other: Any) -> None:
    """KeyError for a name that the module does not have: what is broken is what is there."""
    if name not in vars(module):
        raise KeyError(name)
    setattr(module, name, other)


def skip_the_inbox() -> None:
    """A worker that takes whatever comes, as often as it comes."""

    def take_everything(places: Iterable[tuple[str, int]], next_seq: Mapping[str, int]) -> Sifted:
        known = list(places)
        return replace(sift(known, next_seq), taken=list(range(len(known))))

    instead(chunk_writer, "sift", take_everything)
    worker.main()


def follow_twice() -> None:
    """A follower that does everything twice, each time as if for the first time."""
    caused, follow = vars(policies)["caused"], Following._follow

    def caused_anew(*cause: Any, **where: Any) -> CommandRequest[Any, Any]:
        return replace(caused(*cause, **where), key=None)

    async def follow_again(self: Following, policy: Policy, event: RecordedEvent) -> None:
        await follow(self, policy, event)
        await follow(self, policy, event)

    instead(policies, "caused", caused_anew)
    for answer in ("taken_up_as", "declined_as"):
        instead(policies, answer, lambda _referral, whose: new_id(division_of(whose)))
    Following._follow = follow_again  # type: ignore[method-assign]
    follower.main()


def drop_from_the_fold() -> None:
    """A worker that forgets some events and says that it has folded them."""
    apply = SubjectFold.apply

    async def apply_most(
        self: SubjectFold, connection: Connection, events: Sequence[RecordedEvent]
    ) -> None:
        await apply(self, connection, [event for event in events if event.sequence % _EVERY])

    SubjectFold.apply = apply_most  # type: ignore[method-assign]
    worker.main()


def drop_from_the_topic() -> None:
    """A relay that sends some events nowhere and notes them as sent."""
    by_partition = Sender._by_partition

    def most_by_partition(self: Sender, events: Iterable[RecordedEvent]) -> Any:
        return by_partition(self, [event for event in events if event.sequence % _EVERY])

    Sender._by_partition = most_by_partition  # type: ignore[method-assign]
    server.main()


HOW = {
    "skip-the-inbox": skip_the_inbox,
    "follow-twice": follow_twice,
    "drop-from-the-fold": drop_from_the_fold,
    "drop-from-the-topic": drop_from_the_topic,
}

if __name__ == "__main__":
    HOW[sys.argv[1]]()

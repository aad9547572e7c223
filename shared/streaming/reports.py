"""What a consumer tells of gaps and parked events, in its log and its metrics."""

from collections.abc import Sequence

import structlog
from faust.types.tuples import TP

from shared.metrics import (
    CONSUMER_GAPS,
    CONSUMER_LEDGERS_WAITING,
    DEAD_LETTERS,
    PARKED_EVENTS,
    begin,
)
from shared.streaming.chunk_applier import Place
from shared.streaming.gaps import Advice
from shared.streaming.messages import PoisonMessage

_MOST_NAMED = 20

log = structlog.get_logger()


class Reports:
    """Of one topic in one service."""

    def __init__(self, topic: str, source: str, *, service: str) -> None:
        self._topic = topic
        self._source = source
        self._labels = (service, source)
        begin(DEAD_LETTERS, self._labels)
        begin(CONSUMER_GAPS, self._labels)

    def replayed(self, places: Sequence[Place]) -> None:
        """These events were parked before and are applied now."""
        for division, seq in places:
            log.info("a parked event is applied", ledger=self._ledger(division), seq=seq)

    def parked(self, messages: Sequence[PoisonMessage]) -> None:
        """These messages were parked now."""
        DEAD_LETTERS.labels(*self._labels).inc(len(messages))
        for message in messages:
            self._log("a message is parked", message)

    def not_consumed(self, messages: Sequence[PoisonMessage]) -> None:
        """The worker stops at these messages, and only the log names them."""
        for message in messages[:_MOST_NAMED]:
            self._log("a message cannot be consumed", message)

    def count_parked(self, events: int) -> None:
        """So many events are parked and not replayed."""
        PARKED_EVENTS.labels(*self._labels).set(events)

    def gaps(self, tp: TP, advice: Advice, *, waiting: int) -> None:
        """What a chunk showed; `waiting` ledgers of the topic wait for an event that is absent."""
        for division in advice.opened:
            CONSUMER_GAPS.labels(*self._labels).inc()
            log.warning("a gap: searching", tp=tp, division=division)
        for division in advice.absent:
            log.error("an event is not on the topic: its ledger waits", tp=tp, division=division)
        CONSUMER_LEDGERS_WAITING.labels(*self._labels).set(waiting)

    def _log(self, what: str, message: PoisonMessage) -> None:
        log.error(
            what,
            ledger=message.division and self._ledger(message.division),
            seq=message.sequence,
            topic=self._topic,
            partition=message.record.partition,
            offset=message.record.offset,
            why=message.reason,
        )

    def _ledger(self, division: str) -> str:
        return f"{self._source.removeprefix('/')}/{division}"

"""Reads a history from the topics of the one-machine run, from offset 0 to where they end now."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, KafkaTimeoutError

from cli.back_testing.history import History, NotAnEvent, line_of
from cli.data_folder import DEFAULT
from cli.progress import Tell
from cli.refusals import BadInput, NotReachable
from deploy.local.run_folder import RunFolder
from shared.cloudevents import NotOurs, from_message, to_structured
from shared.divisions import in_scope
from shared.library_logs import thin_out
from shared.services import LEDGER_KEEPERS
from shared.topics import PARTITIONS, topic_of

_FETCH_MS, _PATIENCE_MS = 500, 30_000
_TELL_EVERY = 100_000


def read_topics(data: Path | None, division: str, history: History, tell: Tell) -> datetime:
    """Take the events of a division; gives the moment at which the reading began."""
    bootstrap = RunFolder.open(data or DEFAULT).kafka.bootstrap
    began_at = datetime.now(UTC)
    try:
        asyncio.run(_Topics(bootstrap, division, history, tell).read())
    except (KafkaError, OSError) as away:
        raise NotReachable(
            "The broker of the one-machine run does not answer; `concord status` says what runs. "
            "Without it, name an export with --export."
        ) from away
    if not history.read:
        raise BadInput(f"--division: the topics have no event of {division}.")
    return began_at


class _Topics:
    def __init__(self, bootstrap: str, division: str, history: History, tell: Tell) -> None:
        self._bootstrap, self._division = bootstrap, division
        self._history, self._tell = history, tell
        self._unreadable = 0

    async def read(self) -> None:
        """Read every partition up to the end that it had at the beginning, and nothing that came since."""
        kafka = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap,
            client_id="concord-back-test",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            request_timeout_ms=10_000,
        )
        thin_out()
        try:
            await kafka.start()
            await self._read(kafka)
        finally:
            await kafka.stop()
        if self._unreadable:
            self._tell(f"{self._unreadable:,} messages are no events, and were passed over")

    async def _read(self, kafka: AIOKafkaConsumer) -> None:
        places = [
            TopicPartition(topic_of(service), partition)
            for service in LEDGER_KEEPERS
            for partition in range(PARTITIONS)
        ]
        kafka.assign(places)
        await kafka.seek_to_beginning(*places)
        left = {place: end for place, end in (await kafka.end_offsets(places)).items() if end}
        announced = waited = 0
        while left:
            found = await kafka.getmany(*left, timeout_ms=_FETCH_MS)
            for place, records in found.items():
                for record in records:
                    if record.offset < left[place]:
                        self._take(record.headers, record.value)
            waited = 0 if found else waited + _FETCH_MS
            if waited > _PATIENCE_MS:
                raise KafkaTimeoutError("no record came")
            left = {place: end for place, end in left.items() if await kafka.position(place) < end}
            if self._history.read - announced >= _TELL_EVERY:
                announced = self._history.read
                self._tell(f"… {announced:,} events read")

    def _take(self, headers: list[tuple[str, bytes]], value: bytes | None) -> None:
        try:
            event = from_message(headers, value)
            if in_scope(self._division, event.division):
                self._history.add(line_of(orjson.dumps(to_structured(event))))
        except (NotOurs, NotAnEvent, ValueError):
            self._unreadable += 1

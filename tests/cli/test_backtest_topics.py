"""`concord warnings backtest` over the topics of the real Kafka: whole, growing meanwhile, and stopped."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaTimeoutError

from cli import main
from cli.back_testing import topic_source
from cli.back_testing.history import History, Line
from deploy.kafka.topics import make_topics
from deploy.local.run_folder import RunFolder
from shared.cloudevents import RecordedEvent
from shared.services import LEDGER_KEEPERS
from shared.topics import topic_of
from tests.cli.made_up_export import OWNER
from tests.grid.rules.given import TOWNSHIP, events, received, replied
from tests.parts import KafkaForTests
from tests.shared.streams import send

pytestmark = pytest.mark.parts
OURS, GROWING, OTHERS = "519900463", "519900464", "519900465"
"""No other test has these townships on these topics."""


@pytest.fixture(scope="module")
def kafka_of_run(kafka: KafkaForTests) -> KafkaForTests:
    make_topics(kafka.bootstrap, [topic_of(each) for each in LEDGER_KEEPERS])
    for division in (OURS, GROWING, OTHERS):
        publish(kafka, division, answered_and_raised_again())
    return kafka


@pytest.fixture
def run(kafka_of_run: KafkaForTests, tmp_path: Path) -> Path:
    """The folder of a run with that broker."""
    broker = kafka_of_run.broker
    RunFolder.make(tmp_path, {"kafka": broker.port, "kafka-controller": broker.controller_port})
    return tmp_path


def answered_and_raised_again() -> list[tuple[Any, RecordedEvent]]:
    return events((replied(), 5), (received(), 9))


def publish(
    kafka: KafkaForTests, division: str, read: Sequence[tuple[Any, RecordedEvent]], after: int = 0
) -> None:
    """Each event on its service's topic, in the township's ledgers behind so many events."""
    for number, (event, recorded) in enumerate(read, after + 1):
        service = OWNER[event.kind]
        placed = replace(
            recorded,
            source=f"/{service}",
            division=division,
            sequence=number,
            stream_id=recorded.stream_id.replace(TOWNSHIP, division),
            event_id=recorded.event_id.replace(TOWNSHIP, division),
            data=recorded.data.replace(TOWNSHIP.encode(), division.encode()),
        )
        asyncio.run(send(kafka.bootstrap, topic_of(service), [placed]))


def words(run: Path, division: str) -> list[str]:
    days = ["--from", "2025-01-01", "--to", "2025-12-31", "--format", "json"]
    return ["warnings", "backtest", "--division", division, "--data", str(run), *days]


def back_test(run: Path, division: str, capsys: pytest.CaptureFixture[str]) -> Any:
    with pytest.raises(SystemExit) as ended:
        main.run(words(run, division))
    said = capsys.readouterr()
    assert ended.value.code == 0, said.err
    return json.loads(said.out)


def test_the_topics_are_read_from_their_beginning(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = back_test(run, OURS, capsys)
    assert (found["events"], found["events_judged"]) == (2, 2)
    assert [each["rule"] for each in found["warnings"]] == ["raised-after-answer"]
    assert {each[:9] for each in found["warnings"][0]["matters"]} == {OURS}


def test_a_county_is_read_with_all_its_townships(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = back_test(run, "519900", capsys)
    assert {each["matters"][0][:9] for each in found["warnings"]} >= {OURS, OTHERS}


def test_what_comes_while_the_topics_are_read_is_left_for_the_next_time(
    run: Path,
    kafka: KafkaForTests,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ends_were_read = AIOKafkaConsumer.end_offsets

    async def end_offsets(consumer: AIOKafkaConsumer, places: Any) -> Any:
        found = await ends_were_read(consumer, places)
        await asyncio.to_thread(publish, kafka, GROWING, answered_and_raised_again(), 2)
        return found

    with monkeypatch.context() as growing:
        growing.setattr(AIOKafkaConsumer, "end_offsets", end_offsets)
        assert back_test(run, GROWING, capsys)["events"] == 2
    assert back_test(run, GROWING, capsys)["events"] == 4


def test_a_message_that_is_no_event_is_counted_and_passed_over() -> None:
    history = _NoHistory()
    topics = topic_source._Topics("127.0.0.1:1", OURS, history, lambda _: None)
    topics._take([], b"[]")
    assert (topics._unreadable, history.read) == (1, 0)


def test_a_township_without_events_is_named(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.run(words(run, "519900499"))
    assert ended.value.code == 2
    assert "the topics have no event of 519900499" in capsys.readouterr().err


_STOPPED_IN_THE_MIDDLE = """
import asyncio, sys
from aiokafka import AIOKafkaConsumer
from cli.main import run
fetch = AIOKafkaConsumer.getmany
async def getmany(*places, **how):
    found = await fetch(*places, **how)
    if found:
        print("in the middle", flush=True)
        await asyncio.sleep(300)
    return found
AIOKafkaConsumer.getmany = getmany
run(sys.argv[1:])
"""


@pytest.fixture
def reading(run: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A back-test that has read something of the topics and not all, and its folder for files."""
    folder = run / "temporary"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", _STOPPED_IN_THE_MIDDLE, *words(run, OURS)],
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "in the middle\n"
        yield process, folder
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGINT, 130, "The back-test was stopped; nothing of it is kept.\n"),
        (signal.SIGTERM, -signal.SIGTERM, ""),
        (signal.SIGKILL, -signal.SIGKILL, ""),
    ],
)
def test_stopped_in_the_middle_it_leaves_no_file_behind(
    reading: tuple[subprocess.Popen[str], Path], number: int, code: int, said: str
) -> None:
    process, folder = reading
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (code, "", said)
    assert list(folder.iterdir()) == []


async def test_a_broker_that_falls_silent_is_named_and_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(topic_source, "_PATIENCE_MS", 2_000)
    topics = topic_source._Topics("127.0.0.1:1", OURS, _NoHistory(), lambda _: None)
    with pytest.raises(KafkaTimeoutError):
        await topics._read(cast("Any", _Silent()))


class _Silent:
    """Has a record, and never gives it."""

    def assign(self, places: Any) -> None:
        self.places = places

    async def seek_to_beginning(self, *places: Any) -> bool:
        return True

    async def end_offsets(self, places: Any) -> Any:
        return dict.fromkeys(places, 1)

    async def getmany(self, *places: Any, **how: Any) -> Any:
        return {}

    async def position(self, place: Any) -> int:
        return 0


class _NoHistory(History):
    """Counts alone."""

    def __init__(self) -> None:
        self.read = 0

    def add(self, line: Line) -> None:
        assert line.recorded_at < datetime.now(UTC)
        self.read += 1

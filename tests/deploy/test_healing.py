"""What the one-machine run mends by itself: a full disk below the logs, a log folder that is gone."""

import os
from pathlib import Path

import pytest
from kafka import KafkaAdminClient
from supervisor import loggers

from deploy.local import await_topics
from deploy.local.kafka import Kafka
from deploy.local.start_kafka import start_command
from deploy.local.supervise import LossyWhenFull
from shared.topics import TOPICS
from tests.parts import KafkaForTests


def test_a_full_disk_costs_log_lines_and_not_the_reading_of_an_output(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = loggers.getLogger()
    handler = LossyWhenFull("/dev/full", maxBytes=100)
    handler.setFormat("%(message)s")
    log.addHandler(handler)
    with Path("/dev/full").open("w", buffering=1) as said:
        monkeypatch.setattr("sys.stderr", said)
        for _ in range(20):
            log.info(b"a line that does not fit on the disk\n" * 500)
    handler.stream.close()


@pytest.mark.parts
@pytest.mark.slow
def test_a_log_folder_deleted_half_way_is_put_aside_and_formatted_anew(tmp_path: Path) -> None:
    broker = Kafka(tmp_path, 9192, 9193)
    assert broker.prepare()
    (broker.folder / "data" / "meta.properties").unlink()
    assert broker.prepare()
    assert broker.is_formatted()
    assert (broker.folder / "data.broken" / "bootstrap.checkpoint").exists()
    assert not broker.prepare()


@pytest.mark.parts
def test_a_broker_that_starts_with_nothing_is_given_its_topics(kafka: KafkaForTests) -> None:
    for _ in range(2):
        await_topics.main(kafka.bootstrap, str(kafka.broker.port), str(os.getpid()))
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    assert set(TOPICS) <= set(admin.list_topics())
    admin.close()


def test_its_starter_is_told_where_everything_is(tmp_path: Path) -> None:
    command = start_command(Kafka(tmp_path, 9192, 9193))
    assert command[1:] == ["-m", "deploy.local.start_kafka", str(tmp_path), "9192", "9193"]

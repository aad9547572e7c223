"""Kafka's jars are exactly the pinned ones, whatever the registry or a kill does."""

import hashlib
from pathlib import Path

import pytest

from deploy.local.jars import Pin, fetch_jars, read_pins
from deploy.local.refusals import JarDiffers, JarNotFetched


def a_pin(name: str) -> Pin:
    return Pin("org.example", name, "1.0", hashlib.sha256(name.encode()).hexdigest())


class Registry:
    """Gives each jar its own name as content, unless told otherwise."""

    def __init__(self, **contents: str) -> None:
        self.contents = contents
        self.asked: list[str] = []

    def fetch(self, pin: Pin, own: Path) -> Path:
        self.asked.append(pin.artifact)
        jar = own / "arrived.jar"
        jar.write_text(self.contents.get(pin.artifact, pin.artifact))
        return jar


PINS = [a_pin("broker"), a_pin("clients")]


def test_every_pinned_jar_arrives_and_progress_is_told(tmp_path: Path) -> None:
    progress: list[tuple[int, int]] = []
    fetch_jars(
        tmp_path, PINS, Registry().fetch, lambda done, total: progress.append((done, total))
    )
    assert {jar.name for jar in tmp_path.glob("*.jar")} == {"broker-1.0.jar", "clients-1.0.jar"}
    assert progress == [(0, 2), (1, 2), (2, 2)]


def test_a_second_time_nothing_is_fetched(tmp_path: Path) -> None:
    fetch_jars(tmp_path, PINS, Registry().fetch)
    again = Registry()
    fetch_jars(tmp_path, PINS, again.fetch)
    assert again.asked == []


def test_a_jar_that_differs_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(JarDiffers, match=r"clients-1\.0\.jar is not the jar"):
        fetch_jars(tmp_path, PINS, Registry(clients="something else").fetch)
    assert not (tmp_path / "clients-1.0.jar").exists()


def test_a_jar_changed_on_the_disk_is_fetched_again(tmp_path: Path) -> None:
    fetch_jars(tmp_path, PINS, Registry().fetch)
    (tmp_path / "broker-1.0.jar").write_text("half of i")
    again = Registry()
    fetch_jars(tmp_path, PINS, again.fetch)
    assert again.asked == ["broker"]
    assert (tmp_path / "broker-1.0.jar").read_text() == "broker"


def test_what_a_killed_fetch_left_is_swept_away(tmp_path: Path) -> None:
    half = tmp_path / "fetching-abc"
    half.mkdir()
    (half / "broker-1.0.jar").write_text("bro")
    fetch_jars(tmp_path, PINS, Registry().fetch)
    assert not half.exists()


def test_a_jar_of_another_version_leaves_the_class_path(tmp_path: Path) -> None:
    (tmp_path / "broker-0.9.jar").write_text("old")
    fetch_jars(tmp_path, PINS, Registry().fetch)
    assert not (tmp_path / "broker-0.9.jar").exists()


def test_what_arrived_before_a_failure_is_kept(tmp_path: Path) -> None:
    def only_the_broker(pin: Pin, own: Path) -> Path:
        if pin.artifact == "clients":
            raise JarNotFetched(pin.file_name, "no network")
        return Registry().fetch(pin, own)

    with pytest.raises(JarNotFetched, match="check the network"):
        fetch_jars(tmp_path, PINS, only_the_broker)
    fetch_jars(tmp_path, PINS, (healed := Registry()).fetch)
    assert "clients" in healed.asked


def test_the_pins_are_one_whole_kafka() -> None:
    versions = {pin.artifact: pin.version for pin in read_pins()}
    kafkas = {v for a, v in versions.items() if a.startswith("kafka")}
    assert kafkas == {"4.3.0"}, "another coordinate has pulled Kafka's own clients back"
    assert {"kafka-clients", "kafka_2.13", "kafka-raft", "log4j-core"} <= versions.keys()


def test_no_pin_stands_twice_and_every_digest_is_whole() -> None:
    pins = read_pins()
    assert len({(pin.group, pin.artifact) for pin in pins}) == len(pins) == 46
    assert all(len(bytes.fromhex(pin.sha256)) == 32 for pin in pins)

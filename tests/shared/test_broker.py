"""What Kafka's administration tells of a topic, whenever the topic goes."""

import time

import pytest
from kafka.admin import KafkaAdminClient

from shared.broker import Broker, BrokerAway
from shared.topics import PARTITIONS
from tests.parts import KafkaForTests

pytestmark = pytest.mark.parts


async def test_a_topic_is_told_by_its_id_and_the_ends_of_its_partitions(
    kafka: KafkaForTests,
) -> None:
    topic = kafka.fresh_topic()
    async with Broker(kafka.bootstrap) as broker:
        found = await broker.topic(topic)
        assert found.id == await broker.topic_id(topic)
        assert found.ends == dict.fromkeys(range(PARTITIONS), 0)


async def test_a_topic_that_never_was_is_no_topic_without_partitions(kafka: KafkaForTests) -> None:
    async with Broker(kafka.bootstrap) as broker:
        with pytest.raises(BrokerAway):
            await broker.topic("test.never")


async def test_a_topic_that_goes_while_it_is_described_is_no_topic_without_partitions(
    kafka: KafkaForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = kafka.fresh_topic()
    describe = KafkaAdminClient.describe_topics

    def described_and_gone(admin: KafkaAdminClient, names: list[str]) -> object:
        found = describe(admin, names)
        admin.delete_topics(names, raise_errors=False)
        while not describe(admin, names)[0]["error_code"]:
            time.sleep(0.02)
        return found

    monkeypatch.setattr(KafkaAdminClient, "describe_topics", described_and_gone)
    async with Broker(kafka.bootstrap) as broker:
        with pytest.raises(BrokerAway):
            await broker.topic(topic)

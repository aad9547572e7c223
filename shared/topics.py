"""The Kafka topics: one per service, each with a topic for its dead letters."""

from shared.services import SERVICES, service_called

PARTITIONS = 12
"""Fixed for good: the partition of a division's ledger follows from its code and this number."""

LARGEST_MESSAGE_BYTES = 2 << 20
"""What the broker takes, and the relay sends, at most; with its keys and headers."""

LARGEST_EVENT_BYTES = 1 << 20
"""The data of an event: a larger one would never be published, so it is not recorded either."""


def topic_of(service: str) -> str:
    """The topic on which the service publishes; KeyError for a name that is no service's."""
    return service_called(service).topic


def dead_letters_of(topic: str) -> str:
    """Where a consumer puts what it cannot read."""
    return f"{topic}.dead"


TOPICS = tuple(
    topic for service in SERVICES for topic in (service.topic, dead_letters_of(service.topic))
)

TOPIC_SETTINGS = {
    "retention.ms": "-1",
    "retention.bytes": "-1",
    "max.message.bytes": str(LARGEST_MESSAGE_BYTES),
    "message.timestamp.after.max.ms": str(2**63 - 1),
}
"""Nothing expires: a consumer can always read a ledger again from its first event.

A message may be as large as the relay sends them, and from as far ahead of the broker's clock as
a ledger's time may be after a wrong clock was set right: one that the broker refused would hold
up its ledger for good.
"""

"""The Kafka topics: one per service, each with a topic for its dead letters."""

from shared.services import SERVICES, service_called

PARTITIONS = 12
"""Never changes: the partition of a division's ledger depends on this number."""

LARGEST_MESSAGE_BYTES = 2 << 20
"""The largest message that the broker accepts and the relay sends, with key and headers."""

LARGEST_EVENT_BYTES = 1 << 20
"""The largest data of an event; larger ones could not be published and are not recorded."""


def topic_of(service: str) -> str:
    """The topic on which the service publishes; KeyError for a name that is no service's."""
    return service_called(service).topic


def dead_letters_of(topic: str) -> str:
    """The topic of a topic's dead letters."""
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

The broker accepts messages of any size that the relay sends, and timestamps ahead of its clock, as
after a wrong clock was corrected: a message that it refused would block its ledger for good.
"""

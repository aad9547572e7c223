"""Makes the topics.

kafka-python is imported when it is used: that takes longer than most commands do otherwise.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafka import KafkaAdminClient

from shared.topics import PARTITIONS, TOPIC_SETTINGS

_PATIENCE_MS = 10_000


def make_topics(bootstrap: str, names: Iterable[str], *, replicas: int = 1) -> list[str]:
    """Makes those that are missing, with our partitions and no end of retention; tells which."""
    admin = admin_client(bootstrap)
    try:
        missing = [name for name in names if name not in set(admin.list_topics())]
        if missing:
            _create(admin, missing, replicas)
        return missing
    finally:
        admin.close()


def _create(admin: "KafkaAdminClient", missing: list[str], replicas: int) -> None:
    """Somebody else may make them at the same moment: a start and a restart both do."""
    from kafka.errors import NoError, TopicAlreadyExistsError, for_code

    answer = admin.create_topics(dict.fromkeys(missing, _shape(replicas)), raise_errors=False)
    for topic in answer["topics"]:
        if topic["error_code"] not in {NoError.errno, TopicAlreadyExistsError.errno}:
            raise for_code(topic["error_code"])(topic["error_message"])
    admin.wait_for_topics(missing)


def _shape(replicas: int) -> Mapping[str, object]:
    """Two copies of three suffice for an acknowledgement, so that one broker may be away."""
    settings = TOPIC_SETTINGS | ({"min.insync.replicas": "2"} if replicas > 2 else {})
    return {"num_partitions": PARTITIONS, "replication_factor": replicas, "configs": settings}


def admin_client(bootstrap: str) -> "KafkaAdminClient":
    """A client; raises KafkaError where no broker answers in ten seconds."""
    from kafka import KafkaAdminClient

    return KafkaAdminClient(
        bootstrap_servers=bootstrap,
        request_timeout_ms=_PATIENCE_MS,
        # its own patience is half a minute, spent in ever longer pauses, with a broker that came
        # or went between our knock and its question; whoever waits here asks again anyway
        bootstrap_timeout_ms=_PATIENCE_MS,
        reconnect_backoff_max_ms=500,
    )

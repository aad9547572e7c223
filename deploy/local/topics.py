"""Makes the topics, and tells whether the broker answers.

kafka-python is imported when it is used: that takes longer than most commands do otherwise.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafka import KafkaAdminClient

from deploy.local.ports import answers
from shared.topics import PARTITIONS, TOPIC_SETTINGS

_PATIENCE_MS = 10_000


def broker_is_ready(port: int, bootstrap: str) -> bool:
    """Whether the broker serves metadata.

    The port is tried first: against a closed one the client alone backs off for seconds.
    """
    if not answers(port):
        return False
    from kafka.errors import KafkaError

    try:
        admin = _admin(bootstrap)
    except (KafkaError, OSError):
        return False
    try:
        return bool(admin.describe_cluster()["brokers"])
    except (KafkaError, OSError):
        return False
    finally:
        admin.close()


def make_topics(bootstrap: str, names: Iterable[str]) -> list[str]:
    """Makes those that are missing, with our partitions and no end of retention; tells which."""
    admin = _admin(bootstrap)
    try:
        missing = [name for name in names if name not in set(admin.list_topics())]
        if missing:
            _create(admin, missing)
        return missing
    finally:
        admin.close()


def _create(admin: "KafkaAdminClient", missing: list[str]) -> None:
    """Somebody else may make them at the same moment: a start and a restart both do."""
    from kafka.errors import NoError, TopicAlreadyExistsError, for_code

    answer = admin.create_topics(dict.fromkeys(missing, _SHAPE), raise_errors=False)
    for topic in answer["topics"]:
        if topic["error_code"] not in {NoError.errno, TopicAlreadyExistsError.errno}:
            raise for_code(topic["error_code"])(topic["error_message"])
    admin.wait_for_topics(missing)


_SHAPE = {"num_partitions": PARTITIONS, "replication_factor": 1, "configs": TOPIC_SETTINGS}


def _admin(bootstrap: str) -> "KafkaAdminClient":
    from kafka import KafkaAdminClient

    return KafkaAdminClient(
        bootstrap_servers=bootstrap,
        request_timeout_ms=_PATIENCE_MS,
        # its own patience is half a minute, spent in ever longer pauses, with a broker that came
        # or went between our knock and its question; whoever waits here asks again anyway
        bootstrap_timeout_ms=_PATIENCE_MS,
        reconnect_backoff_max_ms=500,
    )

"""Whether the broker of a run answers."""

from deploy.kafka.topics import admin_client
from deploy.local.ports import answers


def broker_is_ready(port: int, bootstrap: str) -> bool:
    """Whether the broker serves metadata.

    The port is tried first: against a closed one the client alone backs off for seconds.
    """
    if not answers(port):
        return False
    from kafka.errors import KafkaError

    try:
        admin = admin_client(bootstrap)
    except (KafkaError, OSError):
        return False
    try:
        return bool(admin.describe_cluster()["brokers"])
    except (KafkaError, OSError):
        return False
    finally:
        admin.close()

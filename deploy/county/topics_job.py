"""Makes the topics that are missing and ends: `python -m deploy.county.topics_job`.

Services start after it: a follower that subscribes to a topic that is not there waits for the next
refresh, and a broker that made it by itself would give it other partitions.
"""

import sys

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.kafka.topics import make_topics
from shared.logs import LogFormat, set_up_logs
from shared.settings import read_settings
from shared.topics import TOPICS


class TopicSettings(BaseSettings):
    """`TOPICS_KAFKA_BOOTSTRAP` and `TOPICS_REPLICAS`."""

    model_config = SettingsConfigDict(env_prefix="TOPICS_", frozen=True, extra="ignore")

    kafka_bootstrap: str
    replicas: int = Field(default=1, ge=1, le=9)
    """Brokers that hold each partition; three where there are three brokers."""
    log_format: LogFormat = "json"


def main() -> None:
    """Exit code 1 where no broker answers."""
    settings = read_settings(TopicSettings)
    set_up_logs(settings.log_format, service="topics")
    from kafka.errors import KafkaError

    try:
        made = make_topics(settings.kafka_bootstrap, TOPICS, replicas=settings.replicas)
    except (KafkaError, OSError) as fault:
        sys.exit(f"The topics were not made: {settings.kafka_bootstrap} says {fault!r}.")
    print(f"{len(made)} topics made: {', '.join(made)}" if made else "Every topic is there.")


if __name__ == "__main__":
    main()

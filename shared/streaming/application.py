"""The Faust application of a worker, with settings chosen for how Faust really behaves."""

from typing import Any

from shared.streaming.quiet_faust import QuietApp, QuietMonitor
from shared.streaming.settings import WorkerSettings
from shared.streaming.transport import ChunkTransport

_BUFFERED_CHUNKS = 6
_FETCHED_RECORDS = 2000
"""Together they bound the memory of a worker that is behind: a message takes 3 kB there."""


def new_application(settings: WorkerSettings) -> Any:
    """An app that consumes in the service's group and keeps no state of its own.

    - a rebalance does not wait for the stream to empty: chunks in flight may safely come twice
    - no leader topic, no tables, no web server: groups, flow control and commits are all it does
    - metadata is refreshed every few seconds: with Faust's 300 s a topic that is created again
      leaves the worker without partitions, alive and silent
    """
    app = QuietApp(
        settings.group,
        broker=[f"kafka://{server}" for server in settings.bootstrap.split(",")],
        store="memory://",
        web_enabled=False,
        topic_disable_leader=True,
        topic_allow_declare=False,
        stream_wait_empty=False,
        stream_buffer_maxsize=_BUFFERED_CHUNKS,
        broker_max_poll_records=_FETCHED_RECORDS,
        broker_session_timeout=settings.session_timeout,
        broker_heartbeat_interval=settings.session_timeout / 4,
        broker_max_poll_interval=120.0,
        broker_commit_interval=settings.commit_interval,
        consumer_auto_offset_reset="earliest",
        consumer_metadata_max_age_ms=int(settings.metadata_age * 1000),
        Monitor=QuietMonitor,
    )
    app.transport = ChunkTransport(app.conf.broker_consumer, app)
    return app

"""Settings of a worker, given by the entry point that starts it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """Times in seconds; the defaults suit a county, tests use shorter ones."""

    service: str
    county: str
    bootstrap: str
    host: str = "127.0.0.1"
    port: int
    listen_fd: int | None = None
    session_timeout: float = 10.0
    metadata_age: float = 4.0
    commit_interval: float = 2.0
    look_interval: float = 5.0
    stuck_after: float = 30.0
    unassigned_after: float = 30.0

    @property
    def group(self) -> str:
        """The consumer group, the same for all workers of the service."""
        return f"concord.{self.service}"

"""What a worker is told by the door that starts it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """Times are seconds; the defaults are right for a county, tests are less patient."""

    service: str
    county: str
    bootstrap: str
    host: str = "127.0.0.1"
    port: int
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

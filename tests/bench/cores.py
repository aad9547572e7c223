"""What processes cost the cores: it says more than the clock where others use them too."""

import psutil


class Cores:
    """Seconds of processor time since it was made, of processes and of those that they started."""

    def __init__(self, **pids: int) -> None:
        self._pids = pids
        self._before = self._now()

    def seconds(self) -> dict[str, float]:
        """By the names that the processes were given."""
        return {name: now - self._before[name] for name, now in self._now().items()}

    def micros_each(self, events: int) -> dict[str, float]:
        """Microseconds an event, by the names that the processes were given."""
        return {f"{name}_us": spent / events * 1e6 for name, spent in self.seconds().items()}

    def _now(self) -> dict[str, float]:
        return {name: _spent(psutil.Process(pid)) for name, pid in self._pids.items()}


def _spent(process: psutil.Process) -> float:
    own = process.cpu_times()
    alive = [child.cpu_times() for child in process.children(recursive=True)]
    return float(
        sum(part.user + part.system for part in (own, *alive))
        + own.children_user
        + own.children_system
    )

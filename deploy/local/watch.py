"""Watches a running system and says, one sentence each, what happens to its processes."""

from collections.abc import Iterator

from deploy.local.supervision import ProcessState, Supervisor

_SAYINGS = {
    "BACKOFF": "{name} ended and is being started again; `concord logs {name}` shows why.",
    "FATAL": (
        "{name} failed too often and was given up; `concord logs {name}` shows why, "
        "and `concord down` and `up` try again."
    ),
}


class Watch:
    """Compares what the supervisor says now with what it said before."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor
        self._before: dict[str, ProcessState] = {}

    def look(self) -> Iterator[str]:
        """What happened since the last look; NotRunning when the supervisor is gone."""
        states = {state.name: state for state in self._supervisor.states()}
        for name, state in states.items():
            if saying := _saying(self._before.get(name), state):
                yield saying.format(name=name)
        self._before = states


def _saying(before: ProcessState | None, now: ProcessState) -> str | None:
    if before is None or (before.state == now.state and before.pid == now.pid):
        return None
    if now.state in _SAYINGS and now.state != before.state:
        return _SAYINGS[now.state]
    if before.pid and now.pid and before.pid != now.pid:
        return "{name} ended and was started again; `concord logs {name}` shows why."
    return None

"""Which tests stay on one worker, and in what order they are handed out."""

from xdist.scheduler import LoadScopeScheduling

_WHOLE = ("tests/attack/", "tests/flow/")
"""Folders whose tests share one running system."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # ships no types
    """A file's tests stay together, and all of those that share the running system."""

    def _split_scope(self, nodeid: str) -> str:
        return "whole" if nodeid.startswith(_WHOLE) else nodeid.partition("::")[0]

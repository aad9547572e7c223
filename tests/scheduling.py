"""Which tests stay on one worker, and in what order they are handed out."""

from xdist.scheduler import LoadScopeScheduling

_SHARING = ("tests/attack/", "tests/flow/")
"""Folders whose tests share one running system; each folder starts one of its own."""
_ON_THEIR_OWN = ("tests/attack/test_ports_of_others.py",)
"""Files in them whose tests do not use it."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # ships no types
    """A file's tests stay together, and all of those that share a running system."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    """Tests of one scope run on one worker, one after the other."""
    file = nodeid.partition("::")[0]
    if file in _ON_THEIR_OWN:
        return file
    return next((folder for folder in _SHARING if file.startswith(folder)), file)

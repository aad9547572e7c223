"""The environment of a run's processes: what programs need, and nothing of the operator's.

Tokens, passwords and settings of other programs in the operator's shell are not ours to keep in
the memory of processes that run for weeks. A PG* variable would also turn a client elsewhere.
"""

import os
from collections.abc import Mapping

_KEPT = ("PATH", "HOME", "TMPDIR", "TZ", "JAVA_HOME", "LD_LIBRARY_PATH")
_GIVEN = {"LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}


def bare_environment(**more: str) -> dict[str, str]:
    """For a child of this process; `more` is its own."""
    return {**kept_from(os.environ), **_GIVEN, **more}


def kept_from(environment: Mapping[str, str]) -> dict[str, str]:
    """What a process of a run may take over."""
    return {name: environment[name] for name in _KEPT if name in environment}

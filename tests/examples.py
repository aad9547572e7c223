"""How many examples the tests make up: few for `make check`, many for `make test-all`."""

import os
from typing import Any

from hypothesis import settings

_EXTENT = os.environ.get("CONCORD_TESTS", "usual")
THOROUGH = _EXTENT == "thorough"
"""Set by `make test-all`."""
_PROFILES: dict[str, dict[str, Any]] = {
    "brief": {"max_examples": 10},
    "usual": {"max_examples": 100},
    "thorough": {"max_examples": 1_000, "deadline": None},
}


def load_profile() -> None:
    """Choose Hypothesis' profile; a test that states its own number of examples keeps it."""
    for extent, values in _PROFILES.items():
        settings.register_profile(extent, **values)
    settings.load_profile(_EXTENT)

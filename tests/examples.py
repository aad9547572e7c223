"""How many examples the tests make up: few for `make test`, many for `make test-all`."""

import os

from hypothesis import settings

THOROUGH = os.environ.get("CONCORD_TESTS") == "thorough"
"""Set by `make test-all`."""


def load_profile() -> None:
    """Choose Hypothesis' profile; a test that states its own number of examples keeps it."""
    settings.register_profile("fast", max_examples=100)
    settings.register_profile("thorough", max_examples=1_000, deadline=None)
    settings.load_profile("thorough" if THOROUGH else "fast")

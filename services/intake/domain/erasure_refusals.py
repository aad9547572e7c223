"""Refusals of the erasure of a petitioner."""

from shared.refusals import Refusal


class PersonHasAnOpenCase(Refusal):
    """A case of the person goes on: it cannot be answered without knowing whose it is."""

    title = "A case of the person goes on"

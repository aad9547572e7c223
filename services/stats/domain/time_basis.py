"""Which days things are counted by."""

from enum import StrEnum


class TimeBasis(StrEnum):
    """The days on which things happened, or those on which they were recorded."""

    OCCURRED = "occurred"
    RECORDED = "recorded"

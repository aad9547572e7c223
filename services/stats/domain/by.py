"""By which days things are counted."""

from enum import StrEnum


class By(StrEnum):
    """The days on which things happened, or those on which the ledger was told of them."""

    OCCURRED = "occurred"
    RECORDED = "recorded"

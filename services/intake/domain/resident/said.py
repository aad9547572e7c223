"""A sentence for a petitioner, in Chinese and English."""

from typing import NamedTuple


class Said(NamedTuple):
    """The same in both languages."""

    zh: str
    en: str

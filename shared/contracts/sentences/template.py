"""The template of a sentence, in both languages."""

from typing import NamedTuple


class Sentence(NamedTuple):
    """A predicate: what a post did."""

    zh: str
    en: str

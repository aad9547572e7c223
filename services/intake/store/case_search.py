"""What somebody types to find a case: its number, the code of a village, words of a category."""

import unicodedata
from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints

from shared.contracts.case_codes import Category
from shared.divisions import TOWNSHIP

SearchText = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]


def searched(text: str) -> Mapping[str, object]:
    """By the name of a condition of the board, its value."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.isascii() and plain[:1].isdigit():
        if plain.isdigit() and len(plain) >= TOWNSHIP:
            return {"q_place": plain}
        return {"q_number": plain.upper()}
    return {"q_categories": ",".join(_categories(plain.lower()))}


def _categories(words: str) -> list[str]:
    """The categories whose Chinese or English name has all the words."""
    return [
        each.value
        for each in Category
        if all(word in each.label or word in _english(each) for word in words.split())
    ]


def _english(category: Category) -> str:
    return category.value.replace("-", " ")

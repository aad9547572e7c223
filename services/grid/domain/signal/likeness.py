"""How much of two texts is the same: pairs of neighbouring characters that both have.

Chinese has no blanks between words, and two people who tell of one thing tell it in another order.
So pairs are counted wherever they stand: twice those in common, of all pairs. `difflib` of the
standard library counts them (`quick_ratio`, in linear time); its exact `ratio` asks for the same
order and takes quadratic time.
"""

from difflib import SequenceMatcher

_LONGEST = 1_000
"""Of a longer text its beginning is compared, so that nobody's text makes a request slow."""


class ComparedText:
    """A text with which others are compared."""

    def __init__(self, text: str) -> None:
        self._pairs = SequenceMatcher[str](None, autojunk=False)
        self._pairs.set_seq2(_pairs_of(text))

    def percent(self, other: str) -> int:
        """From 0, nothing in common, to 100."""
        pairs = _pairs_of(other)
        if not pairs:
            return 0
        self._pairs.set_seq1(pairs)
        return int(self._pairs.quick_ratio() * 100)


def _pairs_of(text: str) -> list[str]:
    said = "".join(filter(str.isalnum, text[:_LONGEST].casefold()))
    return [said[place : place + 2] for place in range(len(said) - 1)]

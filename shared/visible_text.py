"""Whether a text says anything: blanks and characters that print nothing do not count."""

import re
import unicodedata

_VISIBLE = re.compile(
    "\x1f|[^\\s\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
"""Neither a blank nor one that is removed; of the blanks only U+001F is printed, as its code."""


def is_blank(text: str) -> bool:
    """Whether the text has no visible character."""
    return _VISIBLE.search(text) is None


_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and patterns that are blank by design."""


def says_nothing(text: str) -> bool:
    """Whether a reader sees nothing: blanks, controls, format characters and fillers alone."""
    return is_blank("".join(each for each in text if not _is_unseen(each)))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"} or character in _FILLERS

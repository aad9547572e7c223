"""Whether a text says anything: blanks and characters that print nothing do not count."""

import re

_VISIBLE = re.compile(
    "\x1f|[^\\s\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
"""Neither a blank nor one that is removed; of the blanks only U+001F is printed, as its code."""


def is_blank(text: str) -> bool:
    """Whether the text has no visible character."""
    return _VISIBLE.search(text) is None

"""Makes given text safe to print: no markup, no invisible characters.

Invisible characters without meaning on paper (a zero-width space, a byte order mark) are removed.
Invisible characters that change how the rest is read (control characters, changes of the writing
direction) are printed as their code, such as 〔U+202E〕, and so are characters without a glyph.
"""

import re
from collections.abc import Container
from itertools import groupby

UNSEEN = re.compile(
    "[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
DECEPTIVE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e00ff"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]+"
)
_LONG_RUN = re.compile("[!-~\u00a1-\u2fff]{13,}")
"""Longer than a telephone number, and without a place at which a line could end."""
_FOURS = re.compile(".{1,4}")
BREAK_HERE = "\u200b"


def plain(text: str) -> str:
    """The text with line feeds for line ends, spaces for tabs, and no deceptive characters."""
    visible = UNSEEN.sub("", LINE_ENDS.sub("\n", text)).replace("\t", " ")
    return DECEPTIVE.sub(lambda run: _codes(run[0]), visible)


def lines_of(text: str) -> list[str]:
    """The lines that are not blank, stripped."""
    return [line for line in map(str.strip, plain(text).split("\n")) if line]


def one_line(text: str | None) -> str | None:
    """The visible text on one line; None if there is none."""
    return " ".join(lines_of(text)) or None if text else None


def printable(text: str, glyphs: Container[int]) -> str:
    """The text with characters that have no glyph replaced by their codes."""
    if text.isascii():
        return text
    missing = frozenset(missing_from(text, glyphs))
    if not missing:
        return text
    # not a pattern of these characters: that looks through all of them at every place
    runs = groupby(text, key=missing.__contains__)
    return "".join(_codes("".join(run)) if lacking else "".join(run) for lacking, run in runs)


def missing_from(text: str, glyphs: Container[int]) -> list[str]:
    """The characters without a glyph, each once, in order of appearance."""
    return [char for char in dict.fromkeys(text) if ord(char) not in glyphs and char != "\n"]


def breakable(text: str) -> str:
    """Allow a line break after every fourth character of long runs without a space, as in URLs.

    Not after every character: Typst would search for a minute in a text of 20,000 opening brackets,
    which may not end a line.
    """
    return _LONG_RUN.sub(lambda run: BREAK_HERE.join(_FOURS.findall(run[0])), text)


def _codes(run: str) -> str:
    return f"〔{' '.join(f'U+{ord(char):04X}' for char in run)}〕"

"""The log of openings: who was shown the private content of which record, for what, and when.

    GET that decrypts ─► a line of `opening`, chained to the one before ─► the day's seal names the last

A line is written before the content is shown; where it cannot be written, nothing is shown. It is
a row and not an event: an event would tell every subscriber who is looked up, and how often.
`opening` is a line and its hash, `log` writes and reads lines, `chain` recomputes it.
"""

from shared.openings.log import Opener, note_openings, openings_of
from shared.openings.opening import NOTHING_BEFORE, Opening, OpeningsHead

__all__ = [
    "NOTHING_BEFORE",
    "Opener",
    "Opening",
    "OpeningsHead",
    "note_openings",
    "openings_of",
]

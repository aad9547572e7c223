"""How large a document may be: far above any work summary, far below what hurts."""

MOST_CHARACTERS = 1_000_000
MOST_TEXT_BYTES = 4 * 2**20
MOST_FILE_BYTES = 64 * 2**20
MOST_EXPANDED_BYTES = 32 * 2**20
MOST_PAGES = 1000

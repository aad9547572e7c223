"""What an attachment may cost."""

LARGEST = 10 * 2**20
"""Bytes of one attachment, as it comes and as it is kept."""
MOST_OF_RECORD = 100
MOST_OF_ACTOR_A_DAY = 300
"""Uploads of one post in a division within 24 hours, named by an event or not."""
MOST_AT_ONCE = 8
"""Uploads under way in a process; each holds at most twice the largest attachment in memory."""
MOST_AT_ONCE_OF_ACTOR = 2
KEPT_UNNAMED_HOURS = 24
"""How long an upload waits for the event that names it."""

SILENT_SECONDS = 15.0
"""A body that brings nothing for so long is given up."""
GRACE_SECONDS = 30.0
LEAST_BYTES_A_SECOND = 32 * 2**10
"""After the grace, a body comes at least this fast on average: the largest takes 350 s at most."""

MOST_PIXELS = 52_000_000
"""Telephones take 50 megapixels; a pixel is four bytes while it is decoded."""
MOST_UNPACKED = 200 * 2**20
"""Bytes of all parts of a document or workbook together."""
MOST_PARTS = 5_000
CHILD_MEMORY = 3 * 2**29
CHILD_CPU_SECONDS = 20
CHILD_WALL_SECONDS = 60.0
CHILDREN = 2
"""Cleaning processes of a service at a time."""

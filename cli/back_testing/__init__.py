"""Back-tests of the rules of early warnings: reads a history, walks it, counts what was found.

export or topics ─► history in the order of time ─► walk ─► findings ─► counts, list

Everything but some caches is in one temporary SQLite file, so that memory does not grow with the history.
"""

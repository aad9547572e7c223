"""The fault of a place to which seals are copied."""


class NotCopied(Exception):
    """Seals could not be copied; they are copied when the place is there again."""

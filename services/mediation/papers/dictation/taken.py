"""Which places of a text a rule has taken already: an earlier rule goes before a later one."""


class Taken:
    """Marks places, in time of the words marked and not of all that were marked before."""

    def __init__(self, text: str) -> None:
        self._marks = bytearray(len(text))

    def take(self, start: int, end: int) -> bool:
        """Mark these places, unless one of them is taken; whether they were free."""
        if any(self._marks[start:end]):
            return False
        self._marks[start:end] = b"\x01" * (end - start)
        return True

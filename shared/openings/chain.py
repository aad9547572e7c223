"""Recomputes the chain of a division's openings, and compares it with what seals name."""

from collections.abc import Iterator, Mapping

from shared.openings.opening import NOTHING_BEFORE, Opening


class OpeningsChain:
    """Takes the lines from the first on; `findings` names those that do not follow."""

    def __init__(self, sealed: Mapping[int, bytes]) -> None:
        """`sealed` is the hash of each line that a seal names, by the line's number."""
        self._sealed = dict(sealed)
        self._previous, self._last = NOTHING_BEFORE, 0
        self._findings = list[str]()

    def take(self, line: Opening) -> None:
        """Add the next line."""
        in_order = line.sequence == self._last + 1 and line.previous_hash == self._previous
        if not (in_order and line.follows):
            self._findings.append(f"opening {line.sequence} does not follow the one before it")
        if self._sealed.pop(line.sequence, line.hash) != line.hash:
            self._findings.append(f"opening {line.sequence} is not the one that was sealed")
        self._previous, self._last = line.hash, line.sequence

    def findings(self) -> Iterator[str]:
        """What is wrong, and which sealed lines are missing."""
        yield from self._findings
        for sequence in sorted(self._sealed):
            yield f"opening {sequence} was sealed and is missing"

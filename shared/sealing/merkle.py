"""Merkle trees as RFC 6962 defines them: roots, inclusion of one leaf, consistency of two trees.

A proof is a path of roots of subtrees. The subtrees depend only on index and size, so a proof is
made in two steps: `inclusion_ranges` or `consistency_ranges` names them, and `Subtrees` computes
their roots in one pass over the leaves.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

EMPTY = sha256().digest()
"""The root of a tree without leaves."""

Range = tuple[int, int]
"""Half-open range of leaf indexes, from 0."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf's node."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two others."""
    return sha256(b"\x01" + left + right).digest()


class GrowingTree:
    """A tree to which leaves are appended; stores one hash per bit of its size."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        """Add a leaf at the right."""
        node, size = leaf_hash(leaf), self.size
        while size & 1:
            node = node_hash(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self._peaks:
            return EMPTY
        *lefts, node = self._peaks
        for left in reversed(lefts):
            node = node_hash(left, node)
        return node


class Subtrees:
    """Computes the roots of disjoint ranges in one pass over the leaves."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = ranges
        self._trees = {wanted: GrowingTree() for wanted in sorted(ranges)}
        self._left = iter(list(self._trees))
        self._current = next(self._left, None)
        self._place = 0

    def take(self, leaf: bytes) -> None:
        """Take the next leaf of the whole tree."""
        while self._current is not None and self._place >= self._current[1]:
            self._current = next(self._left, None)
        if self._current is not None and self._place >= self._current[0]:
            self._trees[self._current].append(leaf)
        self._place += 1

    def path(self) -> list[bytes]:
        """The roots, in the order in which the ranges were given."""
        return [self._trees[wanted].root() for wanted in self._ranges]


def _split(size: int) -> int:
    """The largest power of two that is smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The subtrees whose roots lead from leaf `index` (from 0) to the root of a tree."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    return list(_inclusion(index, 0, size))


def _inclusion(index: int, start: int, end: int) -> Iterator[Range]:
    if end - start == 1:
        return
    middle = start + _split(end - start)
    if index < middle:
        yield from _inclusion(index, start, middle)
        yield middle, end
    else:
        yield from _inclusion(index, middle, end)
        yield start, middle


def consistency_ranges(first: int, second: int) -> list[Range]:
    """The subtrees whose roots prove that a tree of `second` leaves begins with the first tree."""
    if not 0 < first <= second:
        raise ValueError("the earlier tree is not within the later one")
    return list(_consistency(first, 0, second, is_whole=True))


def _consistency(first: int, start: int, end: int, *, is_whole: bool) -> Iterator[Range]:
    if first == end:
        if not is_whole:
            yield start, end
        return
    middle = start + _split(end - start)
    if first <= middle:
        yield from _consistency(first, start, middle, is_whole=is_whole)
        yield middle, end
    else:
        yield from _consistency(first, middle, end, is_whole=False)
        yield start, middle


def path_of(leaves: Iterable[bytes], ranges: Sequence[Range]) -> list[bytes]:
    """The roots of these ranges: the path of the proof."""
    subtrees = Subtrees(ranges)
    for leaf in leaves:
        subtrees.take(leaf)
    return subtrees.path()


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves that the leaf is at that index of the tree with that root."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf_hash(leaf)
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(step, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(
    *, first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the path proves that the second tree begins with the first."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    # a tree of a power of two is itself the first subtree, and no part of the path
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    return bool(steps) and _climb(first - 1, second - 1, steps) == (first_root, second_root)


def _climb(place: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots computed from the path, starting at the subtree that both trees share."""
    while place & 1:
        place, last = place >> 1, last >> 1
    earlier = later = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            earlier, later = node_hash(step, earlier), node_hash(step, later)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            later = node_hash(later, step)
        place, last = place >> 1, last >> 1
    return (earlier, later) if last == 0 else None

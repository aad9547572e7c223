"""Quantiles of whole numbers, by counting."""

from collections.abc import Mapping


def quantile(counts: Mapping[int, int], percent: int) -> int | None:
    """The least value that so many percent of all do not exceed (nearest rank); None of nothing."""
    total, so_far = sum(counts.values()), 0
    for value in sorted(counts):
        so_far += counts[value]
        if counts[value] and 100 * so_far >= percent * total:
            return value
    return None

"""Thresholds that figures depend on: versioned data, counted into the rollups.

A change is a new version, new versions of the measures that read it, and a rebuild.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPolicy:
    """The thresholds of one jurisdiction; `placeholders` names those that no source confirms."""

    version: str
    acceptance_days: int
    """Days after receipt by whose end a case has to be accepted, and the petitioner told [条例 22, 23]."""
    answer_days: tuple[int, int, int]
    """The spans within which answers to a register's messages are counted."""
    group_visit_headcount: int
    """A visit of this many people or more is a group visit (集体访)."""
    first_time_window_days: int
    """A first case counts as settled at once when no repeat follows within this many days."""
    resolution_days: int
    """A case counts as resolved soon when it is within this many days after its acceptance."""
    minimum_sample: int
    """Of fewer matters than this counts are given, and no rate."""
    placeholders: frozenset[str]


POLICY = FiguresPolicy(
    version="national-2022.2",
    acceptance_days=15,
    answer_days=(15, 30, 60),
    group_visit_headcount=5,
    first_time_window_days=90,
    resolution_days=90,
    minimum_sample=5,
    placeholders=frozenset(
        {
            "group_visit_headcount",
            "first_time_window_days",
            "resolution_days",
            "minimum_sample",
        }
    ),
)

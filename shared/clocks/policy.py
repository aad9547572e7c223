"""A policy: the clocks of one jurisdiction as of one version, with the sources they cite."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shared.clocks.citation import Citation, Law, cite_all
from shared.clocks.clock import Clock, Name
from shared.clocks.clock_refusals import UnknownClock
from shared.clocks.policy_head import Counting


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Policy:
    """One policy file merged with its base; there is one object for each version."""

    version: str
    jurisdiction: str
    name: Name
    base: str | None
    effective_from: date
    effective_to: date | None
    unverified: tuple[str, ...]
    note: Name | None
    counting: Counting
    laws: Mapping[str, Law]
    facts: Mapping[str, Name]
    versions: Mapping[str, tuple[Clock, ...]]
    """By clock id, the earliest first: a clock may change within a policy."""

    def clock(self, clock_id: str, on: date) -> Clock:
        """The clock in force on that day, else its nearest version; raises UnknownClock.

        The id is not case-sensitive.
        """
        versions = self.versions.get(clock_id) or self._versions_of(clock_id)
        if len(versions) == 1:
            return versions[0]
        begun = [clock for clock in versions if self.begins(clock) <= on]
        return begun[-1] if begun else versions[0]

    def clocks(self) -> Iterator[Clock]:
        """Every version of every clock, in the order of the file."""
        for versions in self.versions.values():
            yield from versions

    def begins(self, clock: Clock) -> date:
        """The first day on which that version of a clock is in force."""
        return clock.effective_from or self.effective_from

    def in_force(self, clock: Clock, on: date) -> bool:
        """Whether policy and clock are in force on that day."""
        ends = (each for each in (clock.effective_to, self.effective_to) if each)
        return self.begins(clock) <= on and all(on <= end for end in ends)

    def citations(self, *sources: tuple[str, ...]) -> tuple[Citation, ...]:
        """The citations of these sources, without duplicates."""
        return cite_all([text for source in sources for text in source], self.laws)

    def _versions_of(self, clock_id: str) -> tuple[Clock, ...]:
        letter, rest = clock_id[:1].upper(), clock_id[1:].lower()
        found = self.versions.get(f"{letter}{rest}")
        if found is None:
            raise UnknownClock(clock_id, self.version, tuple(self.versions))
        return found

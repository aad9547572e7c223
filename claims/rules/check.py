"""Every tie over a whole document; others may be added, such as one to the ledgers' figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.rules.document import Document
from claims.rules.finding import Finding, Verdict
from claims.rules.reading import Reading, read
from claims.rules.ties.averages import averages
from claims.rules.ties.changes import changes
from claims.rules.ties.hundreds import hundreds
from claims.rules.ties.last_years import last_years
from claims.rules.ties.multiples import multiples
from claims.rules.ties.rates import rates
from claims.rules.ties.remainders import remainders
from claims.rules.ties.repeats import repeats
from claims.rules.ties.shares import shares
from claims.rules.ties.sums import sums
from claims.rules.ties.tables import tables

Tie = Callable[[Reading], Iterable[Finding]]

TIES: tuple[Tie, ...] = (
    rates,
    averages,
    shares,
    sums,
    remainders,
    changes,
    multiples,
    last_years,
    hundreds,
    repeats,
    tables,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings in the order of the document."""

    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many of each verdict, those that none has too."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in Verdict}


def check(document: Document, further: Sequence[Tie] = ()) -> Checked:
    """All findings; `further` ties read the same reading, as one to recorded figures does."""
    reading = read(document)
    found = _once(finding for tie in (*TIES, *further) for finding in tie(reading))
    return Checked(tuple(sorted(found, key=_where)))


def _where(finding: Finding) -> tuple[int, int, int]:
    place = finding.place
    return place.page or 0, place.line, place.first


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """A total whose list says the same as its remainder is told of once of each kind."""
    seen: set[tuple[int, int, str, tuple[str, ...]]] = set()
    for finding in findings:
        figure = finding.figure
        key = (id(finding.sentence.passage), figure.start, finding.kind, tuple(finding.uses))
        if key not in seen:
            seen.add(key)
            yield finding

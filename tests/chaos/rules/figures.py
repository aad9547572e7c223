"""Figures stand where the ledgers stand, count everything once, and name what they count."""

from collections.abc import Iterator

from shared.services import service_called
from tests.chaos.counts import FIGURES, counted_in
from tests.chaos.observed import Finding, Observation

_COUNTED = service_called("stats").follows


def figures_stand_where_the_ledgers_stand(seen: Observation) -> Iterator[Finding]:
    for ledger, events in seen.ledgers.items():
        if ledger.service not in _COUNTED:
            continue
        head, shown = len(events), seen.as_of.get(ledger)
        if shown != head:
            yield Finding("as of", str(ledger), f"stats is at {shown}, the ledger at {head}")


def no_event_was_put_aside(seen: Observation) -> Iterator[Finding]:
    for (reader, ledger), events in seen.parked.items():
        yield Finding("parked", str(ledger), f"{events} of its events were put aside by {reader}")


def figures_count_everything_once(seen: Observation) -> Iterator[Finding]:
    for division in sorted({ledger.division for ledger in seen.ledgers}):
        counted = counted_in(seen.ledgers, division)
        for figure in FIGURES:
            wanted, found = counted[figure].total(), seen.figures.get((division, figure))
            if found != wanted:
                says = f"is {found}, by the ledger it is {wanted}"
                yield Finding("figure", f"{figure} of {division}", says)


def figures_name_everything_once(seen: Observation) -> Iterator[Finding]:
    """Several sessions of one dispute name it once."""
    counted = {
        division: counted_in(seen.ledgers, division)
        for division in {division for division, _ in seen.evidence}
    }
    for (division, figure), named in seen.evidence.items():
        wanted, about = counted[division][figure], f"{figure} of {division}"
        for matter in sorted({*named, *wanted}):
            times, due = named.count(matter), int(matter in wanted)
            if times != due:
                yield Finding("evidence", about, f"{matter} is named {times} times, due {due}")

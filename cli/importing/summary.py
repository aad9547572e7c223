"""What an import came to, in words."""

from collections.abc import Iterator

from cli.importing.door import OUTCOMES
from cli.importing.tally import Tally
from cli.positions import write_positions


def summary(tally: Tally, *, dry_run: bool) -> Iterator[str]:
    """Line by line: rows by outcome, what could not be recorded, how far the ledgers go."""
    rate = tally.rows / tally.seconds
    yield f"{tally.rows:,} rows in {tally.seconds:.1f} s ({rate:,.0f} rows/s)"
    yield from _outcomes(tally, dry_run=dry_run)
    for what, count in sorted(tally.undated.items()):
        rows = "1 row states" if count == 1 else f"{count:,} rows state"
        yield f"  note: {rows} {what} without a date: not recorded"
    if tally.rejected:
        yield f"  the rejected rows are listed in {tally.rejects.path}"
    if tally.positions:
        yield f"  position: {write_positions(tally.positions)}"


def _outcomes(tally: Tally, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield f"  {'readable':9} {tally.rows - tally.rejected:>9,}  (nothing was sent)"
    else:
        for name in OUTCOMES[:-1]:
            yield f"  {name:9} {tally.outcomes[name]:>9,}"
    yield f"  {'rejected':9} {tally.rejected:>9,}"

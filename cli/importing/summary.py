"""The report of an import in words."""

from collections.abc import Iterator

from cli.importing.import_api import REJECTED
from cli.importing.report import ImportReport
from cli.positions import write_positions


def summary(report: ImportReport, *, dry_run: bool) -> Iterator[str]:
    """Line by line: rows by outcome, what could not be recorded, how far the ledgers go."""
    rate = report.rows / report.seconds
    yield f"{report.rows:,} rows in {report.seconds:.1f} s ({rate:,.0f} rows/s)"
    yield from _outcomes(report, dry_run=dry_run)
    for what, count in sorted(report.undated.items()):
        rows = "1 row states" if count == 1 else f"{count:,} rows state"
        yield f"  note: {rows} {what} without a date: not recorded"
    if report.rejected:
        yield f"  the rejected rows are listed in {report.rejects.path}"
    if report.positions:
        yield f"  position: {write_positions(report.positions)}"


def _outcomes(report: ImportReport, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield f"  {'readable':9} {report.rows - report.rejected:>9,}  (nothing was sent)"
    else:
        for name in report.mapping.target.outcomes:
            yield f"  {name:9} {report.outcomes[name]:>9,}"
    yield f"  {REJECTED:9} {report.rejected:>9,}"

"""Updates the calendar files from chinesecalendar (`python -m shared.calendar_refresh [--write]`).

For developers: lists every day that differs from our files and, with `--write`, writes the files
of these years, to be reviewed and committed. Running systems read only the files. Exit code 0 when
nothing differs or all was written, 1 when something differs, 2 when our files have mistakes, 3
without the package.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.calendar_refresh.calendar_files import write_years
from shared.calendar_refresh.chinesecalendar_years import published_years
from shared.calendar_refresh.difference import differences
from shared.clocks.calendar_year import read_calendar_years
from shared.clocks.mistakes import DataMistaken

FOLDER = Path(__file__).parents[1] / "clocks" / "calendars"
FIRST_YEAR = 2010
_BAD_FILES, _NO_PACKAGE = 2, 3


def refresh(folder: Path, *, write: bool) -> int:
    """Print the differences and return the exit code."""
    texts = {each.name: each.read_text("utf-8") for each in sorted(folder.glob("*.toml"))}
    stored = read_calendar_years(texts)
    published = published_years(FIRST_YEAR)
    found = differences(stored, published)
    for difference in found:
        _print(str(difference))
    if not found:
        _print(f"no difference: {published[0].year} to {published[-1].year}")
        return 0
    if not write:
        _print(f"{len(found)} days differ; --write takes them over")
        return 1
    for file in write_years(folder, stored, published, found):
        _print(f"wrote {file.name}; look at its notices")
    if only_ours := {each.year for each in stored} - {each.year for each in published}:
        _print(
            f"the package does not know {', '.join(map(str, sorted(only_ours)))}; left as it is"
        )
        return 1
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry point."""
    parser = argparse.ArgumentParser(prog="python -m shared.calendar_refresh", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write what differs into our files")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files are")
    asked = parser.parse_args(arguments)
    try:
        return refresh(asked.folder, write=asked.write)
    except DataMistaken as mistaken:
        sys.stderr.write(f"{mistaken}\n")
        return _BAD_FILES
    except ModuleNotFoundError:
        sys.stderr.write("chinesecalendar is not installed here; it comes with `make setup`.\n")
        return _NO_PACKAGE


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())

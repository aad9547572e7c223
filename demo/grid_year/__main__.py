"""`python -m demo.grid_year`: a township's year of grid work on a system that runs, and its seconds.

The register comes in from the bundled tables; then patrols, reports and warnings at the same time.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cli.data_folder import DEFAULT
from cli.importing.summary import summary
from cli.refusals import CommandRefused
from cli.system import embedded
from demo.grid_year.play_patrols import play_patrols
from demo.grid_year.play_reports import play_reports
from demo.grid_year.play_warnings import play_warnings
from demo.play import register_table
from demo.scene import REFERENCE_TOWNSHIP, TABLES


def main() -> int:
    """The exit code."""
    data = Path(os.environ.get("CONCORD_DATA") or DEFAULT)
    try:
        system, began = embedded(data), time.monotonic()
        for table in TABLES:
            for line in summary(register_table(system, table, data), dry_run=False):
                print(line)
        with ThreadPoolExecutor() as at_once:
            plays = [
                at_once.submit(play, system, REFERENCE_TOWNSHIP)
                for play in (play_patrols, play_reports, play_warnings)
            ]
            for going in plays:
                for line in going.result().summary():
                    print(line)
    except CommandRefused as reason:
        print(reason, file=sys.stderr)
        return reason.exit_code
    print(f"a township's year of grid work in {time.monotonic() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

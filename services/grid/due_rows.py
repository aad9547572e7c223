"""Grid's parked due rows: `python -m services.grid.due_rows list|resume`."""

import sys

from services.grid.settings import Settings
from shared.office.due_rows_command import due_rows_command
from shared.settings import read_settings

if __name__ == "__main__":
    sys.exit(due_rows_command("grid", read_settings(Settings), sys.argv[1:]))

"""Intake's parked due rows: `python -m services.intake.due_rows list|resume`."""

import sys

from services.intake.settings import Settings
from shared.office.due_rows_command import due_rows_command
from shared.settings import read_settings

if __name__ == "__main__":
    sys.exit(due_rows_command("intake", read_settings(Settings), sys.argv[1:]))

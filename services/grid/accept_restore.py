"""Accepts that ledgers were put back: `python -m services.grid.accept_restore --reason CODE`."""

import sys

from services.grid.settings import Settings
from shared.office.restoring import restore_command
from shared.settings import read_settings

if __name__ == "__main__":
    sys.exit(restore_command("grid", read_settings(Settings)))

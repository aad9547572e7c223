"""Has the relay send ledgers again: `python -m services.grid.resend [--division CODE]`."""

import sys

from services.grid.settings import Settings
from shared.office.resending import resend_command
from shared.settings import read_settings

if __name__ == "__main__":
    sys.exit(resend_command("grid", read_settings(Settings)))

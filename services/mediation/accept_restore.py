"""Accepts that ledgers were put back: `python -m services.mediation.accept_restore --reason CODE`."""

import sys

from services.mediation.settings import Settings
from shared.office.restoring import restore_command
from shared.settings import read_settings

if __name__ == "__main__":
    sys.exit(restore_command("mediation", read_settings(Settings)))

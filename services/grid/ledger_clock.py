"""Keeps what an operator says about the clock: `python -m services.grid.ledger_clock …`."""

import sys

from services.grid.settings import Settings
from shared.office.ledger_clock_command import ledger_clock_command
from shared.settings import read_settings

if __name__ == "__main__":
    sys.exit(ledger_clock_command("grid", read_settings(Settings)))

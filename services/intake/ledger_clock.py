"""Keeps what an operator says about the clock: `python -m services.intake.ledger_clock …`."""

import sys

from services.intake.settings import Settings
from shared.office.ledger_clock_command import ledger_clock_command
from shared.settings import read_settings

if __name__ == "__main__":
    sys.exit(ledger_clock_command("intake", read_settings(Settings)))

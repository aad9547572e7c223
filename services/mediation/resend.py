"""Has the relay send ledgers again: `python -m services.mediation.resend [--division CODE]`."""

import sys

from services.mediation.settings import Settings
from shared.office.resending import resend_command
from shared.settings import read_settings

if __name__ == "__main__":
    sys.exit(resend_command("mediation", read_settings(Settings)))

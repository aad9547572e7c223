"""Has the relay send ledgers again: `python -m services.intake.resend [--division CODE]`."""

import sys

from services.intake.settings import Settings
from shared.office.resending import resend_command

if __name__ == "__main__":
    sys.exit(resend_command("intake", Settings()))

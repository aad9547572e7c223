"""Has the relay send ledgers again: `python -m services.intake.resend [--division CODE]`."""

import sys

from services.intake.settings import Settings
from shared.office.resending import resend_door

if __name__ == "__main__":
    sys.exit(resend_door("intake", Settings()))

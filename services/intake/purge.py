"""Deletes what has had its time, as the schema's owner: `python -m services.intake.purge`."""

import sys

from services.intake.store.person_marks import DELETE
from shared.office.purging import purge_command

if __name__ == "__main__":
    sys.exit(purge_command("intake", also=[DELETE]))

"""Ends old receipts of requests, as the schema's owner: `python -m services.grid.purge`."""

import sys

from shared.office.purging import purge_command

if __name__ == "__main__":
    sys.exit(purge_command("grid"))

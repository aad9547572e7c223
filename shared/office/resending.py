"""Makes the relay of a service send ledgers again; run by `concord relay resend`.

Exit code 1: nothing of that division was sent yet; 2: no such division; 3: the database is away.
"""

import argparse
import asyncio
import sys

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from shared.divisions import COUNTY, TOWNSHIP, check_division
from shared.http import set_up_logs
from shared.office.settings import LedgerSettings
from shared.postgres import new_pool
from shared.relay import resend

DONE, NOTHING_THERE, BAD_INPUT, NOT_REACHABLE = 0, 1, 2, 3


def resend_command(service: str, settings: LedgerSettings) -> int:
    """Run the command and return the exit code."""
    set_up_logs(settings.log_format, service=service, stream=sys.stderr)
    division = _asked()
    try:
        if division is not None:
            check_division(division, COUNTY, TOWNSHIP)
        found = asyncio.run(
            _resend(settings.database_url.get_secret_value(), settings.county, division)
        )
    except ValueError as reason:
        sys.stderr.write(f"--division: {reason}.\n")
        return BAD_INPUT
    except (OperationalError, PoolTimeout):
        sys.stderr.write(
            f"The database of {service} does not answer; `concord status` says what runs.\n"
        )
        return NOT_REACHABLE
    return _say(service, found, division)


def _asked() -> str | None:
    parser = argparse.ArgumentParser(prog="concord relay resend", description=__doc__)
    parser.add_argument("--division", metavar="CODE", help="one ledger; all of them unless named")
    division: str | None = parser.parse_args().division
    return division


async def _resend(url: str, county: str, division: str | None) -> list[str]:
    async with new_pool(url, name="resend", size=1) as pool:
        return await resend(pool, county=county, division=division)


def _say(service: str, found: list[str], division: str | None) -> int:
    if division is not None and not found:
        sys.stderr.write(
            f"No event of {service}/{division} was sent yet: there is nothing to repeat.\n"
        )
        return NOTHING_THERE
    ledgers = "1 ledger" if len(found) == 1 else f"{len(found)} ledgers"
    sys.stdout.write(f"The relay sends {ledgers} again, from the first event.\n")
    return DONE

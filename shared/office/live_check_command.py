"""Compares a running service with its ledgers; run by `concord verify --live`.

Exit code 1: something differs; 3: the database is away.
"""

import asyncio
import sys

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from shared.http import set_up_logs
from shared.keys import Keys
from shared.office.live_check import LiveCheck, Tables
from shared.office.settings import LedgerSettings
from shared.postgres import new_pool
from shared.vault import Vault

AGREES, DIFFERS, NOT_REACHABLE = 0, 1, 3


def live_check_command(service: str, settings: LedgerSettings, tables: Tables) -> int:
    """Run the command and return the exit code."""
    set_up_logs(settings.log_format, service=service, stream=sys.stderr)
    try:
        check = asyncio.run(_check(settings, tables))
    except (OperationalError, PoolTimeout):
        sys.stderr.write(
            f"The database of {service} does not answer; `concord status` says what runs.\n"
        )
        return NOT_REACHABLE
    return _say(service, check)


async def _check(settings: LedgerSettings, tables: Tables) -> LiveCheck:
    keys = Keys.from_base64(settings.key_encryption_key.get_secret_value())
    url = settings.database_url.get_secret_value()
    async with new_pool(url, name="live-check", size=1) as pool:
        check = LiveCheck(pool, settings.county, tables, Vault(pool, keys))
        await check.run()
    return check


def _say(service: str, check: LiveCheck) -> int:
    for finding in check.findings:
        sys.stdout.write(f"NOT OK  {service}/{finding}\n")
    said = f"{len(check.findings)} findings" if check.findings else "they agree"
    sys.stdout.write(
        f"{service}: tables and vault of {check.divisions} ledgers compared with the events, "
        f"{check.attachments} attachments with their digests: {said}\n"
    )
    return DIFFERS if check.findings else AGREES

"""Accepts the restore of a service's ledgers; run by `concord seal accept-restore`.

Exit code 1: every ledger holds what was sealed; 2: the reason is none; 3: the database is away, or the clock is not believed.
"""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from shared.contracts.ledger import LedgerRestoreAccepted
from shared.contracts.ledger_codes import RestoreReason
from shared.http import set_up_logs
from shared.ledger import ClockGuard, ClockNotBelieved, Ledger
from shared.office.settings import LedgerSettings
from shared.postgres import new_pool
from shared.sealing import JournalUnusable, SealJournal
from shared.sealing.restoring import NotAccepted, Restores

DONE, NOTHING_LOST, BAD_INPUT, NOT_REACHABLE = 0, 1, 2, 3


def restore_command(service: str, settings: LedgerSettings) -> int:
    """Run the command and return the exit code."""
    set_up_logs(settings.log_format, service=service, stream=sys.stderr)
    reason = _asked()
    journal = settings.seal_journal()
    if journal is None:
        sys.stderr.write(f"{service} has no seal key: nothing of it was ever sealed.\n")
        return NOTHING_LOST
    try:
        accepted = asyncio.run(_accept(service, settings, journal, reason))
    except (JournalUnusable, NotAccepted) as why:
        sys.stderr.write(f"{why}\n")
        return BAD_INPUT
    except ClockNotBelieved as why:
        sys.stderr.write(f"{service}: {why}\n")
        return NOT_REACHABLE
    except (OperationalError, PoolTimeout):
        sys.stderr.write(
            f"The database of {service} does not answer; `concord status` says what runs.\n"
        )
        return NOT_REACHABLE
    return _say(service, accepted)


def _asked() -> RestoreReason:
    parser = argparse.ArgumentParser(prog="concord seal accept-restore", description=__doc__)
    codes = [code.value for code in RestoreReason]
    parser.add_argument("--reason", required=True, choices=codes)
    return RestoreReason.of(parser.parse_args().reason)


async def _accept(
    service: str, settings: LedgerSettings, journal: Path, reason: RestoreReason
) -> list[LedgerRestoreAccepted]:
    url = settings.database_url.get_secret_value()
    async with new_pool(url, name="accept-restore", size=2) as pool:
        clock = ClockGuard(pool, service=service, county=settings.county)
        ledger = Ledger(pool, source=f"/{service}", clock=clock)
        restores = Restores(ledger, SealJournal(journal), service, settings.county)
        return await restores.accept(reason, datetime.now(UTC))


def _say(service: str, accepted: list[LedgerRestoreAccepted]) -> int:
    for each in accepted:
        sys.stdout.write(
            f"{each.ledger}: accepted; events up to {each.head_sequence} were sealed on "
            f"{each.sealed_day} and are no longer there as they were.\n"
        )
    if accepted:
        return DONE
    sys.stderr.write(f"Every ledger of {service} holds what was sealed.\n")
    return NOTHING_LOST

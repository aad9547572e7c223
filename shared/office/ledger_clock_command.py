"""Keeps what an operator says about the clock; run by `concord up` and `concord correct-clock`.

Exit code 0: it is kept; 1: there is nothing to say; 2: the reason is none, or a ledger moved on;
3: the database is away, or the clock is not believed.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from shared.contracts.ledger import LedgerClockAccepted, LedgerClockCorrected
from shared.contracts.ledger_codes import ClockReason
from shared.http import set_up_logs
from shared.ledger import ClockGuard, ClockNotBelieved, Ledger
from shared.office.ledger_clock import LedgerClocks, NotSaid
from shared.office.settings import LedgerSettings
from shared.postgres import new_pool
from shared.times import to_wire

DONE, NOTHING, BAD_INPUT, NOT_REACHABLE = 0, 1, 2, 3


def ledger_clock_command(service: str, settings: LedgerSettings) -> int:
    """Run the command and return the exit code."""
    set_up_logs(settings.log_format, service=service, stream=sys.stderr)
    asked = _parser().parse_args()
    try:
        said = asyncio.run(_say(service, settings, asked))
    except NotSaid as why:
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
    for each in said:
        sys.stdout.write(f"{_words(each)}\n")
    return DONE if said else NOTHING


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ledger_clock", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    accepting = verbs.add_parser("accept", help="the clock is right")
    accepting.add_argument("--if-needed", action="store_true", help="only where it was doubted")
    correcting = verbs.add_parser("correct", help="ledgers bear times that never were")
    codes = [code.value for code in ClockReason]
    correcting.add_argument("--reason", required=True, choices=codes)
    return parser


async def _say(
    service: str, settings: LedgerSettings, asked: argparse.Namespace
) -> Sequence[LedgerClockAccepted | LedgerClockCorrected]:
    url, county = settings.database_url.get_secret_value(), settings.county
    async with new_pool(url, name="ledger-clock", size=2) as pool:
        if asked.verb == "accept":
            ledger = Ledger(pool, source=f"/{service}")
            clocks = LedgerClocks(ledger, service, county)
            said = await clocks.accept(only_if_needed=asked.if_needed)
            return [said] if said else []
        guard = ClockGuard(pool, service=service, county=county)
        ledger = Ledger(pool, source=f"/{service}", clock=guard)
        return await LedgerClocks(ledger, service, county).correct(ClockReason.of(asked.reason))


def _words(said: LedgerClockAccepted | LedgerClockCorrected) -> str:
    now = to_wire(datetime.now(UTC))
    match said:
        case LedgerClockAccepted():
            newest = to_wire(said.newest_recorded_at)
            return (
                f"{said.ledger}: kept that the clock is right: {now}, the newest record {newest}."
            )
        case LedgerClockCorrected():
            wrong = to_wire(said.wrong_recorded_at)
            return f"{said.ledger}: its time starts again at {now}; it stood at {wrong}."

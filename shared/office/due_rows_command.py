"""The command line of a service's parked due rows, run by `concord due`: list, resume.

Exit code 2: bad input; 3: the database does not answer.
"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Sequence
from typing import Any

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from shared.due import resume
from shared.due.parked_rows import ParkedRow, listed
from shared.http import set_up_logs
from shared.office.settings import LedgerSettings
from shared.postgres import Pool, new_pool, transaction

DONE, BAD_INPUT, NOT_REACHABLE = 0, 2, 3
_LEDGER = re.compile(r"([a-z][a-z-]*)/(\d{9}|\d{6})", re.ASCII)


class NoSuchLedger(ValueError):
    """The argument names no ledger of this service."""


def due_rows_command(service: str, settings: LedgerSettings, arguments: Sequence[str]) -> int:
    """Run the command in the service's environment and return the exit code."""
    set_up_logs(settings.log_format, service=service, stream=sys.stderr)
    url = settings.database_url.get_secret_value()
    return run(url, service=service, county=settings.county, arguments=arguments)


def run(url: str, *, service: str, county: str, arguments: Sequence[str]) -> int:
    """Run the command and return the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        return asyncio.run(_run(url, service, county, asked))
    except NoSuchLedger as reason:
        sys.stderr.write(f"{reason}\n")
        return BAD_INPUT
    except (OperationalError, PoolTimeout):
        sys.stderr.write(
            f"The database of {service} does not answer; `concord status` says what runs.\n"
        )
        return NOT_REACHABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="concord due", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    shown = verbs.add_parser("list", help="what is parked, never what it holds")
    shown.add_argument("--format", choices=("table", "json"), default="table")
    shown.add_argument("--limit", type=int, default=100)
    resumed = verbs.add_parser("resume", help="let parked rows be tried again, after the mend")
    which = resumed.add_mutually_exclusive_group(required=True)
    which.add_argument("ledger", nargs="?", help="one ledger, such as intake/519900101")
    which.add_argument("--all", action="store_true")
    resumed.add_argument("--kind", help="rows of this kind alone")
    return parser


async def _run(url: str, service: str, county: str, asked: argparse.Namespace) -> int:
    division = _division(service, asked.ledger) if asked.verb == "resume" else None
    async with new_pool(url, name="due-rows", size=1) as pool:
        if asked.verb == "list":
            return await _list(pool, service, county, asked)
        return await _resume(pool, county, division, asked.kind)


def _division(service: str, ledger: str | None) -> str | None:
    if ledger is None:
        return None
    matched = _LEDGER.fullmatch(ledger)
    if matched is None or matched[1] != service:
        raise NoSuchLedger(f"A ledger of {service} is written {service}/519900101.")
    return matched[2]


async def _list(pool: Pool, service: str, county: str, asked: argparse.Namespace) -> int:
    async with transaction(pool, county) as connection:
        found = await listed(connection, limit=asked.limit)
    if asked.format == "json":
        rows = [_as_json(service, each) for each in found]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _table(service, found))
    return DONE


def _as_json(service: str, row: ParkedRow) -> dict[str, Any]:
    return {
        "ledger": f"{service}/{row.division}",
        "kind": row.kind,
        "key": row.key,
        "due_at": row.due_at.isoformat(),
        "parked_at": row.parked_at.isoformat(),
        "tries": row.tries,
        "problem": row.problem,
    }


def _table(service: str, found: Sequence[ParkedRow]) -> list[str]:
    if not found:
        return ["Nothing is parked."]
    rows = [("ledger", "kind", "key", "due", "parked since", "tries", "problem")]
    rows += [
        (
            f"{service}/{row.division}",
            row.kind,
            row.key,
            row.due_at.isoformat(timespec="seconds"),
            row.parked_at.isoformat(timespec="seconds"),
            str(row.tries),
            row.problem or "–",
        )
        for row in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    more = found[0].of - len(found)
    return [*lines, f"and {more} more: --limit"] if more > 0 else lines


async def _resume(pool: Pool, county: str, division: str | None, kind: str | None) -> int:
    statement = resume(division, kind)
    async with transaction(pool, county) as connection:
        cursor = await connection.execute(statement.query, statement.parameters)
    rows = "1 row is" if cursor.rowcount == 1 else f"{cursor.rowcount} rows are"
    sys.stdout.write(f"{rows} tried again.\n" if cursor.rowcount else "Nothing is parked there.\n")
    return DONE

"""A service's own sealing over intake's ledgers, as it would be so many days later."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg.conninfo import conninfo_to_dict

from shared.sealing import SealJournal, SealKeys, SealScheduler
from tests.intake.doors import COUNTY, Doors

KEYS = SealKeys.of(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
DAY = timedelta(days=1)
_FOLDER = tempfile.TemporaryDirectory(prefix="concord-journals-")


def journal_of(doors: Doors) -> Path:
    """Where the journal of seals of these doors' database is."""
    return Path(_FOLDER.name) / f"{conninfo_to_dict(doors.database.dsn)['dbname']}.journal"


def scheduler(doors: Doors, *, days_later: int = 1) -> SealScheduler:
    """One that believes it to be so many days later."""
    return SealScheduler(
        doors.office.cases.ledger,
        KEYS,
        SealJournal(journal_of(doors)),
        service="intake",
        county=COUNTY,
        now=lambda: datetime.now(UTC) + days_later * DAY,
    )


async def seal(doors: Doors, *, days_later: int = 1) -> int:
    return await scheduler(doors, days_later=days_later).seal_what_is_due()


def later(doors: Doors, days: int) -> None:
    """What is recorded from now on is recorded so many days later: a ledger's time never
    runs back, so it is enough to set its head forward."""
    as_superuser(
        doors, "update ledger set head_recorded_at = head_recorded_at + %s", (days * DAY,)
    )


def as_superuser(doors: Doors, *statements: object) -> None:
    """Statement and parameters, one pair after the other: what no role of a service may do."""
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        for statement, parameters in zip(statements[::2], statements[1::2], strict=True):
            connection.execute(statement, parameters)  # type: ignore[call-overload]

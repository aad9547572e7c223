"""Makes petitioners findable by number whose cases are older than the index; `concord index-numbers`.

Reads the registrations of cases from the vault, in the order of the cases' ids, and keeps keyed marks
of identity and telephone numbers, as every filing does since. It writes nothing else, can be run
again, and goes on after `--after` where it was interrupted. Whoever was erased is not in the vault.

Exit code 2: no such division, or no key of marks; 3: the database is away.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from services.intake.settings import Settings
from services.intake.store import person_marks
from services.intake.store.person_files import EntryKind
from shared.divisions import COUNTY, TOWNSHIP, check_division, division_of
from shared.http import set_up_logs
from shared.keyed_marks import KeyedMarks
from shared.keys import Keys
from shared.ledger import Statement
from shared.office.marking import marks_of
from shared.postgres import Pool, new_pool, rows, transaction
from shared.settings import read_settings
from shared.vault import Opened, Vault

DONE, BAD_INPUT, NOT_REACHABLE = 0, 2, 3
AT_ONCE = 500
_DIVISIONS = "select division_code from ledger order by division_code"


@dataclass(frozen=True, slots=True)
class _Entry:
    person_ref: str
    digest: str


async def index_numbers(
    pool: Pool, vault: Vault, marks: KeyedMarks, division: str, *, after: str = ""
) -> int:
    """Mark the numbers of a division's cases with ids after that one; how many cases were read."""
    read = 0
    while files := await person_marks.files_after(pool, division, after, limit=AT_ONCE):
        opened = await vault.contents(
            division,
            division=division,
            refs=[ref for _, ref in files],
            kinds=[EntryKind.FILING],
        )
        await _write(pool, division, person_marks.keep(division, _marked(files, opened, marks)))
        read += len(files)
        after = files[-1][0]
        sys.stderr.write(f"{division}: {read} cases read, the last is {after}\n")
    return read


def _marked(
    files: Sequence[tuple[str, str]], opened: Iterable[Opened], marks: KeyedMarks
) -> list[tuple[str, _Entry, person_marks.Marks]]:
    cases = {ref: case_id for case_id, ref in files}
    return [
        (
            cases[each.ref],
            _Entry(each.ref, each.digest),
            person_marks.marks_of(marks, each.content.get("person")),
        )
        for each in opened
    ]


async def _write(pool: Pool, division: str, statements: Sequence[Statement]) -> None:
    async with transaction(pool, division) as connection:
        for statement in statements:
            await connection.execute(statement.query, statement.parameters)


async def _divisions(pool: Pool, county: str) -> list[str]:
    async with transaction(pool, county) as connection:
        return [str(row["division_code"]) for row in await rows(connection, _DIVISIONS, {})]


async def _index(settings: Settings, marks: KeyedMarks, division: str | None, after: str) -> int:
    url = settings.database_url.get_secret_value()
    async with new_pool(url, name="index-numbers", size=1) as pool:
        vault = Vault(pool, Keys.from_base64(settings.key_encryption_key.get_secret_value()))
        divisions = [division] if division else await _divisions(pool, settings.county)
        return sum(
            [await index_numbers(pool, vault, marks, each, after=after) for each in divisions]
        )


def main(words: Sequence[str] | None = None) -> int:
    """Run the command and return the exit code."""
    parser = argparse.ArgumentParser(prog="concord index-numbers", description=__doc__)
    parser.add_argument("--division", metavar="CODE", help="one ledger; all of them unless named")
    parser.add_argument("--after", metavar="ID", default="", help="go on after this case")
    asked = parser.parse_args(words)
    settings = read_settings(Settings)
    set_up_logs(settings.log_format, service="intake", stream=sys.stderr)
    marks = marks_of(settings)
    division = asked.division or (division_of(asked.after) if asked.after else None)
    try:
        if division is not None:
            check_division(division, COUNTY, TOWNSHIP)
        if not marks.has_key:
            sys.stderr.write(
                "The county has no key of marks (INTAKE_MARK_KEY): there is no index.\n"
            )
            return BAD_INPUT
        read = asyncio.run(_index(settings, marks, division, asked.after))
    except ValueError as reason:
        sys.stderr.write(f"--division: {reason}.\n")
        return BAD_INPUT
    except (OperationalError, PoolTimeout):
        sys.stderr.write(
            "The database of intake does not answer; `concord status` says what runs.\n"
        )
        return NOT_REACHABLE
    sys.stdout.write(f"{read} cases were read; each of their numbers is found.\n")
    return DONE


if __name__ == "__main__":
    sys.exit(main())

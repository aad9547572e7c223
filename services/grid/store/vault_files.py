"""What grid keeps in the vault: a file of its own for each report, weekly report and month, and one for
each person.

A report's file has its own id as reference: its words may tell of several people at once, so they
are in none of their files.
"""

from enum import StrEnum
from typing import LiteralString

from services.grid.domain.report import ReportNotFound
from shared.divisions import division_of
from shared.vault import PERSON, PersonFile, Vault
from shared.vault.open_files import OPEN_FILES


class EntryKind(StrEnum):
    """What an entry holds."""

    PERSON = PERSON
    REPORTED = "reported"
    REMARK = "remark"
    PERIOD = "period"
    """The words of a weekly report or an assessment."""


_KEY: LiteralString = f"""
    select person_ref, wrapped_key
    from report_board
    left join {OPEN_FILES} on vault_file.division_code = report_board.division_code
        and vault_file.person_ref = report_board.report_id
    where report_board.division_code = %(division)s and report_id = %(report_id)s
"""


async def file_of(vault: Vault, scope: str, report_id: str) -> PersonFile:
    """The vault's file of a report; raises ReportNotFound or PersonErased."""
    named = {"division": division_of(report_id), "report_id": report_id}
    file = await vault.file_found_by(scope, _KEY, named)
    if file is None:
        raise ReportNotFound
    return file

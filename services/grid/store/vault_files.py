"""What grid keeps in the vault: a file of its own for each report, signal, weekly report and month, for
each warning of which somebody said something, for each watched matter, and for each person.

The file of a record has its id as reference: its words may tell of several people at once, so they
are in none of their files.
"""

from enum import StrEnum
from typing import LiteralString

from services.grid.domain.report import ReportNotFound
from services.grid.domain.signal import SignalNotFound
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
    SIGNAL = "signal"
    WARNED = "warned"
    """What a post said that raised a warning, and the events that it named."""
    PLAN = "plan"
    """How a matter is watched."""


_KEY: LiteralString = f"""
    select person_ref, wrapped_key
    from report_board
    left join {OPEN_FILES} on vault_file.division_code = report_board.division_code
        and vault_file.person_ref = report_board.report_id
    where report_board.division_code = %(division)s and report_id = %(report_id)s
"""
_KEY_OF_SIGNAL: LiteralString = f"""
    select person_ref, wrapped_key
    from signal_board
    left join {OPEN_FILES} on vault_file.division_code = signal_board.division_code
        and vault_file.person_ref = signal_board.signal_id
    where signal_board.division_code = %(division)s and signal_id = %(signal_id)s
"""


async def file_of(vault: Vault, scope: str, report_id: str) -> PersonFile:
    """The vault's file of a report; raises ReportNotFound or PersonErased."""
    named = {"division": division_of(report_id), "report_id": report_id}
    file = await vault.file_found_by(scope, _KEY, named)
    if file is None:
        raise ReportNotFound
    return file


async def file_of_signal(vault: Vault, scope: str, signal_id: str) -> PersonFile:
    """The vault's file of a signal; raises SignalNotFound or PersonErased."""
    named = {"division": division_of(signal_id), "signal_id": signal_id}
    file = await vault.file_found_by(scope, _KEY_OF_SIGNAL, named)
    if file is None:
        raise SignalNotFound
    return file

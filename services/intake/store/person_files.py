"""What intake keeps in persons' files, and whose file belongs to a case."""

from enum import StrEnum
from typing import LiteralString

from services.intake.domain.case import CaseNotFound
from shared.vault import PersonFile, Vault
from shared.vault.open_files import OPEN_FILES


class EntryKind(StrEnum):
    """What an entry holds."""

    FILING = "filing"
    REPLY = "reply"
    OPINION = "opinion"
    STATEMENT = "statement"
    INVESTIGATION = "investigation"
    HEARING = "hearing"
    EXTENSION = "extension"
    REVIEW = "review"
    PAPER = "paper"
    REVEAL = "reveal"
    """For what somebody asked to be shown the person and the text."""
    QUESTION = "question"
    ANSWER = "answer"
    CONFERENCE = "conference"
    """The minutes of a conference, its decisions, and what was done, in a file of its own."""
    KEY_CASE = "key-case"
    """The plan of a key case, and what was done, in a file of its own."""


_OF_CASE: LiteralString = f"""
    select person_ref, wrapped_key
    from case_board left join {OPEN_FILES} using (division_code, person_ref)
    where division_code = %(division)s and case_id = %(case_id)s
"""


async def file_of_case(vault: Vault, scope: str, *, division: str, case_id: str) -> PersonFile:
    """The file of the person who filed a case; raises CaseNotFound or PersonErased."""
    named = {"division": division, "case_id": case_id}
    file = await vault.file_found_by(scope, _OF_CASE, named)
    if file is None:
        raise CaseNotFound
    return file

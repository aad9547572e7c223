"""What mediation keeps in the vault: a file of its own for each dispute, one for each person.

A dispute's file has its own id as reference: its texts tell of several people at once, so they
are in none of their files.
"""

from enum import StrEnum
from typing import LiteralString

from services.mediation.domain.mediation_refusals import MediationNotFound
from shared.divisions import division_of
from shared.vault import PERSON, PersonFile, Vault
from shared.vault.open_files import OPEN_FILES


class EntryKind(StrEnum):
    """What an entry holds."""

    PERSON = PERSON
    APPLICATION = "application"
    CONSENT = "consent"
    RECORD = "record"
    DRAFT = "draft"
    AGREEMENT = "agreement"
    PAPER = "paper"


_KEY: LiteralString = f"""
    select person_ref, wrapped_key
    from mediation_board
    left join {OPEN_FILES} on vault_file.division_code = mediation_board.division_code
        and vault_file.person_ref = mediation_board.mediation_id
    where mediation_board.division_code = %(division)s and mediation_id = %(mediation_id)s
"""


async def file_of(vault: Vault, scope: str, mediation_id: str) -> PersonFile:
    """The vault's file of a dispute; raises MediationNotFound or PersonErased."""
    named = {"division": division_of(mediation_id), "mediation_id": mediation_id}
    file = await vault.file_found_by(scope, _KEY, named)
    if file is None:
        raise MediationNotFound
    return file

"""Who filed a case and what was written, for whom the case is with; each opening is recorded."""

from collections.abc import Sequence

from services.intake.api.case_context import find_case
from services.intake.api.office import Office
from services.intake.api.whoever_asks import participant
from services.intake.domain.case_rights import ShownToTheHolder, refuse_unless_holding
from services.intake.store import reveals
from services.intake.store.person_files import EntryKind, file_of_case
from shared.contracts.vault_codes import OpeningPurpose
from shared.divisions import division_of
from shared.identity import Actor, Role
from shared.office.openings import note_shown
from shared.times import china_day
from shared.vault import Opened

READING = (Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER)
"""Roles that may hold a case; who only oversees asks for a reveal."""


async def opened_entries(
    office: Office, actor: Actor, reference: str, kinds: Sequence[EntryKind], *, route: str
) -> tuple[str, list[Opened]]:
    """The id of the case and its entries of these kinds, once the opening is on record.

    For whom the case is with, or for whom a reveal was approved and is not over. Raises
    CaseNotFound, RecusedFromCase, ShownToTheHolder or PersonErased.
    """
    case_id, purpose = await purpose_of_opening(office, actor, reference)
    division = division_of(case_id)
    file = await file_of_case(office.vault, actor.scope, division=division, case_id=case_id)
    found = await office.vault.contents(
        actor.scope, division=division, refs=[file.person_ref], kinds=kinds
    )
    await note_shown(office, actor, [case_id], route=route, purpose=purpose)
    return case_id, found


async def require_holder(office: Office, actor: Actor, reference: str) -> str:
    """The id of the case; raises CaseNotFound, RecusedFromCase or ShownToTheHolder."""
    case_id = await find_case(office, actor.scope, reference)
    record = await office.cases.read(actor.scope, case_id)
    registry = await office.registry(actor.scope)
    today = china_day(office.now())
    refuse_unless_holding(record.state, participant(actor), registry, on=today)
    return case_id


async def purpose_of_opening(
    office: Office, actor: Actor, reference: str
) -> tuple[str, OpeningPurpose]:
    """The id of the case, and for what its person, texts, papers and files are opened.

    Raises CaseNotFound, RecusedFromCase, or ShownToTheHolder where no reveal was approved either.
    """
    case_id = await find_case(office, actor.scope, reference)
    try:
        await require_holder(office, actor, case_id)
    except ShownToTheHolder:
        if await reveals.is_shown(office.pool, case_id, actor.place, at=office.now()):
            return case_id, OpeningPurpose.REVEALED
        raise
    return case_id, OpeningPurpose.HANDLING

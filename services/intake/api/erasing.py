"""The route by which a petitioner is erased."""

from collections.abc import Sequence

from services.intake.api.office import Office
from services.intake.api.reading import hidden_complaints
from services.intake.domain.erasure_refusals import PersonHasAnOpenCase
from services.intake.store import case_board
from shared.divisions import division_of
from shared.identity import Actor
from shared.office.erasing import erasing
from shared.vault.erasure import PersonNotFound


async def files_that_name(office: Office, actor: Actor, person_ref: str) -> Sequence[str]:
    """The petitioner's own file, which has all texts of their cases; refused while one is open.

    To the unit that the petition complains of there is no such person.
    """
    scope, division = actor.scope, division_of(person_ref)
    hidden = await hidden_complaints(office, actor)
    if await office.vault.file(scope, person_ref) is None or (
        hidden
        and await case_board.complains(
            office.pool, scope, hidden, division=division, person_ref=person_ref
        )
    ):
        raise PersonNotFound
    case_id = await case_board.open_case_of(
        office.pool, scope, division=division, person_ref=person_ref
    )
    if case_id is not None:
        raise PersonHasAnOpenCase(case_id=case_id)
    return [person_ref]


router = erasing("/persons/{person_ref}/erase", "person_ref", files_that_name, PersonHasAnOpenCase)

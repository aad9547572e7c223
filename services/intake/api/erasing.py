"""The route by which a petitioner is erased, with the copies of their file in other ledgers."""

from collections.abc import Sequence

from services.intake.api.office import Office
from services.intake.api.reading import hidden_complaints
from services.intake.domain.erasure_refusals import PersonHasAnOpenCase
from services.intake.store import accusation_board, case_board
from services.intake.store.due_erasures import row_for
from services.intake.store.transferred_cases import CaseOfMatter, cases_of, homes_of
from shared.divisions import county_of, division_of, in_scope
from shared.http import correlation_id
from shared.identity import Actor
from shared.ledger import Statement
from shared.office.erasing import Erasing, erasing
from shared.vault.erasure import PersonNotFound


async def files_that_name(office: Office, actor: Actor, person_ref: str) -> Sequence[str]:
    """The petitioner's own file, and copies in the same ledger; refused while a case goes on.

    To the unit that the petition complains of there is no such person, and to nobody one who
    accuses: the discipline lane alone has that file.
    """
    scope, division = actor.scope, division_of(person_ref)
    hidden = await hidden_complaints(office, actor)
    if (
        await office.vault.file(scope, person_ref) is None
        or await accusation_board.has_file(office.pool, scope, person_ref)
        or (
            hidden
            and await case_board.complains(
                office.pool, scope, hidden, division=division, person_ref=person_ref
            )
        )
    ):
        raise PersonNotFound
    cases = await _cases(office, scope, person_ref)
    for each in cases:
        if each.goes_on and in_scope(scope, each.division):
            raise PersonHasAnOpenCase(case_id=each.case_id)
        if each.goes_on:
            raise PersonHasAnOpenCase
    here = {each.person_ref for each in cases if each.division == division and not each.is_erased}
    return [person_ref, *sorted(each for each in here if each and each != person_ref)]


async def copies_follow(office: Office, asked: Erasing) -> Sequence[Statement]:
    """A row by which the copies in other ledgers are erased, where the matter went to any."""
    division = division_of(asked.person_ref)
    cases = await _cases(office, asked.scope, asked.person_ref)
    if all(each.division == division for each in cases):
        return ()
    homes = await homes_of(
        office.pool, asked.scope, division=division, person_ref=asked.person_ref
    )
    row = row_for(asked, homes=homes, due_at=office.now(), correlation_id=correlation_id())
    return (row,)


async def _cases(office: Office, scope: str, person_ref: str) -> list[CaseOfMatter]:
    """All cases of the person's matters, in whichever ledger of the county."""
    division = division_of(person_ref)
    homes = await homes_of(office.pool, scope, division=division, person_ref=person_ref)
    return await cases_of(office.pool, county_of(division), homes)


router = erasing(
    "/persons/{person_ref}/erase",
    "person_ref",
    files_that_name,
    PersonHasAnOpenCase,
    follows=copies_follow,
)

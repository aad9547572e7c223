"""The route by which a petitioner is erased, with the copies of their file in other ledgers."""

from collections.abc import Sequence

from services.intake.api.office import Office
from services.intake.api.reading import hidden_complaints
from services.intake.api.whoever_asks import participant
from services.intake.domain.discipline_lane import is_of_lane
from services.intake.domain.erasure_refusals import PersonHasAnOpenCase
from services.intake.store import accusation_board, case_board
from services.intake.store.accusation_board import AccusationOfFile
from services.intake.store.due_erasures import row_for
from services.intake.store.transferred_cases import (
    CaseOfMatter,
    cases_of,
    homes_of,
    in_the_lane,
)
from shared.divisions import county_of, division_of, in_scope
from shared.http import correlation_id
from shared.identity import Actor
from shared.ledger import Statement
from shared.office.erasing import Erasing, erasing
from shared.times import china_day
from shared.vault.erasure import PersonNotFound


async def files_that_name(office: Office, actor: Actor, person_ref: str) -> Sequence[str]:
    """The petitioner's own file, and copies in the same ledger; refused while a case goes on.

    To the unit that the petition complains of there is no such person, and nobody but the
    discipline lane finds one who accuses.
    """
    scope, division = actor.scope, division_of(person_ref)
    accusation = await accusation_board.of_file(office.pool, scope, person_ref)
    if accusation is not None:
        return await _of_accuser(office, actor, person_ref, accusation)
    hidden = await hidden_complaints(office, actor)
    if await office.vault.file(scope, person_ref) is None or (
        hidden
        and await case_board.complains(
            office.pool, scope, hidden, division=division, person_ref=person_ref
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


async def _of_accuser(
    office: Office, actor: Actor, person_ref: str, accusation: AccusationOfFile
) -> Sequence[str]:
    """The file of whoever accuses, for a leader of the lane once it is closed there."""
    registry = await office.registry(actor.scope)
    if not is_of_lane(participant(actor), registry, on=china_day(office.now())):
        raise PersonNotFound
    await office.vault.file(actor.scope, person_ref)
    if not accusation.is_closed:
        raise PersonHasAnOpenCase(case_id=accusation.accusation_id)
    return [person_ref]


async def copies_follow(office: Office, asked: Erasing) -> Sequence[Statement]:
    """A row by which the copies in other ledgers and in the lane are erased, where there are any."""
    division = division_of(asked.person_ref)
    cases = await _cases(office, asked.scope, asked.person_ref)
    homes = await homes_of(
        office.pool, asked.scope, division=division, person_ref=asked.person_ref
    )
    lane = await in_the_lane(office.pool, county_of(division), homes)
    if all(each.division == division for each in [*cases, *lane]):
        return ()
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

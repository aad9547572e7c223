"""Refuses warnings and watched matters that name what is not on record: it could be a person."""

from collections.abc import Sequence

from services.grid.api.office import Office
from services.grid.api.raise_body import RaiseBody
from services.grid.api.warning_access import NoSuchMatter
from services.grid.store.warned_about import events_on_record, is_matter, is_subject
from shared.contracts.early_warning_codes import WarningRule
from shared.contracts.warning_subjects import subject_fits
from shared.divisions import division_of, in_scope
from shared.refusals import Refusal


class NoSuchEvent(Refusal):
    """An event of the ledger, or one that a rule has read about the matter, is named as a cause."""

    status = 422
    title = "There is no such event here"


async def require_matter(office: Office, division: str, matter_id: str) -> None:
    """Raise NoSuchMatter where nothing on record is about such a matter in the township."""
    if division_of(matter_id) != division or not await is_matter(office.pool, division, matter_id):
        raise NoSuchMatter(field="matter_id")


async def require_subject(
    office: Office, division: str, body: RaiseBody, rule: WarningRule, subject: str
) -> None:
    """Raise NoSuchMatter where an older record is about nothing that its kind and rule are about."""
    matter_id = body.matter_id
    if matter_id is not None:
        await require_matter(office, division, matter_id)
    if not subject_fits(
        body.subject_kind, rule, subject, matter_id=matter_id, division=division
    ) or not await _is_known(office, division, subject, matter_id):
        raise NoSuchMatter(field="subject")


async def require_events(
    office: Office, division: str, because: Sequence[str], *about: str | None
) -> None:
    """Raise NoSuchEvent where one of these is no event, as far as grid has read of them."""
    named = [each for each in about if each is not None]
    found = await events_on_record(office.pool, division, because, about=named)
    if not found.issuperset(because):
        raise NoSuchEvent(field="because")


async def _is_known(office: Office, division: str, subject: str, matter_id: str | None) -> bool:
    """Also a place: its code begins with the township's."""
    place, _, issue = subject.partition("/")
    if subject == matter_id or (issue and in_scope(division, place)):
        return True
    return await is_subject(office.pool, division, subject)

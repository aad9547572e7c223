"""Who was shown the person and the words of a case, for its petitioner: units and days, no post."""

from collections.abc import Sequence
from datetime import date

from fastapi import Request, Response

from services.intake.api.office import Office, TheOffice
from services.intake.api.resident_access import (
    NumberAndCode,
    NumberOrCodeWrong,
    OwnAccusation,
    OwnCase,
    own_matter,
)
from services.intake.api.resident_limits import TooManyAttempts
from services.intake.api.resident_places import Bilingual, PlaceShown, place_shown
from services.intake.domain.case.ended import CaseIsWithDiscipline
from services.intake.domain.registry import Registry
from services.intake.domain.resident.said import Said
from shared.contracts.vault_codes import OpeningPurpose
from shared.divisions import county_of, division_of
from shared.http import Body, Router, answered, refused_with
from shared.openings import Opening, openings_of
from shared.times import china_day

router = Router(prefix="/resident/case", tags=["residents"], open_to_all=True)

_SEALED = Said(
    "检举控告事项的查阅记录不在此提供，由纪检监察机关按规定反馈。",
    "Who looked at an accusation is not told here; the discipline inspection answers you.",
)


class OpeningForResident(Bilingual):
    """One opening of the file: on which day, by a post of which unit, for what."""

    on: date
    place: PlaceShown
    """Without a unit where the registry does not know the post."""
    role: str
    purpose: OpeningPurpose
    hash: str
    """Of the line in the log, by which the office finds it."""


class OpeningsForResident(Body):
    """In the order of the days."""

    items: tuple[OpeningForResident, ...]


@router.post(
    "/openings",
    response_model=OpeningsForResident,
    responses=refused_with(NumberOrCodeWrong, TooManyAttempts, CaseIsWithDiscipline),
)
async def openings(body: NumberAndCode, request: Request, office: TheOffice) -> Response:
    """查阅记录: which units were shown who filed the case or what was written, when and for what.

    Refused for an accusation, also for one that was recognised later: its log names who handles it.
    """
    own = await own_matter(office, request, body)
    if isinstance(own, OwnAccusation) or own.is_sealed:
        raise CaseIsWithDiscipline(_SEALED.en, zh=_SEALED.zh)
    lines = await _lines(office, own)
    registry = await office.registry(county_of(own.held_id))
    shown = OpeningsForResident(items=tuple(_shown(registry, each) for each in lines))
    return answered(shown.model_dump(mode="json"))


async def _lines(office: Office, own: OwnCase) -> Sequence[Opening]:
    """Of every case of the matter: each has a copy of the petitioner's file."""
    found = list[Opening]()
    for each in own.cases:
        case_id = each.state.required.case_id
        found += await openings_of(office.pool, division_of(case_id), record_id=case_id)
    return sorted(found, key=lambda line: line.opened_at)


def _shown(registry: Registry, line: Opening) -> OpeningForResident:
    on = china_day(line.opened_at)
    purpose = OpeningPurpose.of(line.purpose)
    place = _place(registry, line.opened_by, on)
    return OpeningForResident(
        on=on,
        place=place,
        role=line.role,
        purpose=purpose,
        hash=line.hash.hex(),
        zh=f"{on}，{place.zh}查阅（{purpose.label}）。",
        en=f"{on}: opened by {place.en}, for {purpose.value.replace('-', ' ')}.",
    )


def _place(registry: Registry, opened_by: str, on: date) -> PlaceShown:
    """The unit of the post `519900101/post-wu` on that day."""
    division, _, post = opened_by.partition("/")
    unit = registry.unit_of_post(division, post, on)
    if unit is not None:
        return place_shown(registry, *unit, on=on)
    zh, en = f"{division}的工作人员", f"a post of {division}"
    return PlaceShown(division=division, unit=None, title=None, zh=zh, en=en)

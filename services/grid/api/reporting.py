"""The route by which a report is submitted; words and persons go to the vault."""

from datetime import date
from typing import Annotated, Self

from fastapi import Response
from pydantic import Field, model_validator

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.place_codes import PlaceElsewhere, require_in
from services.grid.api.report_context import (
    REPORTING,
    documented,
    level_term_of,
    term_of,
)
from services.grid.api.warning_access import NoSuchMatter, known_matter
from services.grid.domain.named_ids import grid_id
from services.grid.domain.report import Report, ReportCommand
from services.grid.domain.report.submitting import SubmitReport
from services.grid.store import assignments, complained_units
from services.grid.store.vault_files import EntryKind
from shared.contracts.report_codes import (
    LadderLevel,
    ReportSource,
    ReportStep,
    ReportTopic,
    Urgency,
)
from shared.contracts.words import UnitRef
from shared.divisions import GridCode, Identifier, ScopeCode, TownshipCode, county_of, new_id
from shared.handling import Prepared, Record
from shared.http import Idempotency, Router, YesOrNo
from shared.identity import Actor, Role, requires
from shared.ledger import Statement
from shared.office import ReportedLater, begin
from shared.refusals import Refusal, invalid
from shared.times import china_day
from shared.vault import Entry, PersonFile, keep
from shared.vault.bodies import Name, Narrative, Organisation, Particulars

router = Router(tags=["reports"])


class GridNotValid(Refusal):
    """What is reported happened in a grid that is drawn that day."""

    status = 422
    title = "The grid is not on the register"


class ReportedPerson(Particulars):
    """Somebody of whom the words tell: goes to the vault."""

    name: Name


class ReportBody(ReportedLater):
    """Where, about what, how urgent; what was said, and of whom, as far as it is needed."""

    grid_code: GridCode
    topic: ReportTopic
    urgency: Urgency = Urgency.NORMAL
    source: ReportSource = ReportSource.NOT_STATED
    words: Narrative
    persons: Annotated[tuple[ReportedPerson, ...], Field(max_length=50, fail_fast=True)] = ()
    cause: Organisation | None = None
    """The organisation that caused the matter, never a person: it goes to the vault."""
    matter_id: Identifier | None = None
    """The matter, where grid knows it in the township and it concerns the post; a new one otherwise."""
    about_unit: UnitRef | None = None
    """The unit that the report is about: its members see nothing of it."""
    about_division: ScopeCode | None = None
    """The division of that unit, a township or the county; either where it is left out."""
    about_a_worker: YesOrNo = False
    """It is about a grid worker: none of them sees it. Who it is belongs into the words."""

    @model_validator(mode="after")
    def _names_a_unit(self) -> Self:
        if self.about_division is not None and self.about_unit is None:
            raise ValueError("A division is that of a unit: name about_unit too")
        return self


@router.post(
    "/townships/{division}/reports",
    status_code=201,
    **documented(PlaceElsewhere, GridNotValid, NoSuchMatter),
)
async def submit_report(
    division: TownshipCode,
    body: ReportBody,
    actor: Annotated[Actor, requires(*REPORTING, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """上报: a matter in a grid is told to the office.

    A telephone that was offline sends the key that it made when the report was entered: sent twice,
    it is one report.
    """
    require_in(division, body.grid_code, field="grid_code")
    _require_own_county(division, body.about_division)
    report_id = new_id(division)
    matter_id = body.matter_id or new_id(division)
    digest, persons, kept = _into_the_vault(office, division, report_id, body)
    about = [complained_units.keep(report_id, body.about_unit)] if body.about_unit else []

    async def prepare(_: Record[Report]) -> Prepared[ReportCommand, Report]:
        at = body.moment(actor, now=office.now())
        if body.matter_id is not None:
            await known_matter(office, actor, division, body.matter_id)
        grid = await office.grids.read(division, grid_id(body.grid_code))
        if not grid.state.is_valid_on(china_day(at)):
            raise GridNotValid(field="grid_code")
        command = SubmitReport(
            matter_id=matter_id,
            report_id=report_id,
            grid_code=body.grid_code,
            topic=body.topic,
            urgency=body.urgency,
            source=body.source,
            words_digest=digest,
            persons=persons,
            worker_ref=await _worker(office, actor, division, body.grid_code, china_day(at)),
            term=term_of(office, actor, ReportStep.CHECK, body.urgency, office.now()),
            level_term=level_term_of(office, actor, LadderLevel.GRID, office.now()),
            about_unit=body.about_unit,
            about_division=body.about_division,
            about_a_worker=body.about_a_worker,
            cause_ref=office.marks.of_organisation(body.cause),
        )
        return Prepared(command=command, at=at, side_writes=[*kept, *about])

    return await begin(
        office.reports,
        prepare,
        service=SERVICE,
        stream_id=report_id,
        actor=actor,
        key=key,
        address="/reports/{report_id}",
    )


def _require_own_county(division: str, about: str | None) -> None:
    if about is not None and county_of(about) != county_of(division):
        raise invalid("about_division", "The unit is one of the own county")


def _into_the_vault(
    office: Office, division: str, report_id: str, body: ReportBody
) -> tuple[str, tuple[str, ...], list[Statement]]:
    """The digest of the words, the persons' references, and what keeps both."""
    files: list[PersonFile] = []
    entries: list[Entry] = []
    for person in body.persons:
        file = office.vault.begin(new_id(division))
        files.append(file)
        entries.append(file.entry(EntryKind.PERSON, person.model_dump(exclude_none=True)))
    persons = tuple(file.person_ref for file in files)
    own = office.vault.begin(report_id)
    content: dict[str, object] = {"text": body.words, "persons": list(persons)}
    if body.cause:
        content["cause"] = body.cause.model_dump(exclude_none=True)
    words = own.entry(EntryKind.REPORTED, content)
    return words.digest, persons, keep(division, [*files, own], [*entries, words])


async def _worker(
    office: Office, actor: Actor, division: str, grid_code: str, day: date
) -> str | None:
    """Who comes as the worker's post that day: of this grid, else of another that they serve."""
    if actor.role is not Role.GRID_WORKER:
        return None
    posts = actor.names_in(division)
    known = await assignments.served_by_posts(office.pool, division, posts)
    served = [each for each in known if each.covers(day)]
    own = [each.worker_id for each in served if each.grid_code == grid_code]
    return next(iter([*own, *(each.worker_id for each in served)]), None)

"""The route by which a dispute enters the register of a committee."""

from datetime import datetime
from typing import Annotated

from fastapi import Response

from services.mediation.api.command_answers import MediationAnswer
from services.mediation.api.context import DESK
from services.mediation.api.office import SERVICE, Office, TheOffice
from services.mediation.api.party_bodies import Parties, Registration
from services.mediation.domain import mediation_refusals as refusals
from services.mediation.domain.committee_refusals import CommitteeNotFound, CommitteeWasDissolved
from services.mediation.domain.committee_sitting import CommitteeNotSitting, require_sitting
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_commands import ApplyForMediation
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.store import complained_units
from services.mediation.store.vault_files import EntryKind
from shared.contracts.case_codes import Category
from shared.contracts.mediation_codes import DisputeKind, MediationOrigin, ReferredBy
from shared.contracts.words import UnitRef
from shared.divisions import (
    Identifier,
    ScopeCode,
    TownshipCode,
    VillageCode,
    VillageElsewhere,
    county_of,
    division_of,
    new_id,
)
from shared.handling import IdempotencyKeyReused, Prepared, Record
from shared.http import Idempotency, Router, refused_with
from shared.identity import Actor, requires
from shared.ledger import Statement
from shared.office import BackfillOnly, NotYetHappened, begin
from shared.office.occurrence_time import ReportedLater
from shared.refusals import invalid
from shared.times import china_day
from shared.vault.bodies import Narrative, Organisation

router = Router(tags=["mediations"])


class ApplyBody(ReportedLater):
    """The parties and the dispute; all free text goes to the vault."""

    origin: MediationOrigin
    category: Category
    dispute_kind: DisputeKind
    committee_id: Identifier
    applicants: Parties = ()
    respondents: Parties = ()
    referred_by: ReferredBy | None = None
    matter_id: Identifier | None = None
    """The matter that it is about, where that is known; a new one otherwise."""
    case_id: Identifier | None = None
    report_id: Identifier | None = None
    village_code: VillageCode | None = None
    narrative: Narrative | None = None
    cause: Organisation | None = None
    """The organisation that caused the dispute, never a person: it goes to the vault."""
    complained_unit: UnitRef | None = None
    """The unit that the matter complains of, by its code: it sees nothing of the dispute."""
    complained_division: ScopeCode | None = None
    """Where that unit is of another division than the matter."""


@router.post(
    "/townships/{division}/mediations",
    status_code=201,
    response_model=MediationAnswer,
    responses=refused_with(
        BackfillOnly,
        NotYetHappened,
        VillageElsewhere,
        CommitteeNotFound,
        CommitteeWasDissolved,
        CommitteeNotSitting,
        refusals.ReferralNeedsItsSource,
        refusals.OnlyAReferralHasASource,
        refusals.PetitionReferralNeedsItsCase,
        refusals.GridReferralNeedsItsReport,
        refusals.ApplicationNeedsAnApplicant,
        refusals.PartyOnBothSides,
        IdempotencyKeyReused,
    ),
)
async def apply(
    division: TownshipCode,
    body: ApplyBody,
    actor: Annotated[Actor, requires(*DESK)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """申请、受理登记: a dispute is applied for, referred, or taken up by a mediator."""
    _check_source(division, body)
    mediation_id = new_id(division)

    async def prepare(
        _: Record[MediationFile],
    ) -> Prepared[MediationCommand, MediationFile]:
        at = body.moment(actor, now=office.now())
        looked_up = await _require_committee(office, division, body, at)
        people = Registration(office.vault, division)
        digest = _put_away(people, mediation_id, body)
        command = await _command(office, body, mediation_id, people, digest)
        return Prepared(
            command=command,
            at=at,
            side_writes=[*people.side_writes(), *_complaint(mediation_id, body)],
            looked_up=looked_up,
        )

    return await begin(
        office.mediations,
        prepare,
        service=SERVICE,
        stream_id=mediation_id,
        actor=actor,
        key=key,
        address="/mediations/{mediation_id}",
    )


def _put_away(people: Registration, mediation_id: str, body: ApplyBody) -> str | None:
    """Begin the dispute's vault file; returns the digest of narrative and cause."""
    file = people.vault.begin(mediation_id)
    people.files.append(file)
    words = body.model_dump(include={"narrative", "cause"}, exclude_none=True)
    if not words:
        return None
    entry = file.entry(EntryKind.APPLICATION, words)
    people.entries.append(entry)
    return entry.digest


def _complaint(mediation_id: str, body: ApplyBody) -> list[Statement]:
    """The row by which mediation knows the unit complained of: the event has its mark alone."""
    unit = body.complained_unit
    return [] if unit is None else [complained_units.keep(mediation_id, unit)]


def _check_source(division: str, body: ApplyBody) -> None:
    """Another township's petition may be named, another county's is nothing that anybody follows."""
    for field in ("matter_id", "case_id", "report_id"):
        code = getattr(body, field)
        if code is not None and county_of(code) != county_of(division):
            raise invalid(field, "The id is of another county")
    place = body.complained_division
    if place is None:
        return
    if body.complained_unit is None:
        raise invalid("complained_division", "Name the complained unit as well")
    if county_of(place) != county_of(division):
        raise invalid("complained_division", "The division lies in another county")


async def _require_committee(
    office: Office, division: str, body: ApplyBody, at: datetime
) -> dict[str, int]:
    """Refuse a committee that takes nothing on that day; gives the version that was looked up."""
    if division_of(body.committee_id) != division:
        raise invalid("committee_id", "The committee is registered in another township")
    committee = await office.committees.read(division, body.committee_id)
    require_sitting(committee.state, china_day(at))
    return {body.committee_id: committee.version}


async def _command(
    office: Office,
    body: ApplyBody,
    mediation_id: str,
    people: Registration,
    digest: str | None,
) -> ApplyForMediation:
    applicants = await people.refs(office, body.applicants, where="applicants")
    respondents = await people.refs(office, body.respondents, where="respondents")
    unit = body.complained_unit
    mark = None if unit is None else office.marks.of_unit(unit)
    return ApplyForMediation(
        mediation_id=mediation_id,
        matter_id=body.matter_id or new_id(division_of(mediation_id)),
        origin=body.origin,
        category=body.category,
        dispute_kind=body.dispute_kind,
        committee_id=body.committee_id,
        applicants=applicants,
        respondents=respondents,
        referred_by=body.referred_by,
        case_id=body.case_id,
        report_id=body.report_id,
        village_code=body.village_code,
        application_digest=digest,
        cause_ref=office.marks.of_organisation(body.cause),
        complained_unit=None if mark else body.complained_unit,
        complained_division=body.complained_division,
        complained_mark=mark,
    )

"""Loads the data of a dispute for its papers, from ledger, roster and vault."""

from collections.abc import Sequence
from datetime import date

from services.mediation.api.office import Office
from services.mediation.api.prefilled_values import DisputeData, People
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_application
from services.mediation.store import mediator_roster
from services.mediation.store.committee_board import name_of
from services.mediation.store.vault_files import EntryKind
from shared.contracts.mediation import (
    ConsentWithdrawn,
    MediationFailed,
    MediationOpened,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import PartySide
from shared.divisions import division_of
from shared.ledger.read import StreamEvent
from shared.times import china_day

_ENDS = {
    each.kind
    for each in (ConsentWithdrawn, MediationFailed, MediationRefused, MediationTerminated)
}


async def load_dispute_data(
    office: Office,
    scope: str,
    mediation: MediationFile,
    history: Sequence[StreamEvent],
    *,
    today: date,
) -> DisputeData:
    """Load the data; `mediation` is folded from `history`. Raises MediationNotFound."""
    applied = require_application(mediation)
    return DisputeData(
        applied=applied,
        mediation=mediation,
        committee=f"{await name_of(office.pool, applied.committee_id)}人民调解委员会",
        people=await _people(office, scope, applied.mediation_id, mediation),
        mediators=await _mediators(office, scope, applied.mediation_id, mediation),
        accepted=_accepted(history),
        ended=_ended(mediation, history),
        ask_a_court_by=office.ask_a_court_by(mediation.agreement.succeeded),
        today=today,
    )


async def _people(
    office: Office, scope: str, mediation_id: str, mediation: MediationFile
) -> People:
    """The people of each side; empty for all if one of them was erased."""
    refs = {side: mediation.parties_of(side) for side in PartySide}
    found = await office.vault.contents(
        scope,
        division=division_of(mediation_id),
        refs=[ref for side in PartySide for ref in refs[side]],
        kinds=[EntryKind.PERSON],
    )
    people = {each.ref: each.content for each in found if each.content.get("name")}
    if any(ref not in people for side in PartySide for ref in refs[side]):
        return dict.fromkeys(PartySide, ())
    return {side: [people[ref] for ref in refs[side]] for side in PartySide}


async def _mediators(
    office: Office, scope: str, mediation_id: str, mediation: MediationFile
) -> list[str]:
    division, mediators = division_of(mediation_id), sorted(mediation.mediators)
    refs = await mediator_roster.persons(office.pool, division, mediators)
    known = await office.vault.names(scope, division=division, refs=list(refs.values()))
    return [known[ref] for ref in refs.values() if ref in known]


def _accepted(history: Sequence[StreamEvent]) -> date:
    """The day on which both sides had consented, else the day of the application."""
    opened = [each for each in history if each.kind == MediationOpened.kind]
    return china_day((opened or history)[-1 if opened else 0].occurred_at)


def _ended(mediation: MediationFile, history: Sequence[StreamEvent]) -> date | None:
    succeeded = mediation.agreement.succeeded
    if succeeded is not None:
        return succeeded.effective_on
    if mediation.ended is None and mediation.withdrawn is None:
        return None
    return china_day([each for each in history if each.kind in _ENDS][-1].occurred_at)

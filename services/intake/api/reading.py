"""What of the cases somebody may read: one of them, its texts, and which the list shows."""

from services.intake.api.office import Office
from services.intake.api.whoever_asks import participant
from services.intake.domain.case import CaseFile
from services.intake.domain.case_rights import refuse_unless_reading
from services.intake.domain.complained_unit import HiddenComplaints, hidden_from
from services.intake.store.case_board import NOT_OF_OWN_UNIT, NOT_SEALED
from shared.board import Asked
from shared.identity import Actor
from shared.times import china_day


async def refuse_reader(
    office: Office, actor: Actor, case: CaseFile, *, texts: bool = False
) -> None:
    """Raise CaseNotFound; RecusedFromCase where `texts` and papers of the case are asked for."""
    registry = await office.registry(actor.scope)
    refuse_unless_reading(
        case, participant(actor), registry, on=china_day(office.now()), texts=texts
    )


async def seen_by(office: Office, actor: Actor, asked: Asked) -> Asked:
    """What is asked of the list, but for accusations, and complaints about the actor's own unit."""
    hidden = await hidden_complaints(office, actor)
    unsealed = NOT_SEALED.on(asked, {})
    return NOT_OF_OWN_UNIT.on(unsealed, hidden.named()) if hidden else unsealed


async def hidden_complaints(office: Office, actor: Actor) -> HiddenComplaints | None:
    """Of which complaints the actor sees nothing."""
    registry = await office.registry(actor.scope)
    return hidden_from(
        participant(actor), registry, on=china_day(office.now()), marks=office.marks
    )

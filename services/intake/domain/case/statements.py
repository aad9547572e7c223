"""The petitioner's own recorded statements about how the matter stands; their words are in the vault."""

from dataclasses import dataclass

from services.intake.domain.case.acceptance import refuse_unless_accepted
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_departed
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.served_opinion import refuse_unless_served
from shared.contracts.case_handling import StatementRecorded
from shared.contracts.case_handling_codes import StatementKind, StatementWay
from shared.contracts.event import Event
from shared.refusals import Refusal
from shared.times import is_later_day


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStatement:
    """The petitioner acknowledges that the matter was settled on the spot, or accepts the opinion."""

    statement: StatementKind
    way: StatementWay
    taken_by: str
    statement_digest: str | None = None


class StatementBeforeService(Refusal):
    """Nobody accepts an opinion before it has reached them."""

    status = 422
    title = "The statement lies before the service"


def record(command: RecordStatement, case: CaseFile) -> list[Event]:
    """On an accepted case; also after its closing, since the time for review runs on."""
    recorded = StatementRecorded(
        statement=command.statement,
        way=command.way,
        taken_by=command.taken_by,
        statement_digest=command.statement_digest,
        **case.about(Origin.OFFICE),
    )
    if any(fact == recorded for fact, _ in case.proceedings.stated):
        return []
    refuse_if_departed(case)
    refuse_unless_accepted(case)
    if command.statement is StatementKind.OPINION_ACCEPTED:
        served_on = refuse_unless_served(case)
        if is_later_day(served_on, case.mark.occurred_at):
            raise StatementBeforeService(field="happened_on", served_on=served_on.isoformat())
    return [recorded]

"""The mediation board: one row a dispute, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from psycopg import sql

from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_state import GOING_ON, MediationState
from services.mediation.store import kept_from, mediation_paper, participants
from shared.board import (
    Ascending,
    Board,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Moving,
    Stamped,
    Where,
    Within,
    among,
)
from shared.contracts.agreements import MediationSucceeded
from shared.contracts.case_codes import Category
from shared.contracts.mediation import (
    MediationApplied,
    MediationEndVoided,
    MediationFailed,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import DisputeKind, PartySide
from shared.divisions import Identifier, division_of
from shared.handling import Written
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.ledger import Statement
from shared.office.history import Days

_ENDS = MediationSucceeded | MediationFailed | MediationRefused | MediationTerminated


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationLine:
    """A dispute as the list shows it."""

    division: Division
    mediation_id: Key[str]
    state: Annotated[Moves[str], Equals(MediationState)]
    origin: str
    category: Annotated[str, Equals(Category)]
    dispute_kind: Annotated[str, Equals(DisputeKind)]
    committee_id: Annotated[str, Equals(Identifier)]
    case_id: Annotated[str | None, Equals(Identifier)]
    village_code: str | None
    applied_at: Annotated[datetime, Within(Days)]
    due_at: Moves[datetime | None]
    next_due_on: Moves[date | None]
    due_on: Moves[date | None]
    """The last day of the period while it runs, else that of the next instalment."""
    ended_at: Annotated[datetime | None, Moving(when="ends")]
    agreement_form: Moves[str | None]
    version: Moves[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationRow(MediationLine):
    """A dispute as the table has it: with its parties, and who signed the agreement."""

    signed_by: Moves[str | None]
    applicants: Moves[list[str]]
    respondents: Moves[list[str]]
    changed_at: Annotated[datetime, Stamped()]


_UNASSIGNED = sql.SQL(
    "{} and not exists (select from mediation_hand as participant"
    " where participant.division_code = mediation_board.division_code"
    " and participant.mediation_id = mediation_board.mediation_id and participant.takes_part)"
).format(among("state", MediationState.APPLIED, MediationState.OPEN))
NOT_OVER = Flag("open", among("state", *GOING_ON), "Only those that are not over")
MEDIATIONS = Board(
    "mediation_board",
    shows=MediationLine,
    keeps=MediationRow,
    filters=(
        NOT_OVER,
        Where(
            "mediator_id",
            Identifier,
            "exists (select from mediation_hand as participant"
            " where participant.division_code = mediation_board.division_code"
            " and participant.mediation_id = mediation_board.mediation_id"
            " and participant.mediator_id = %(mediator_id)s and participant.takes_part)",
        ),
        Flag(
            "unassigned",
            _UNASSIGNED,
            "Those that wait for a mediator: not over, and nobody takes part",
        ),
    ),
    restrictions=(kept_from.NOT_KEPT,),
    orders={
        "newest": Descending(
            by=("division", "applied_at", "mediation_id"),
            says="township by township, the newest first",
        ),
        "due": Ascending(
            by=("due_on", "mediation_id"),
            only=NOT_OVER,
            says="only those that are not over, the soonest due first, those without a day last",
        ),
    },
)


def view_writes(
    written: Sequence[Written[MediationFile]], *, marks: KeyedMarks = NO_MARKS
) -> list[Statement]:
    """Writes the board, who takes part and the papers, along with events of one ledger."""
    applied, moved = [], []
    for each in written:
        first = each.events[0]
        if isinstance(first, MediationApplied):
            applied.append(_moving(each) | _fixed(first, each.new[0].occurred_at))
        else:
            moved.append(_moving(each) | _end(each))
    division = division_of(written[0].new[0].stream_id)
    return [
        *MEDIATIONS.insert(division, applied),
        *MEDIATIONS.update(division, moved),
        *participants.view_writes(division, written),
        *kept_from.view_writes(division, written, marks),
        *mediation_paper.view_writes(division, written),
    ]


def _moving(written: Written[MediationFile]) -> dict[str, object]:
    mediation, succeeded = written.state, written.state.agreement.succeeded
    return {
        "mediation_id": written.new[0].stream_id,
        "state": mediation.state,
        "version": mediation.version,
        "due_at": mediation.due_at,
        "next_due_on": mediation.agreement.next_due_on,
        "due_on": _due_on(mediation),
        "agreement_form": succeeded and succeeded.form,
        "signed_by": succeeded and succeeded.mediator_id,
        "applicants": mediation.parties_of(PartySide.APPLICANT),
        "respondents": mediation.parties_of(PartySide.RESPONDENT),
    }


def _due_on(mediation: MediationFile) -> date | None:
    match mediation.state:
        case MediationState.OPEN:
            return mediation.last_day
        case MediationState.AGREED | MediationState.PARTLY_PERFORMED:
            return mediation.agreement.next_due_on
        case _:
            return None


def _fixed(applied: MediationApplied, at: datetime) -> dict[str, object]:
    return {
        "origin": applied.origin,
        "category": applied.category,
        "dispute_kind": applied.dispute_kind,
        "committee_id": applied.committee_id,
        "case_id": applied.case_id,
        "village_code": applied.village_code,
        "applied_at": at,
        "ended_at": None,
    }


def _end(written: Written[MediationFile]) -> dict[str, object]:
    """When it ended, where these events end it or void its end."""
    ended = [
        new.occurred_at
        for event, new in zip(written.events, written.new, strict=True)
        if isinstance(event, _ENDS)
    ]
    voided = any(isinstance(event, MediationEndVoided) for event in written.events)
    return {"ends": bool(ended) or voided, "ended_at": ended[0] if ended else None}

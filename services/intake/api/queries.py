"""The routes by which cases are read: the board, and one case with its history."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Annotated

import orjson
from fastapi import Depends, Request, Response

from services.intake.api.answer_reviews_shown import hidden_reviews
from services.intake.api.case_bodies import CaseAnswer
from services.intake.api.case_context import find_case
from services.intake.api.case_probes import case_actions
from services.intake.api.complaints import complaint_about
from services.intake.api.documents_shown import DocumentShown, documents_shown
from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.api.reading import refuse_reader, seen_by
from services.intake.api.summaries import summary
from services.intake.api.transfers_shown import TransfersShown, transfers_shown
from services.intake.domain.case import CaseFile, CaseNotFound
from services.intake.domain.case.mediations import Mediations
from services.intake.domain.case_rights import held_by
from services.intake.store.case_board import CASES, OPEN_STATES, VOIDED, CaseLine
from services.intake.store.case_number import CaseReference
from shared.board import Asked
from shared.contracts.case_codes import MediationOutcome
from shared.contracts.case_handling_codes import StatementWay
from shared.contracts.intake import MediationOutcomeNoted
from shared.handling import Record
from shared.http import AtLeast, Body, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.ledger.read import StreamEvent
from shared.office import wait_to_show
from shared.office.actions import Action
from shared.office.history import HistoryItem, with_history
from shared.times import china_day, to_wire

Reader = Annotated[
    Actor,
    requires(
        Role.CLERK,
        Role.HANDLER,
        Role.TOWNSHIP_LEADER,
        Role.COUNTY_LEADER,
        Role.AUDITOR,
        Role.BACKFILL,
    ),
]

router = Router(prefix="/cases", tags=["cases"])
_FINDING = {"state", "came_to", "reached", "number", "q_number"}


class MediationShown(Body):
    """What was heard last of the mediation that was asked for, and since when it is so."""

    mediation_id: str
    committee_id: str | None
    """Whose answer to a referral it is."""
    outcome: MediationOutcome
    since: datetime


class CommitteeAsked(Body):
    """A committee that was asked to mediate, and what its answer has come to; null until then."""

    committee_id: str
    mediation_id: str | None
    outcome: MediationOutcome | None


class WithdrawalShown(Body):
    """A withdrawal that the petitioner has stated."""

    stated_at: datetime
    takes_effect_at: datetime
    way: StatementWay
    called_back_by: str | None


class HeldByShown(Body):
    """Who has the case in this ledger today, as the registry of units and posts says."""

    division: str
    """The county, where the township's petition office is the one complained of."""
    unit: str
    post: str | None
    """The handler, or the post that has its matters since; null where there is none."""
    substitute: str | None
    """The post that acts for it."""


class ComplainedUnitShown(Body):
    """A unit by its code, and its division where the complaint states it."""

    code: str
    division: str | None


class CaseWithHistory(CaseAnswer, TransfersShown):
    """The state of a case, with its history; null until a mediation has an outcome."""

    held_by: HeldByShown
    received_on: date
    """The day on which the office received it; no act lies before."""
    registration_delay: int
    """The days from the receipt to the registration."""
    withdrawal: WithdrawalShown | None
    """The withdrawal that is stated and may still be taken back; the case goes on meanwhile."""
    mediation: MediationShown | None
    asked: list[CommitteeAsked]
    documents: list[DocumentShown]
    """What the petitioner is told, and whether it was served."""
    actions: list[Action]
    """Every command to the case, and whether it is open to who asks, now."""
    complained_unit: ComplainedUnitShown | None
    """The unit that the case complains of; events have its mark alone."""
    history: list[HistoryItem]


@router.get("", response_model=PageOf[CaseLine])
async def board(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(CASES.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Cases within the token's scope, township by township, the newest first.

    What complains of the caller's own unit is left out.
    """
    await wait_to_show(office, actor, at_least)
    seen = await seen_by(office, actor, _findable(asked))
    return answered(await CASES.page(office.pool, actor.scope, seen, paging))


@router.get("/{case_id}", response_model=CaseWithHistory, responses=refused_with(CaseNotFound))
async def one_case(
    request: Request, case_id: CaseReference, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One case by its id or number, and its history, for whom it concerns; else as if there were none."""
    await wait_to_show(office, actor, at_least)
    case_id = await find_case(office, actor.scope, case_id)
    history = await office.cases.ledger.stream(actor.scope, case_id)
    record = office.cases.fold(history)
    await refuse_reader(office, actor, record.state)
    content = await shown_case(office, actor, record, history) | {
        "actions": await case_actions(request, office, actor, record)
    }
    hidden = await hidden_reviews(office, actor, history)
    return with_history(SERVICE, content, record, history, without=hidden)


async def shown_case(
    office: Office, actor: Actor, record: Record[CaseFile], history: Sequence[StreamEvent]
) -> dict[str, object]:
    """What is shown of a case, but for its actions and its history."""
    registry = await office.registry(actor.scope)
    recorded_on = china_day(history[0].recorded_at)
    transfers = transfers_shown(office, record.state, recorded_on=recorded_on)
    return (
        summary(record.state)
        | transfers.model_dump(mode="json")
        | {
            "held_by": asdict(held_by(record.state, registry, on=china_day(office.now()))),
            "received_on": record.state.received_on,
            "registration_delay": record.state.registration_delay,
            "withdrawal": _withdrawal(record.state),
            "mediation": _mediation(history),
            "asked": _asked(record.state.mediation),
            "documents": [each.model_dump(mode="json") for each in documents_shown(record.state)],
            "complained_unit": await _complained(office, actor.scope, record.state),
        }
    )


def _findable(asked: Asked) -> Asked:
    """Void registrations are left out, but of a question for a state or a single case."""
    if asked.values.keys().isdisjoint(_FINDING):
        return asked
    values = {name: value for name, value in asked.values.items() if name != VOIDED.name}
    return replace(asked, values=values)


def _withdrawal(case: CaseFile) -> dict[str, object] | None:
    pending = case.proceedings.withdrawal
    if pending is None or case.state not in OPEN_STATES:
        return None
    stated, mark = pending
    return {
        "stated_at": to_wire(mark.occurred_at),
        "takes_effect_at": to_wire(stated.takes_effect_at),
        "way": stated.way,
        "called_back_by": stated.called_back_by,
    }


def _asked(mediation: Mediations) -> list[dict[str, object]]:
    """In the order in which they were first asked."""
    return [
        {
            "committee_id": committee_id,
            "mediation_id": referral.mediation_id,
            "outcome": answer and answer.outcome,
        }
        for committee_id, referral in mediation.referrals.items()
        for answer in [mediation.answer_to(referral)]
    ]


async def _complained(office: Office, scope: str, case: CaseFile) -> dict[str, object] | None:
    known = await complaint_about(office, scope, case)
    return None if known is None else asdict(known)


def _mediation(history: Sequence[StreamEvent]) -> dict[str, object] | None:
    """Events of a mediation come in order, so the last note is the current one."""
    notes = [each for each in history if each.kind == MediationOutcomeNoted.kind]
    if not notes:
        return None
    noted = orjson.loads(notes[-1].data)
    return {
        "mediation_id": noted["mediation_id"],
        "committee_id": noted.get("committee_id"),
        "outcome": noted["outcome"],
        "since": to_wire(notes[-1].occurred_at),
    }

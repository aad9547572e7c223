"""The mediation board: one row a dispute, written in the transaction that appends its events."""

from collections.abc import Sequence
from typing import LiteralString

import orjson

from services.mediation.domain.mediation_file import MediationFile
from services.mediation.store import mediation_hand, mediation_paper
from shared.contracts.agreements import MediationSucceeded
from shared.contracts.mediation import (
    MediationApplied,
    MediationEndVoided,
    MediationFailed,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import PartySide
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement

_ENDS = MediationSucceeded | MediationFailed | MediationRefused | MediationTerminated

_APPLIED: LiteralString = """
    insert into mediation_board (
        division_code, mediation_id, origin, category, dispute_kind, committee_id, case_id,
        village_code, applied_at, state, due_at, next_due_on, ended_at, agreement_form, signed_by,
        applicants, respondents, version)
    select %(division)s, mediation_id, origin, category, dispute_kind, committee_id, case_id,
        village_code, applied_at, state, due_at, next_due_on, null, agreement_form, signed_by,
        applicants, respondents, version
    from json_to_recordset(%(lines)s::json) as line (
        mediation_id text, origin text, category text, dispute_kind text, committee_id text,
        case_id text, village_code text, applied_at timestamptz, state text, due_at timestamptz,
        next_due_on date, agreement_form text, signed_by text, applicants text[],
        respondents text[], version integer)
"""
_WENT_ON: LiteralString = """
    update mediation_board
    set state = line.state, due_at = line.due_at, next_due_on = line.next_due_on,
        ended_at = case when line.ends then line.ended_at else mediation_board.ended_at end,
        agreement_form = line.agreement_form, signed_by = line.signed_by,
        applicants = line.applicants, respondents = line.respondents, version = line.version
    from json_to_recordset(%(lines)s::json) as line (
        mediation_id text, state text, due_at timestamptz, next_due_on date, ends boolean,
        ended_at timestamptz, agreement_form text, signed_by text, applicants text[],
        respondents text[], version integer)
    where mediation_board.division_code = %(division)s
      and mediation_board.mediation_id = line.mediation_id
"""


def beside(written: Sequence[Written[MediationFile]]) -> list[Statement]:
    """What writes the board along with events of one ledger, who takes part, and the papers."""
    begun, went_on = [], []
    for each in written:
        first = each.events[0]
        if isinstance(first, MediationApplied):
            begun.append(_line(each) | _application(first, each.new[0].occurred_at))
        else:
            went_on.append(_line(each) | _end(each))
    division = division_of(written[0].new[0].stream_id)
    statements = [
        Statement(query, {"division": division, "lines": orjson.dumps(lines).decode()})
        for query, lines in ((_APPLIED, begun), (_WENT_ON, went_on))
        if lines
    ]
    return [
        *statements,
        *mediation_hand.beside(division, written),
        *mediation_paper.beside(division, written),
    ]


def _line(written: Written[MediationFile]) -> dict[str, object]:
    """What changes as a mediation goes on."""
    mediation, succeeded = written.state, written.state.agreement.succeeded
    return {
        "mediation_id": written.new[0].stream_id,
        "state": mediation.state,
        "version": mediation.version,
        "due_at": mediation.due_at,
        "next_due_on": mediation.agreement.next_due_on,
        "agreement_form": succeeded and succeeded.form,
        "signed_by": succeeded and succeeded.mediator_id,
        "applicants": mediation.parties_of(PartySide.APPLICANT),
        "respondents": mediation.parties_of(PartySide.RESPONDENT),
    }


def _application(applied: MediationApplied, at: object) -> dict[str, object]:
    """What stays as it was applied for."""
    return {
        "origin": applied.origin,
        "category": applied.category,
        "dispute_kind": applied.dispute_kind,
        "committee_id": applied.committee_id,
        "case_id": applied.case_id,
        "village_code": applied.village_code,
        "applied_at": at,
    }


def _end(written: Written[MediationFile]) -> dict[str, object]:
    """When it ended, where these facts say so or take it back."""
    ended = [
        new.occurred_at
        for event, new in zip(written.events, written.new, strict=True)
        if isinstance(event, _ENDS)
    ]
    voided = any(isinstance(event, MediationEndVoided) for event in written.events)
    return {"ends": bool(ended) or voided, "ended_at": ended[0] if ended else None}

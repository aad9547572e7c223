"""The receipt of a registration: the event as the ledger has it, and its place under the day's seal.

number, day, hash ◄─ event ─ path ─► root of the first seal after it, signed

Anybody checks it from the file alone: `concord verify --receipt FILE`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from fastapi import Request, Response

from services.intake.api.case_context import find_case
from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.api.reading import refuse_reader
from services.intake.api.resident_access import (
    NumberAndCode,
    NumberOrCodeWrong,
    OwnAccusation,
    own_matter,
)
from services.intake.api.resident_limits import TooManyAttempts
from services.intake.domain.case import CaseFile, CaseNotFound
from services.intake.papers.receipt_paper import ReceiptFacts, receipt_paper
from services.intake.store.case_number import CaseReference
from shared.cloudevents import to_structured
from shared.contracts.ledger import LedgerSealed
from shared.divisions import division_of
from shared.handling import Record
from shared.http import Body, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.office.paper_files import paper_file
from shared.office.seals import seal_of, seal_over
from shared.times import china_day

router = Router(tags=["receipts"])
residents = Router(prefix="/resident/case", tags=["residents"], open_to_all=True)

_READERS = (Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER, Role.BACKFILL)


class ReceiptFormat(StrEnum):
    """The file that is checked, or the paper with its QR code."""

    JSON = "json"
    PDF = "pdf"


class Receipt(Body):
    """What `concord verify --receipt` reads. `seal` is null, and `path` empty, before the seal."""

    format: Literal["concord-receipt"] = "concord-receipt"
    format_version: Literal[1] = 1
    number: str
    received_on: date
    hash: str
    event: dict[str, Any]
    seal: LedgerSealed | None
    path: list[str]
    keys: list[dict[str, str]]


class ReceiptBody(NumberAndCode):
    """Number, query code, and in which form."""

    format: ReceiptFormat = ReceiptFormat.JSON


@dataclass(frozen=True, slots=True)
class _Stated:
    """The record that was begun, and what its receipt says of it."""

    stream_id: str
    number: str
    received_on: date | None


@dataclass(frozen=True, slots=True)
class _Proven:
    facts: ReceiptFacts
    content: dict[str, Any]


@router.get(
    "/cases/{case_id}/receipt",
    response_model=Receipt,
    responses={**refused_with(CaseNotFound), 200: {"content": {"application/pdf": {}}}},
)
async def receipt_of(
    case_id: CaseReference,
    actor: Annotated[Actor, requires(*_READERS)],
    office: TheOffice,
    format: ReceiptFormat = ReceiptFormat.JSON,  # noqa: A002 - the query's own word
) -> Response:
    """回执: for the petitioner, from the filing on; as a file to be checked, or printed."""
    case_id = await find_case(office, actor.scope, case_id)
    record = await office.cases.read(actor.scope, case_id)
    await refuse_reader(office, actor, record.state)
    return await _answer(office, record, _stated(record.state), format)


@residents.post(
    "/receipt",
    response_model=Receipt,
    responses={
        **refused_with(NumberOrCodeWrong, TooManyAttempts),
        200: {"content": {"application/pdf": {}}},
    },
)
async def own_receipt(body: ReceiptBody, request: Request, office: TheOffice) -> Response:
    """回执: that the matter was registered, with its proof once the day is sealed."""
    own = await own_matter(office, request, body)
    if isinstance(own, OwnAccusation):
        accusation = own.record.state
        filed, received_on = accusation.required, accusation.received_on
        stated = _Stated(filed.accusation_id, filed.number, received_on)
        return await _answer(office, own.record, stated, body.format)
    return await _answer(office, own.home, _stated(own.home.state), body.format)


def _stated(case: CaseFile) -> _Stated:
    return _Stated(case.required.case_id, case.required.number, case.first_received_on)


async def _answer(
    office: Office,
    record: Record[Any],
    stated: _Stated,
    format: ReceiptFormat,  # noqa: A002 - as above
) -> Response:
    proven = await _proven(office, record, stated)
    if format is ReceiptFormat.JSON:
        return answered(proven.content)
    paper = receipt_paper(proven.facts, dated=china_day(office.now()))
    return paper_file(await office.printer.run(lambda press: press.print_pdf(paper)))


async def _proven(office: Office, record: Record[Any], stated: _Stated) -> _Proven:
    division, received_on = division_of(stated.stream_id), stated.received_on
    event = await office.ledger.event(division, record.history[0].event_id)
    if event is None or received_on is None:
        raise CaseNotFound
    covered = await seal_over(office, division, division, event.sequence)
    seal = seal_of(covered[0]) if covered else None
    facts = ReceiptFacts(
        number=stated.number,
        received_on=received_on,
        hash=event.hash.hex(),
        ledger=f"{SERVICE}/{division}",
        sequence=event.sequence,
        sealed_on=date.fromisoformat(seal.day) if seal else None,
    )
    content = {
        "format": "concord-receipt",
        "format_version": 1,
        "number": facts.number,
        "received_on": facts.received_on,
        "hash": facts.hash,
        "event": to_structured(event),
        "seal": seal and seal.to_data(),
        "path": covered[1] if covered else [],
        "keys": office.seal_keys.published() if office.seal_keys else [],
    }
    return _Proven(facts, content)

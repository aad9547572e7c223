"""The import of tables of 12345 orders, as they were received and perhaps answered."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Response
from pydantic import Field

from services.grid.api.office import TheOffice
from services.grid.api.register_import import BODY_SIZE, Backfill, table_answer
from services.grid.api.register_rows import Since, TableAnswer, TableBody, TableRow
from services.grid.api.signal_bodies import GivenOrderBody, OrderNumber
from services.grid.api.signal_texts import SignalFiles, files_again, into_the_vault, received
from services.grid.api.table_import import TableImport, Taken
from services.grid.domain.named_ids import hotline_order_id
from services.grid.domain.signal import Signal, SignalCommand
from services.grid.domain.signal.ordering import AnswerOrder
from services.grid.domain.signal.receiving import ReceiveSignal, SignalReceivedOtherwise
from services.grid.domain.signal.signal_file import own_matter
from services.grid.store import complained_units
from services.grid.store.vault_files import EntryKind
from shared.bulk_handling import StreamCommands
from shared.contracts.report_codes import ReportGrade
from shared.contracts.signal_codes import OrderResult, SignalSource
from shared.contracts.signals import SignalReceived
from shared.divisions import new_id
from shared.http import Router
from shared.office.occurrence_time import not_in_the_future
from shared.vault import Entry, PersonErased, keep
from shared.vault.bodies import Narrative

router = Router(tags=["import"])


class GivenHotlineOrder(GivenOrderBody, Since):
    """An order as a table states it, received at that time."""


class GivenAnswer(Since):
    """What the table says of its answer."""

    do: Literal["answer"]
    result: OrderResult = OrderResult.NOT_STATED
    words: Narrative | None = None
    grade: ReportGrade | None = None


class OrderRow(TableRow):
    """A row of a table of orders; the order's own number makes it one record."""

    number: OrderNumber
    register_: Annotated[GivenHotlineOrder, Field(alias="register")]
    facts: Annotated[tuple[GivenAnswer, ...], Field(max_length=1)] = ()


@router.post("/hotline-orders/import", response_model=TableAnswer, max_body_size=BODY_SIZE)
async def import_orders(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one order of 12345 with its answer, whole or not at all.

    An order that was sent before, or is in another table, is the same one by its number.
    """
    table = TableImport(office, actor, body.source)
    await table.take(body.rows, OrderRow, _order)
    return table_answer(body, table)


async def _order(table: TableImport, row: OrderRow) -> Taken:
    given, office = row.register_, table.office
    given.require_in(row.division, within="register.")
    stream_id = hotline_order_id(row.division, row.number)
    known = (await office.signals.read(row.division, stream_id)).state
    files = await files_again(office, known, given) if known.version else None
    files = files or into_the_vault(office, stream_id, given)
    at = not_in_the_future(given.at, field="at", now=office.now())
    commands: list[tuple[SignalCommand, datetime]] = [(_receive(row, files, known, stream_id), at)]
    kept = [*files.kept]
    if given.complained_unit is not None:
        kept.append(complained_units.keep(stream_id, given.complained_unit))
    for answer in row.facts:
        command, entry = _answer(answer, files)
        commands.append(
            (command, not_in_the_future(answer.at, field="facts.0.at", now=office.now()))
        )
        kept += keep(row.division, [], [entry] if entry else [])
    work = StreamCommands(stream_id=stream_id, commands=commands, begins=False)
    try:
        events = await table.handle_commands(office.signals, work, kept)
    except SignalReceivedOtherwise:
        if known.version:
            raise
        # sent by somebody else meanwhile: it is compared with that now
        return await _order(table, row)
    if any(isinstance(each, SignalReceived) for each in events):
        return Taken(stream_id, "registered")
    return Taken(stream_id, "extended" if events else "known")


def _receive(row: OrderRow, files: SignalFiles, known: Signal, stream_id: str) -> ReceiveSignal:
    given = row.register_
    command = received(
        given,
        files,
        stream_id,
        own_matter(known) if known.version else new_id(row.division),
        source=SignalSource.HOTLINE_12345,
        order=given.order(row.number),
    )
    return replace(command, imported=True, day_only=given.day_only or None)


def _answer(given: GivenAnswer, files: SignalFiles) -> tuple[AnswerOrder, Entry | None]:
    """The answer, and its words for the vault; raises PersonErased where the file is none any more."""
    if given.words is not None and files.file is None:
        raise PersonErased
    words = {"text": given.words}
    entry = files.file.entry(EntryKind.REMARK, words) if files.file and given.words else None
    command = AnswerOrder(
        result=given.result,
        words_digest=entry.digest if entry else None,
        grade=given.grade,
        imported=True,
        day_only=given.day_only or None,
    )
    return command, entry

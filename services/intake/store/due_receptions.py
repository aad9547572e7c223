"""Scheduled receptions as due rows: each falls due when it should be on record."""

from collections.abc import Iterable

from services.intake.domain.reception_policy import RECEPTIONS
from services.intake.domain.receptions import ReceptionFile
from shared.contracts.receptions import ReceptionScheduled
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import Statement

KIND = "reception"


def rows_for(written: Iterable[Written[ReceptionFile]]) -> list[Statement]:
    """What puts a row for each reception that is scheduled by these events."""
    found = [
        DueRow(
            division=division_of(new.stream_id),
            kind=KIND,
            key=new.stream_id,
            due_at=RECEPTIONS.missed_at(event.on),
            causation_id=new.event_id,
        )
        for each in written
        for event, new in zip(each.events, each.new, strict=True)
        if isinstance(event, ReceptionScheduled)
    ]
    return [put(found)] if found else []

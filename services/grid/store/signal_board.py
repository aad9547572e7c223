"""The signal board: one row a signal with its order, written with the events of its stream."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, LiteralString

from services.grid.domain.signal import Signal, SignalState
from services.grid.domain.signal.signal_file import id_of, matter_of
from services.grid.store import order_outcomes
from services.grid.store.kept_from_own import NOT_COMPLAINED_OF
from shared.board import (
    Ascending,
    Board,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Restriction,
    Stamped,
    Within,
    among,
)
from shared.contracts.case_codes import Category
from shared.contracts.report_codes import ReportTopic
from shared.contracts.signal_codes import (
    LinkedTo,
    OrderResult,
    OrderSource,
    SignalField,
    SignalKind,
    SignalSource,
)
from shared.contracts.words import ExternalText, UnitRef
from shared.divisions import GridCode, Identifier, VillageCode, division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.office.history import Days
from shared.postgres import Pool, rows, transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalLine:
    """A signal as the list shows it: nothing of what was said, and nobody who said it."""

    division: Division
    signal_id: Key[str]
    matter_id: Annotated[Moves[str], Equals(Identifier)]
    """The matter with which it counts."""
    state: Annotated[Moves[str], Equals(SignalState)]
    source: Annotated[str | None, Equals(SignalSource)]
    """Null for an order that the office opened itself."""
    order_source: Annotated[Moves[str | None], Equals(OrderSource)]
    kind: Annotated[str | None, Equals(SignalKind)]
    category: Annotated[Moves[str], Equals(Category)]
    topic: Annotated[Moves[str | None], Equals(ReportTopic)]
    village_code: Annotated[Moves[str | None], Equals(VillageCode)]
    grid_code: Annotated[Moves[str | None], Equals(GridCode)]
    received_at: Annotated[datetime, Within(Days)]
    number: Annotated[Moves[str | None], Equals(ExternalText)]
    nature: Moves[str | None]
    to_unit: Annotated[Moves[str | None], Equals(UnitRef)]
    returned: Moves[bool]
    """A unit gave the order back, and the desk has not given it to another since."""
    due_on: Moves[date | None]
    result: Annotated[Moves[str | None], Equals(OrderResult)]
    report_id: Annotated[Moves[str | None], Equals(Identifier)]
    """The grid report from which the order was opened."""
    case_id: Annotated[Moves[str | None], Equals(Identifier)]
    """The case that has the matter, as the order was answered."""
    linked_kind: Annotated[Moves[str | None], Equals(LinkedTo)]
    linked_id: Annotated[Moves[str | None], Equals(Identifier)]
    version: Moves[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow(SignalLine):
    """A signal as the table has it."""

    complained_unit: Moves[str | None]
    """Never shown: its members are not told that there is a complaint."""
    changed_at: Annotated[datetime, Stamped()]


OPEN = Flag("open", among("state", SignalState.OPEN), "Only those whose order is not answered")
NOT_OF_OWN_UNIT = Restriction(
    "not_of_own_unit", "coalesce(complained_unit <> all(%(own_units)s::text[]), true)"
)
"""Leaves out what complains of the unit of whoever asks."""
NO_LINK_TO_OWN = Restriction(
    "no_link_to_own",
    f"(linked_id is null or {NOT_COMPLAINED_OF.replace('{table}', 'signal_board')})",
)
"""Leaves out what is linked to a matter in which the own unit is complained of."""
SIGNALS = Board(
    "signal_board",
    shows=SignalLine,
    keeps=SignalRow,
    filters=(OPEN,),
    restrictions=(NOT_OF_OWN_UNIT, NO_LINK_TO_OWN),
    orders={
        "newest": Descending(
            by=("division", "received_at", "signal_id"),
            says="township by township, the newest first",
        ),
        "due": Ascending(
            by=("due_on", "signal_id"),
            only=OPEN,
            says="only open ones, the soonest due first, those without a day last",
        ),
    },
)


_HAS_ORDER: LiteralString = """
    select exists (select from signal_board
        where division_code = %(division)s and report_id = %(report_id)s
          and to_unit = %(unit)s and state = %(open)s) as has_it
"""
_ABOUT: LiteralString = f"""
    select signal_id from signal_board
    where division_code = %(division)s
      and (complained_unit = any(%(own_units)s) or not {NO_LINK_TO_OWN.sql})
"""


async def signals_about(
    pool: Pool, scope: str, *, division: str, own: Sequence[str], own_units: Sequence[str]
) -> frozenset[str]:
    """The signals of a ledger that complain of the own unit, or are linked to what does."""
    named = {"division": division, "own": list(own), "own_units": list(own_units)}
    async with transaction(pool, scope) as connection:
        found = await rows(connection, _ABOUT, named)
    return frozenset(row["signal_id"] for row in found)


async def has_order_of(pool: Pool, report_id: str, unit: str) -> bool:
    """Whether the unit has an order that was opened for this report and is not answered."""
    named = {
        "division": division_of(report_id),
        "report_id": report_id,
        "unit": unit,
        "open": SignalState.OPEN.value,
    }
    async with transaction(pool, division_of(report_id)) as connection:
        [found] = await rows(connection, _HAS_ORDER, named)
    return bool(found["has_it"])


def view_writes(written: Sequence[Written[Signal]]) -> list[Statement]:
    """Writes the board, and a due row for what a report is to know, along with events of one ledger."""
    division = division_of(written[0].new[0].stream_id)
    board = SIGNALS.upsert(division, [_row(each) for each in written])
    return [*board, *order_outcomes.rows_for(written)]


def _row(written: Written[Signal]) -> dict[str, object]:
    signal = written.state
    return {
        "signal_id": id_of(signal),
        "matter_id": matter_of(signal),
        "state": signal.state,
        # fixed by the first event of the stream: those of later ones are not written
        "received_at": written.new[0].occurred_at,
        "version": signal.version,
        **_what(signal),
        **_order(signal),
        "linked_kind": signal.linked and signal.linked.to_kind,
        "linked_id": signal.linked and signal.linked.to_id,
    }


def _what(signal: Signal) -> dict[str, object]:
    received = signal.received
    return {
        "source": received and received.source,
        "kind": received and received.signal_kind,
        **{name.field: signal.fact(name) for name in SignalField},
    }


def _order(signal: Signal) -> dict[str, object]:
    opened, answered = signal.opened, signal.answered
    return {
        "order_source": opened and opened.source,
        "number": opened and opened.number,
        "nature": opened and opened.nature,
        "to_unit": signal.to_unit,
        "returned": signal.returned is not None,
        "due_on": opened and opened.due_on,
        "report_id": opened and opened.report_id,
        "result": answered and answered.result,
        "case_id": answered and answered.case_id,
    }

"""The tables of cases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from psycopg.types.json import Jsonb

from services.stats.domain.case_fact import NOTHING_SELDOM, CaseFact, Repeat, Seldom
from services.stats.domain.case_step import Filing, Stated
from services.stats.domain.case_subject import CASE
from services.stats.store.counted_tables import CountedTables, Valued
from shared.folding.occurrence import Occurrence
from shared.folding.tables import Column
from shared.times import from_wire, to_wire

_FILING = (
    Column("category", "text"),
    Column("village_code", "text"),
    Column("channel", "text"),
    Column("first_or_repeat", "text"),
    Column("headcount", "integer"),
    Column("imported", "boolean"),
    Column("purpose", "text"),
    Column("anonymous", "boolean"),
    Column("contact_unclear", "boolean"),
    Column("received_on", "date"),
    Column("names_first", "boolean"),
)


def _write_seldom(seldom: Seldom) -> Jsonb | None:
    if seldom is NOTHING_SELDOM or seldom == NOTHING_SELDOM:
        return None
    said: dict[str, Any] = {}
    for name, value in seldom._asdict().items():
        if isinstance(value, Occurrence):
            said[name] = value.to_json()
    if seldom.extended_due_at:
        said["extended_due_at"] = to_wire(seldom.extended_due_at)
    if seldom.excused_until:
        said["excused_until"] = seldom.excused_until.isoformat()
    if seldom.repeats:
        said["repeats"] = [[each.case_id, each.registered.to_json()] for each in seldom.repeats]
    return Jsonb(said)


def _read_seldom(said: Mapping[str, Any] | None) -> Seldom:
    if said is None:
        return NOTHING_SELDOM
    return Seldom(**{name: _read_part(name, value) for name, value in said.items()})


def _read_part(name: str, value: Any) -> Any:
    if name == "extended_due_at":
        return from_wire(value)
    if name == "excused_until":
        return date.fromisoformat(value)
    if name == "repeats":
        return tuple(Repeat(case_id, Occurrence.from_json(at)) for case_id, at in value)
    return Occurrence.from_json(value)


_FILED_ON = "(fact.filed_at at time zone 'Asia/Shanghai')::date"

CASES = CountedTables(
    subject=CASE,
    name="case",
    stated=(*_FILING, Column("petitioner_due_at", "timestamptz"), Column("detail", "text")),
    stated_as=Stated,
    fact_as=CaseFact,
    origin="filing",
    origin_as=Filing,
    origin_columns=_FILING,
    values=(
        Column("due_at", "timestamptz"),
        Column("petitioner_due_at", "timestamptz"),
        Column("grounded", "boolean"),
        Column("seldom", "jsonb", write=_write_seldom, read=_read_seldom),
    ),
    occurrences=(
        "filed",
        "accepted",
        "notified",
        "answered",
        "resolved",
        "withdrawn",
        "diverted",
        "linked",
        "closed",
        "reopened",
    ),
    valued={
        "registration_delay": Valued(
            at="filed_at",
            value=f"{_FILED_ON} - fact.received_on",
            where="fact.received_on is not null",
        ),
        "days_to_answer": Valued(
            at="answered_at",
            value="(fact.answered_at at time zone 'Asia/Shanghai')::date"
            f" - coalesce(fact.received_on, {_FILED_ON})",
        ),
    },
)

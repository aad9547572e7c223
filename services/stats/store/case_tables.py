"""The tables of cases."""

from services.stats.domain.case_fact import CaseFact
from services.stats.domain.case_step import Filing, Stated
from services.stats.domain.case_subject import CASE
from services.stats.store.complaints import (
    COMPLAINED,
    COMPLAINS_OF_UNIT,
    RECOGNISED_AS_ACCUSATION,
)
from services.stats.store.counted_tables import CountedTables, Valued
from services.stats.store.seldom import read_seldom, write_seldom
from shared.folding.tables import Column

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
    *COMPLAINED,
    Column("home_division", "text"),
    Column("matter_id", "text"),
)


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
        Column("seldom", "jsonb", write=write_seldom, read=read_seldom),
    ),
    kept_from=COMPLAINS_OF_UNIT,
    kept_from_all=RECOGNISED_AS_ACCUSATION,
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

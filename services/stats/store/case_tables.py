"""The tables of cases."""

from services.stats.domain.case_fact import CaseFact
from services.stats.domain.case_step import Filing
from services.stats.domain.case_subject import CASE
from services.stats.store.counted_tables import CountedTables
from shared.folding.tables import Column

_FILING = (
    Column("category", "text", fixed=True),
    Column("village_code", "text", fixed=True),
    Column("channel", "text", fixed=True),
    Column("first_or_repeat", "text", fixed=True),
    Column("headcount", "integer", fixed=True),
    Column("imported", "boolean", fixed=True),
)

CASES = CountedTables(
    subject=CASE,
    name="case",
    stated=_FILING,
    stated_as=Filing,
    fact_as=CaseFact,
    origin="filing",
    origin_as=Filing,
    origin_columns=_FILING,
    values=(Column("due_at", "timestamptz"),),
    occurrences=(
        "filed",
        "accepted",
        "answered",
        "resolved",
        "withdrawn",
        "diverted",
        "linked",
        "closed",
        "reopened",
        "repeated",
    ),
)

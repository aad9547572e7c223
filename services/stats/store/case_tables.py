"""The tables of cases."""

from services.stats.domain.case_fact import CaseFact
from services.stats.domain.case_step import Filing
from services.stats.domain.case_subject import CASE
from services.stats.store.tables import Column, SubjectTables

_FILING = (
    Column("category", "text", fixed=True),
    Column("village_code", "text", fixed=True),
    Column("channel", "text", fixed=True),
    Column("first_or_repeat", "text", fixed=True),
    Column("headcount", "integer", fixed=True),
    Column("imported", "boolean", fixed=True),
)

CASES = SubjectTables(
    subject=CASE,
    name="case",
    said=_FILING,
    said_as=Filing,
    fact_as=CaseFact,
    stated="filing",
    stated_as=Filing,
    stated_columns=_FILING,
    values=(Column("due_at", "timestamptz"),),
    marks=(
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

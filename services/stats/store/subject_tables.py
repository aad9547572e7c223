"""The tables of every subject, and those in which a counter is kept."""

from services.stats.domain.subject import Subject
from services.stats.store.case_tables import CASES
from services.stats.store.mediation_tables import MEDIATIONS, MEDIATORS
from services.stats.store.tables import SubjectTables

EVERY_TABLES = (CASES, MEDIATIONS, MEDIATORS)

_OF = {tables.subject: tables for tables in EVERY_TABLES}


def tables_of(subject: Subject) -> SubjectTables:
    """Where the subject's rows are."""
    return _OF[subject]

"""The tables of every subject, and those in which a counter is kept."""

from services.stats.domain.counted_subject import CountedSubject
from services.stats.store.case_tables import CASES
from services.stats.store.counted_tables import CountedTables
from services.stats.store.coverage_tables import EVERY_COVERAGE_TABLES
from services.stats.store.duty_tables import DUTIES
from services.stats.store.grid_tables import EVERY_GRID_TABLES
from services.stats.store.mediation_tables import MEDIATIONS, MEDIATORS
from services.stats.store.warning_tables import EVERY_WARNING_TABLES

EVERY_TABLES = (
    CASES,
    MEDIATIONS,
    MEDIATORS,
    *EVERY_GRID_TABLES,
    *EVERY_COVERAGE_TABLES,
    *EVERY_WARNING_TABLES,
    DUTIES,
)

_OF = {tables.subject: tables for tables in EVERY_TABLES}


def tables_of(subject: CountedSubject) -> CountedTables:
    """Where the subject's rows are."""
    return _OF[subject]

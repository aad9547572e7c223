"""The tables of early warnings and of watched matters."""

from services.stats.domain.warning_fact import Warned, WarningFact
from services.stats.domain.warning_step import Stated
from services.stats.domain.warning_subject import WARNING
from services.stats.domain.watch_subject import WATCH, WatchFact
from services.stats.store.complaints import MATTER_COMPLAINS_OF_UNIT
from services.stats.store.counted_tables import CountedTables, Valued
from shared.folding.tables import Column

_WARNED = (
    Column("category", "text", fixed=True),
    Column("village_code", "text", fixed=True),
    Column("rule", "text", fixed=True),
    Column("source_kind", "text", fixed=True),
    Column("afterwards", "boolean", fixed=True),
    Column("lead_days", "integer", fixed=True),
    Column("matter_id", "text", fixed=True),
)
_LEVEL, _HOW = Column("level", "text"), Column("how", "text")

WARNINGS = CountedTables(
    subject=WARNING,
    name="warning",
    stated=(*_WARNED, _LEVEL, _HOW),
    stated_as=Stated,
    fact_as=WarningFact,
    origin="warned",
    origin_as=Warned,
    origin_columns=_WARNED,
    values=(_LEVEL, Column("dispose_by", "timestamptz"), _HOW),
    kept_from=MATTER_COMPLAINS_OF_UNIT,
    occurrences=("raised", "acknowledged", "disposed", "expired", "found_false"),
    valued={
        "warning_lead_days": Valued(
            at="raised_at",
            value="fact.lead_days",
            where="fact.lead_days is not null and fact.found_false_at is null",
        )
    },
)

WATCHES = CountedTables(
    subject=WATCH,
    name="watch",
    fact_as=WatchFact,
    occurrences=("watched", "ended", "unjustified"),
)

EVERY_WARNING_TABLES = (WARNINGS, WATCHES)

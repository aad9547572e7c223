"""The tables of mediations and of mediators: what one topic tells of."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from services.stats.domain.mediation_fact import Dispute, MediationFact, Session
from services.stats.domain.mediation_step import Stated
from services.stats.domain.mediation_subject import MEDIATION
from services.stats.domain.mediator_fact import MediatorFact, Stay
from services.stats.domain.mediator_fact import Stated as RosterStated
from services.stats.domain.mediator_subject import MEDIATOR
from services.stats.store.complaints import DISPUTE_COMPLAINS_OF_UNIT
from services.stats.store.counted_tables import CountedTables
from shared.folding.occurrence import Occurrence
from shared.folding.tables import Column

_DISPUTE = (
    Column("category", "text", fixed=True),
    Column("village_code", "text", fixed=True),
    Column("committee_id", "text", fixed=True),
    Column("dispute_kind", "text", fixed=True),
    Column("complained", "text", fixed=True),
    Column("complained_division", "text", fixed=True),
    Column("matter_id", "text", fixed=True),
)


def _write_sessions(sessions: Iterable[Session]) -> Jsonb:
    return Jsonb([[each.session_id, each.mode, each.occurrence.to_json()] for each in sessions])


def _read_sessions(written: Sequence[Any]) -> tuple[Session, ...]:
    return tuple(Session(name, mode, Occurrence.from_json(at)) for name, mode, at in written)


def _write_stays(stays: Iterable[Stay]) -> Jsonb:
    return Jsonb(
        [[each.kind, each.joined.to_json(), each.left and each.left.to_json()] for each in stays]
    )


def _read_stays(written: Sequence[Any]) -> tuple[Stay, ...]:
    return tuple(
        Stay(kind, Occurrence.from_json(joined), left and Occurrence.from_json(left))
        for kind, joined, left in written
    )


MEDIATIONS = CountedTables(
    subject=MEDIATION,
    name="mediation",
    stated=(*_DISPUTE, Column("session_id", "text"), Column("session_mode", "text")),
    stated_as=Stated,
    fact_as=MediationFact,
    origin="dispute",
    origin_as=Dispute,
    origin_columns=_DISPUTE,
    values=(
        Column("sessions", "jsonb", write=_write_sessions, read=_read_sessions),
        Column("outcome", "text"),
        Column("due_at", "timestamptz"),
    ),
    occurrences=("applied", "ended", "performed", "breached"),
    kept_from=DISPUTE_COMPLAINS_OF_UNIT,
)

MEDIATORS = CountedTables(
    subject=MEDIATOR,
    name="mediator",
    stated=(Column("kinds", "text"),),
    stated_as=RosterStated,
    fact_as=MediatorFact,
    values=(Column("stays", "jsonb", write=_write_stays, read=_read_stays),),
    occurrences=(),
)

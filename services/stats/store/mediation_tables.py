"""The tables of mediations and of mediators: what one topic tells of."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from services.stats.domain.mark import Mark
from services.stats.domain.mediation_fact import Dispute, MediationFact, Session
from services.stats.domain.mediation_step import Said
from services.stats.domain.mediation_subject import MEDIATION
from services.stats.domain.mediator_fact import MediatorFact, Stay
from services.stats.domain.mediator_fact import Said as RosterSaid
from services.stats.domain.mediator_subject import MEDIATOR
from services.stats.store.tables import Column, SubjectTables
from shared.times import from_wire, to_wire

_DISPUTE = (
    Column("category", "text", fixed=True),
    Column("village_code", "text", fixed=True),
    Column("committee_id", "text", fixed=True),
    Column("dispute_kind", "text", fixed=True),
)


def _written(mark: Mark | None) -> list[Any] | None:
    return mark and [to_wire(mark.at), mark.seq]


def _read(told: list[Any]) -> Mark:
    return Mark.of(from_wire(told[0]), told[1])


def _write_sessions(sessions: Iterable[Session]) -> Jsonb:
    return Jsonb([[each.session_id, each.mode, _written(each.mark)] for each in sessions])


def _read_sessions(told: Sequence[Any]) -> tuple[Session, ...]:
    return tuple(Session(name, mode, _read(mark)) for name, mode, mark in told)


def _write_stays(stays: Iterable[Stay]) -> Jsonb:
    return Jsonb([[each.kind, _written(each.joined), _written(each.left)] for each in stays])


def _read_stays(told: Sequence[Any]) -> tuple[Stay, ...]:
    return tuple(Stay(kind, _read(joined), left and _read(left)) for kind, joined, left in told)


MEDIATIONS = SubjectTables(
    subject=MEDIATION,
    name="mediation",
    said=(*_DISPUTE, Column("session_id", "text"), Column("session_mode", "text")),
    said_as=Said,
    fact_as=MediationFact,
    stated="dispute",
    stated_as=Dispute,
    stated_columns=_DISPUTE,
    values=(
        Column("sessions", "jsonb", write=_write_sessions, read=_read_sessions),
        Column("outcome", "text"),
        Column("due_at", "timestamptz"),
    ),
    marks=("applied", "ended", "performed", "breached"),
)

MEDIATORS = SubjectTables(
    subject=MEDIATOR,
    name="mediator",
    said=(Column("kinds", "text"),),
    said_as=RosterSaid,
    fact_as=MediatorFact,
    values=(Column("stays", "jsonb", write=_write_stays, read=_read_stays),),
    marks=(),
)

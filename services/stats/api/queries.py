"""The routes by which figures are read."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request, Response

from services.stats.api.figure_json import counted_json, evidence_head, figures_json, measure_json
from services.stats.api.questions import FOLLOWS, AskedQuestion, Ids, Part, Version
from services.stats.api.shapes import EvidenceAnswer, FiguresAnswer, MeasuresAnswer
from services.stats.asking import evidence as asked_evidence
from services.stats.asking import figures as asked_figures
from services.stats.asking.applicable import FigureNotKeptBy, applicable
from services.stats.asking.question import AsOfMissesLedger, AsOfNotFolded
from services.stats.domain.measures import (
    UnknownMeasure,
    UnknownVersion,
    every_version,
    measures_of,
    part_of,
)
from services.stats.domain.period import PeriodNotRead
from services.stats.domain.subjects import SUBJECT_OF
from services.stats.store import positions
from services.stats.store.kept_from import Asker
from services.stats.store.snapshot import snapshot
from shared.divisions import check_id
from shared.http import (
    Paging,
    PositionWaits,
    Router,
    answered,
    page,
    refused_with,
)
from shared.http.positions import LedgerPlace
from shared.http.refusals import LedgerNotFollowed, PositionNotReached
from shared.identity import Actor, Authenticated, Role, requires
from shared.keyed_marks import KeyedMarks
from shared.known_units import KnownUnits, KnownUnitsSnapshot
from shared.postgres import Pool, transaction
from shared.times import china_day

_OFFICE = (
    Role.CLERK,
    Role.HANDLER,
    Role.GRID_LEAD,
    Role.MEDIATOR,
    Role.TOWNSHIP_LEADER,
    Role.COUNTY_LEADER,
    Role.AUDITOR,
    Role.BACKFILL,
)
FigureReader = Annotated[Actor, requires(*_OFFICE, Role.GRID_WORKER, Role.AGENCY)]
EvidenceReader = Annotated[Actor, requires(*_OFFICE)]
"""Single cases are shown to offices; other agencies read figures."""

_REFUSALS = refused_with(
    PeriodNotRead,
    FigureNotKeptBy,
    AsOfMissesLedger,
    AsOfNotFolded,
    LedgerNotFollowed,
    PositionNotReached,
    UnknownMeasure,
    UnknownVersion,
)

router = Router(tags=["figures"])


async def _pool(request: Request) -> Pool:
    pool: Pool = request.app.state.pool
    return pool


ThePool = Annotated[Pool, Depends(_pool)]


async def _waits(request: Request) -> PositionWaits:
    waits: PositionWaits = request.app.state.position_waits
    return waits


async def _marks(request: Request) -> KeyedMarks:
    marks: KeyedMarks = request.app.state.marks
    return marks


async def _units(request: Request) -> KnownUnits:
    """As of a second ago."""
    snapshot: KnownUnitsSnapshot = request.app.state.known_units
    await snapshot.look(request.app.state.verifier.county)
    return snapshot.known


TheMarks = Annotated[KeyedMarks, Depends(_marks)]
TheUnits = Annotated[KnownUnits, Depends(_units)]
TheWaits = Annotated[PositionWaits, Depends(_waits)]


def waits_for_folded(pool: Pool, county: str) -> PositionWaits:
    """Requests that wait until the ledgers are folded as far as a position."""

    async def heads(_: Collection[LedgerPlace]) -> dict[LedgerPlace, int]:
        async with transaction(pool, county) as connection:
            folded = await positions.folded(connection, county)
        return {(ledger.service, ledger.division): seq for ledger, seq in folded.items()}

    return PositionWaits(heads, follows=FOLLOWS)


@router.get("/figures", response_model=FiguresAnswer, responses=_REFUSALS)
async def figures(
    *,
    actor: FigureReader,
    asked: AskedQuestion,
    pool: ThePool,
    waits: TheWaits,
    ids: Ids = None,
    version: Version = None,
) -> Response:
    """Measures of a division over a period, each with all that it was computed from."""
    question = asked.within_scope_of(actor)
    wanted = measures_of(ids.split(",") if ids else None, version)
    measures = applicable(wanted, question, named=bool(ids))
    await waits.until(asked.wait_for, post=actor.place)
    async with snapshot(pool, actor.scope) as connection:
        answer = await asked_figures.figures(connection, question, measures)
    return answered(figures_json(asked, answer))


@router.get("/figures/{measure_id}/evidence", response_model=EvidenceAnswer, responses=_REFUSALS)
async def evidence(
    *,
    measure_id: str,
    actor: EvidenceReader,
    asked: AskedQuestion,
    pool: ThePool,
    waits: TheWaits,
    marks: TheMarks,
    units: TheUnits,
    paging: Paging,
    part: Part = "numerator",
    version: Version = None,
) -> Response:
    """The matters that a figure counts, each with the events that made it count.

    What complains of the unit of whoever asks, reports about it, and what was recognised as an
    accusation, are counted in `withheld`, and not shown.
    """
    question = asked.within_scope_of(actor)
    wanted = measures_of([measure_id], version)[:1]
    (measure,) = applicable(wanted, question, named=True)
    (after,) = paging.after_as(check_id) or ("",)
    await waits.until(asked.wait_for, post=actor.place)
    counted_part = part_of(measure, part)
    own = units.names_concerning(actor, marks, on=china_day(datetime.now(UTC)))
    async with snapshot(pool, actor.scope) as connection:
        found = await asked_evidence.evidence(
            connection,
            question,
            counted_part,
            asker=Asker(actor, own),
            after=after,
            limit=paging.limit,
        )
    shown = page(found.found, paging, key=lambda counted: (counted.entity_id,))
    subject = SUBJECT_OF[counted_part.term.counter]
    shown["items"] = [counted_json(subject, counted) for counted in shown["items"]]
    return answered({**evidence_head(asked, measure, part, found), **shown})


@router.get("/measures", response_model=MeasuresAnswer)
async def measures(_: Authenticated) -> Response:
    """What every figure means, in every version; of each the newest comes last."""
    return answered({"measures": [measure_json(measure) for measure in every_version()]})

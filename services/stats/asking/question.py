"""A question about figures, and the ledger positions that its answer is as of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.ledgers import LedgerName, Vector
from services.stats.domain.period import Period
from services.stats.domain.time_basis import TimeBasis
from services.stats.store import positions
from services.stats.store.filters import EVERYTHING, Chosen
from shared.postgres import Connection
from shared.refusals import Refusal
from shared.times import china_day


class AsOfMissesLedger(Refusal):
    """The position does not say where every ledger of the division stood."""

    status = 422
    title = "The position misses a ledger"


class AsOfNotFolded(Refusal):
    """The position lies beyond what is folded here yet."""

    status = 503
    title = "The position is not reached yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which days of which division, of which entities, and as of when (None: the live state)."""

    division: str
    period: Period
    by: TimeBasis = TimeBasis.OCCURRED
    chosen: Chosen = EVERYTHING
    as_of: Vector | datetime | None = None
    horizon: date | None = None
    """The day by which terms and running periods are judged; None: that of the time asked, or today."""

    def judged_on(self, now: datetime) -> date:
        """The horizon that the question means."""
        if self.horizon is not None:
            return self.horizon
        return china_day(self.as_of if isinstance(self.as_of, datetime) else now)


def horizons_of(subject: CountedSubject, vector: Vector, horizon: date) -> dict[str, date]:
    """The horizon of every division whose ledger tells of the subject."""
    return {name.division: horizon for name in vector if name.service == subject.service}


async def vector_of(
    connection: Connection, question: Question, live: Mapping[LedgerName, int]
) -> dict[LedgerName, int]:
    """The positions that the question is about."""
    asked = question.as_of
    if asked is None:
        return dict(live)
    if isinstance(asked, datetime):
        return await positions.at(connection, live, asked)
    missed = [ledger for ledger in live if ledger not in asked]
    if missed:
        raise AsOfMissesLedger(ledger=str(missed[0]))
    if any(asked[ledger] > seq for ledger, seq in live.items()):
        raise AsOfNotFolded
    return {ledger: asked[ledger] for ledger in live}

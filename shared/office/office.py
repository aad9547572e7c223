"""What the routes of a service that keeps ledgers need: ledger, keys, clock."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request

from shared.cloudevents import RecordedEvent
from shared.divisions import county_of
from shared.http.position_waits import PositionWaits
from shared.http.positions import LedgerPlace
from shared.identity import Actor
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.known_units import KnownUnits, KnownUnitsSnapshot, Place
from shared.ledger import Ledger
from shared.postgres import Pool
from shared.sealing import SealKeys
from shared.times import china_day

NOTHING_KNOWN = KnownUnits()


def wall_clock() -> datetime:
    """The current time."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class LedgerOffice:
    """Made once, by the entry point; a service's subclass adds what its routes need."""

    service: str
    ledger: Ledger
    seal_keys: SealKeys | None = None
    marks: KeyedMarks = NO_MARKS
    known_units: KnownUnitsSnapshot | None = None
    """The units and posts that the service follows; None where it keeps the registry itself."""
    now: Callable[[], datetime] = wall_clock

    @property
    def pool(self) -> Pool:
        """The connection pool of the service's database."""
        return self.ledger.pool

    def own_units(self, actor: Actor) -> frozenset[Place]:
        """The units that complaints may name which are kept from the actor, by division and code."""
        return self._known.concerning(actor, on=china_day(self.now()))

    def own_names(self, actor: Actor) -> list[str]:
        """The same as `<division>/<name>`, by mark and by code."""
        return self._known.names_concerning(actor, self.marks, on=china_day(self.now()))

    @property
    def _known(self) -> KnownUnits:
        return NOTHING_KNOWN if self.known_units is None else self.known_units.known

    @cached_property
    def position_waits(self) -> PositionWaits:
        """The requests that wait until the service's ledgers reach a position."""
        return PositionWaits(self._heads, follows={self.service})

    async def _heads(self, ledgers: Collection[LedgerPlace]) -> dict[LedgerPlace, int]:
        divisions = [division for _, division in ledgers]
        heads: dict[LedgerPlace, int] = {}
        for county in set(map(county_of, divisions)):
            found = await self.ledger.heads(county, divisions)
            heads |= {(self.service, division): head for division, head in found.items() if head}
        return heads

    async def withheld(self, actor: Actor, division: str) -> Collection[str]:
        """The streams of a ledger of whose events the actor is told nothing; here none."""
        del actor, division
        return ()

    async def readable(
        self, actor: Actor, division: str, events: Sequence[RecordedEvent]
    ) -> Sequence[RecordedEvent]:
        """Those of these events of a ledger that the actor may read."""
        withheld = await self.withheld(actor, division)
        return [each for each in events if each.stream_id not in withheld]

    def open_in(self, app: FastAPI) -> None:
        """Store the office where the app's routes find it."""
        app.state.office = self


async def office_of(request: Request) -> Any:
    """The office of the app, which knows units as of a second ago; a service declares its own by
    `Annotated[Office, Depends(office_of)]`.
    """
    office: LedgerOffice = request.app.state.office
    if office.known_units is not None:
        await office.known_units.look(request.app.state.verifier.county)
    return office


TheLedgerOffice = Annotated[LedgerOffice, Depends(office_of)]

"""What the routes of a service that keeps ledgers need: ledger, keys, clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request

from shared.ledger import Ledger
from shared.postgres import Pool
from shared.sealing import SealKeys


def wall_clock() -> datetime:
    """The current time."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class LedgerOffice:
    """Made once, by the entry point; a service's subclass adds what its routes need."""

    service: str
    ledger: Ledger
    seal_keys: SealKeys | None = None
    now: Callable[[], datetime] = wall_clock

    @property
    def pool(self) -> Pool:
        """The connection pool of the service's database."""
        return self.ledger.pool

    def open_in(self, app: FastAPI) -> None:
        """Store the office where the app's routes find it."""
        app.state.office = self


async def office_of(request: Request) -> Any:
    """The office of the app; a service declares its own by `Annotated[Office, Depends(office_of)]`."""
    return request.app.state.office


TheLedgerOffice = Annotated[LedgerOffice, Depends(office_of)]

"""What every service that keeps ledgers has at hand behind its routes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from shared.ledger import Ledger
from shared.postgres import Pool
from shared.sealing import SealKeys


def wall_clock() -> datetime:
    """Now, as the machine has it."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class LedgerOffice:
    """Made once, by the door; a service's own office adds what its routes need."""

    service: str
    ledger: Ledger
    seal_keys: SealKeys | None = None
    now: Callable[[], datetime] = wall_clock

    @property
    def pool(self) -> Pool:
        """The connections to the service's database."""
        return self.ledger.pool

    def open_in(self, app: FastAPI) -> None:
        """Let the app's routes find it."""
        app.state.office = self


async def _office_of(request: Request) -> LedgerOffice:
    office: LedgerOffice = request.app.state.office
    return office


TheLedgerOffice = Annotated[LedgerOffice, Depends(_office_of)]

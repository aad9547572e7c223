"""What the routes need: villages, grids, workers and the vault."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from services.grid.api.command_answers import (
    grid_summary,
    patrol_summary,
    village_summary,
    worker_summary,
)
from services.grid.domain.grid import GRID, Grid, GridCommand
from services.grid.domain.grid_worker import GRID_WORKER, GridWorker, WorkerCommand
from services.grid.domain.patrol import PATROL, Patrol, PatrolCommand
from services.grid.domain.village import VILLAGE, Village, VillageCommand
from services.grid.store import grid_board, grid_workers, patrol_board, village_board
from shared.handling import Handling
from shared.keys import Keys
from shared.ledger import Ledger
from shared.office import LedgerOffice, office_of
from shared.sealing import SealKeys
from shared.vault import Vault

SERVICE = "grid"

Villages = Handling[VillageCommand, Village]
Grids = Handling[GridCommand, Grid]
Workers = Handling[WorkerCommand, GridWorker]
Patrols = Handling[PatrolCommand, Patrol]


@dataclass(frozen=True, kw_only=True)
class Office(LedgerOffice):
    """Made once, by the entry point."""

    villages: Villages
    grids: Grids
    workers: Workers
    patrols: Patrols
    vault: Vault

    @classmethod
    def over(cls, ledger: Ledger, keys: Keys, seal_keys: SealKeys | None = None) -> "Office":
        """An office over grid's database."""
        return cls(
            service=SERVICE,
            ledger=ledger,
            villages=Handling(
                ledger=ledger,
                decider=VILLAGE,
                answer=village_summary,
                view_writes=village_board.view_writes,
            ),
            grids=Handling(
                ledger=ledger,
                decider=GRID,
                answer=grid_summary,
                view_writes=grid_board.view_writes,
            ),
            workers=Handling(
                ledger=ledger,
                decider=GRID_WORKER,
                answer=worker_summary,
                view_writes=grid_workers.view_writes,
            ),
            patrols=Handling(
                ledger=ledger,
                decider=PATROL,
                answer=patrol_summary,
                view_writes=patrol_board.view_writes,
            ),
            vault=Vault(ledger.pool, keys),
            seal_keys=seal_keys,
        )


TheOffice = Annotated[Office, Depends(office_of)]

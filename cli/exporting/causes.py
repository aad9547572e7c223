"""Completes an export: an event that others follow from is in it, too.

The ledgers are read one after another while the system works, so a ledger read late may hold what
follows from an event that came to an earlier one meanwhile. That one is read on.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from cli.exporting.ledgers import Exported, ids_in, ledgers_of, write_ledger
from cli.figures_api import scope_of
from cli.system import System
from shared.divisions import division_of
from shared.identity import Role


def complete(
    folder: Path,
    system: System,
    division: str,
    ledgers: list[Exported],
    *,
    services: Sequence[str],
    seals: BinaryIO,
) -> None:
    """Read ledgers on until no cause is missing, or none that the system has."""
    while missing := _missing(folder, division, ledgers):
        grown = False
        for service in services:
            with system.client(service, Role.AUDITOR, scope_of(division)) as client:
                for now in list(ledgers_of(client, service, division)):
                    if now.division not in missing:
                        continue
                    known = _known(ledgers, now)
                    after, known.events, known.head_hash = known.events, now.events, now.head_hash
                    write_ledger(client, known, folder, seals=seals, after=after)
                    grown |= known.events > after
        if not grown:
            return


def _known(ledgers: list[Exported], found: Exported) -> Exported:
    """The exported ledger, empty where it began since."""
    for each in ledgers:
        if each.name == found.name:
            return each
    begun = Exported(found.service, found.division, 0, "")
    ledgers.append(begun)
    return begun


def _missing(folder: Path, division: str, ledgers: Iterable[Exported]) -> set[str]:
    """The divisions in which an event took place that others follow from, and that is not there."""
    named = set[str]().union(*(ledger.causes for ledger in ledgers))
    causes = {cause for cause in named if division_of(cause).startswith(division)}
    for ledger in ledgers:
        if not causes:
            break
        causes.difference_update(ids_in(folder, ledger))
    return set(map(division_of, causes))

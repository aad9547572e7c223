"""The watch board: one row a watched matter (重点关注清单), written with the events of its stream."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from services.grid.domain.matter_watch import MatterWatch, WatchState
from services.grid.store.kept_from_own import NOT_COMPLAINED_OF
from services.grid.store.sealed_matters import NOT_SEALED
from shared.board import (
    Ascending,
    Board,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Restriction,
    Within,
    among,
)
from shared.contracts.early_warning_codes import WatchEnd
from shared.contracts.words import UnitRef
from shared.divisions import Identifier, division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.office.history import Days


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLine:
    """A watched matter as the list shows it: who watches it and until when, and of whom nothing."""

    division: Division
    watch_id: Annotated[Key[str], Equals(Identifier)]
    matter_id: Annotated[str, Equals(Identifier)]
    state: Annotated[Moves[str], Equals(WatchState)]
    owner_unit: Annotated[str, Equals(UnitRef)]
    warning_id: Annotated[str | None, Equals(Identifier)]
    watched_at: Annotated[datetime, Within(Days)]
    review_by: Moves[date]
    expires_on: date
    why_ended: Annotated[Moves[str | None], Equals(WatchEnd)]
    version: Moves[int]


OPEN = Flag("open", among("state", WatchState.WATCHED), "Only matters that are still watched")
NOT_ABOUT_OWN_UNIT = Restriction(
    "not_about_own_unit", NOT_COMPLAINED_OF.replace("{table}", "watch_board")
)
"""Leaves out matters in which the own unit is complained of."""
NO_SEALED_MATTER = Restriction("no_sealed_matter", NOT_SEALED.replace("{table}", "watch_board"))
"""Leaves out what is about a matter that has been sealed since."""
NO_SAFETY_OF_OTHERS = Restriction(
    "no_safety_of_others",
    """
    not exists (select from warning_board as warning
        where warning.division_code = watch_board.division_code
          and warning.warning_id = watch_board.warning_id
          and warning.subject_kind = 'safety'
          and not exists (select from warning_raiser as raiser
              where raiser.division_code = warning.division_code
                and raiser.warning_id = warning.warning_id
                and raiser.raised_by = any(%(raisers)s::text[])))
    """,
)
"""Leaves out entries of earlier releases that were made from a safety warning of somebody else."""
OWN_ONLY = Restriction("own_only", "owner_unit = any(%(units)s::text[])")
"""Leaves out what another unit watches."""

WATCHES = Board(
    "watch_board",
    shows=WatchLine,
    filters=(OPEN,),
    restrictions=(NOT_ABOUT_OWN_UNIT, NO_SEALED_MATTER, NO_SAFETY_OF_OTHERS, OWN_ONLY),
    orders={
        "newest": Descending(
            by=("division", "watched_at", "watch_id"),
            says="township by township, the newest first",
        ),
        "review": Ascending(
            by=("review_by", "watch_id"),
            only=OPEN,
            says="only matters that are still watched, the soonest review first",
        ),
    },
)


def view_writes(written: Sequence[Written[MatterWatch]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    division = division_of(written[0].new[0].stream_id)
    return WATCHES.upsert(division, [row for each in written if (row := _row(each))])


def _row(written: Written[MatterWatch]) -> dict[str, object] | None:
    watch = written.state
    watched = watch.watched
    if watched is None:
        return None
    return {
        "watch_id": watched.watch_id,
        "matter_id": watched.matter_id,
        "state": watch.state,
        "owner_unit": watched.owner_unit,
        "warning_id": watched.warning_id,
        # fixed by the first event of the stream: those of later ones are not written
        "watched_at": written.new[0].occurred_at,
        "review_by": watch.review_by,
        "expires_on": watched.expires_on,
        "why_ended": watch.ended and watch.ended.why,
        "version": watch.version,
    }

"""The warning board: one row a warning, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, LiteralString

from psycopg import sql

from services.grid.domain.early_warning import EarlyWarning, WarningState
from services.grid.domain.early_warning.warning_file import OPEN_STATES
from services.grid.policies.early_warnings import EARLY_WARNINGS, chosen_early_warnings
from services.grid.store import rule_state, warning_terms
from services.grid.store.case_holders import HAS_ITS_CASE
from services.grid.store.kept_from_own import NOT_MADE_OF_COMPLAINTS
from services.grid.store.sealed_matters import NOT_SEALED
from shared.board import (
    Ascending,
    Board,
    Computed,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Restriction,
    Stamped,
    Within,
    among,
)
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import (
    WarningLevel,
    WarningRule,
    WarningSource,
    WarningSubject,
)
from shared.contracts.words import UnitRef
from shared.divisions import Identifier, VillageCode, division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.office.history import Days


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLine:
    """A warning as the list shows it: a matter, a place and an issue, or a term of the office."""

    division: Division
    warning_id: Annotated[Key[str], Equals(Identifier)]
    level: Annotated[Moves[str], Equals(WarningLevel)]
    urgency: Moves[int]
    """Of the level: 0 is red, on which the office acts first."""
    state: Annotated[Moves[str], Equals(WarningState)]
    subject_kind: Annotated[str, Equals(WarningSubject)]
    subject: str
    rule: Annotated[str, Equals(WarningRule)]
    rule_version: int
    source: Annotated[str, Equals(WarningSource)]
    matter_id: Annotated[str | None, Equals(Identifier)]
    unit: Annotated[str | None, Equals(UnitRef)]
    category: Annotated[str | None, Equals(Category)]
    village_code: Annotated[str | None, Equals(VillageCode)]
    episode: int
    recorded_afterwards: bool
    counted: Annotated[
        int,
        Computed(
            "coalesce((select repeats.counted from warning_repeats as repeats"
            " where repeats.division_code = warning_board.division_code"
            " and repeats.warning_id = warning_board.warning_id), 1)"
        ),
    ]
    """How often what it is about has come: of a rule's warning since the first of what fired it, of a
    post's since it was raised, each time counted."""
    raised_at: Annotated[datetime, Within(Days)]
    dispose_by: Moves[datetime]
    ended_at: Moves[datetime | None]
    version: Moves[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRow(WarningLine):
    """A warning as the table has it."""

    changed_at: Annotated[datetime, Stamped()]


OPEN = Flag("open", among("state", *OPEN_STATES), "Only those on which somebody has to act")
FOR_LEADER = Flag(
    "for_leader",
    sql.SQL("{} and {}").format(among("level", WarningLevel.RED), among("state", *OPEN_STATES)),
    "Only open red ones, which are the next leader's at once",
)
NOT_ABOUT_OWN_UNIT = Restriction("not_about_own_unit", NOT_MADE_OF_COMPLAINTS)
"""Leaves out what is about a matter in which the own unit is complained of."""
NO_SEALED_MATTER = Restriction("no_sealed_matter", NOT_SEALED.replace("{table}", "warning_board"))
"""Leaves out what is about a matter that has been sealed since."""
_RAISED_BY_THEM: LiteralString = """
    exists (select from warning_raiser as raiser
        where raiser.division_code = warning_board.division_code
          and raiser.warning_id = warning_board.warning_id
          and raiser.raised_by = any(%(raisers)s::text[]))
"""
NO_SAFETY_OF_OTHERS = Restriction(
    "no_safety_of_others", f"(subject_kind <> 'safety' or {_RAISED_BY_THEM})"
)
"""Leaves out safety warnings that somebody else raised."""
OWN_ONLY = Restriction(
    "own_only",
    f"""
    (unit = any(%(units)s::text[]) or village_code = any(%(villages)s::text[])
     or {HAS_ITS_CASE} or {_RAISED_BY_THEM})
    """,
)
"""Leaves out what is neither about the own unit or a case that it has, nor in the own grids' villages,
nor raised there."""

WARNINGS = Board(
    "warning_board",
    shows=WarningLine,
    keeps=WarningRow,
    filters=(OPEN, FOR_LEADER),
    restrictions=(NOT_ABOUT_OWN_UNIT, NO_SEALED_MATTER, NO_SAFETY_OF_OTHERS, OWN_ONLY),
    orders={
        "newest": Descending(
            by=("division", "raised_at", "warning_id"),
            says="township by township, the newest first",
        ),
        "urgent": Ascending(
            by=("urgency", "dispose_by", "warning_id"),
            only=OPEN,
            says="only open ones, the most urgent level first, then the soonest due",
        ),
    },
)


def view_writes(
    written: Sequence[Written[EarlyWarning]], *, early_warnings: str = EARLY_WARNINGS
) -> list[Statement]:
    """Writes the board, a due row for each time of expiry, and the rules' episodes that are over.

    How long a rule is quiet afterwards is said by that policy.
    """
    division = division_of(written[0].new[0].stream_id)
    rows = [row for each in written if (row := _row(each.state))]
    return [
        *WARNINGS.upsert(division, rows),
        *warning_terms.rows_for(written),
        *rule_state.ended(written, chosen_early_warnings(early_warnings)),
    ]


def _row(warning: EarlyWarning) -> dict[str, object] | None:
    raised = warning.raised
    if raised is None:
        return None
    return {
        "warning_id": raised.warning_id,
        "level": warning.level,
        "urgency": list(WarningLevel).index(warning.level),
        "state": warning.state,
        "subject_kind": raised.subject_kind,
        "subject": raised.subject,
        "rule": raised.rule,
        "rule_version": raised.rule_version,
        "source": raised.source,
        "matter_id": raised.matter_id,
        "unit": raised.unit,
        "category": raised.category,
        "village_code": raised.village_code,
        "episode": raised.episode,
        "recorded_afterwards": raised.recorded_afterwards is True,
        "raised_at": warning.raised_at,
        "dispose_by": warning.dispose_by,
        "ended_at": warning.ended_at,
        "version": warning.version,
    }

"""Work at hand: what a unit and a post have to do, in groups, and what has changed since."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from shared.board.grouped import Grouped
from shared.contracts.event import Code
from shared.office.occurrence_time import Moment
from shared.times import to_wire

L = TypeVar("L")

DUE_SOON = timedelta(days=7)
"""So many days before the end of a term it counts as due soon."""
_OVERLAP = timedelta(seconds=30)
"""A change is stamped when its transaction begins, and is seen when it has ended."""


class WorkGroup(Code):
    """The groups of work at hand; a record may be in several, or in none."""

    NEW = "new", "新到"
    RETURNED = "returned", "退回"
    WAITING = "waiting-for-another", "待他人"
    OVERDUE = "overdue", "已超期"
    DUE_SOON = "due-soon", "即将到期"


class WorkCounts(BaseModel):
    """How many records are held in all, and in each group: whatever the page was asked by."""

    held: int
    groups: dict[WorkGroup, int]


class WorkLine(BaseModel, Generic[L]):
    """A record as its board shows it, and the groups that it is in."""

    record: L
    groups: list[WorkGroup]


class WorkPage(BaseModel, Generic[L]):
    """A page of the work at hand, the soonest due first."""

    items: list[WorkLine[L]]
    next: str | None
    counts: WorkCounts
    changed_since: datetime
    """What the next question may send back: a change may be shown twice, and none is missed."""


AskedGroup = Annotated[WorkGroup | None, Query(description="Only the records of this group")]
ChangedSince = Annotated[
    Moment | None,
    Query(description="Only records that have changed since; the counts are of all of them"),
]


def work_page(found: Grouped[Any], *, now: datetime) -> dict[str, object]:
    """The answer to a question for the work at hand."""
    return {
        "items": [{"record": line, "groups": groups} for line, groups in found.lines],
        "next": found.next,
        "counts": {"held": found.chosen, "groups": found.counts},
        "changed_since": to_wire(now - _OVERLAP),
    }

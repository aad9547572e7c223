"""Patrols as a telephone sends them, and what it is answered line by line."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from shared.contracts.patrols import HouseholdsVisited
from shared.divisions import GridCode, Identifier
from shared.http import Body, YesOrNo
from shared.office import Moment

MOST_LINES = 200
CLIENT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ClientId = Annotated[str, StringConstraints(pattern=f"^{CLIENT_ID.pattern}$")]
"""A UUID in lower case, which the telephone makes when the patrol is entered."""


class StatedPatrol(Body):
    """One patrol: where, when by the telephone's clock, found or not, households if said."""

    client_id: ClientId
    grid_code: GridCode
    done_at: Moment
    found: YesOrNo
    households_visited: HouseholdsVisited | None = None
    worker_id: Identifier | None = None
    """Who did it; left out by the worker's own token."""


class PatrolBatch(Body):
    """Lines are judged one by one, in whatever order, so that a bad one fails alone."""

    sent_at: Moment | None = None
    """What the telephone's clock shows at the sending: how far it is off is corrected by it."""
    patrols: Annotated[
        list[dict[str, Any]], Field(min_length=1, max_length=MOST_LINES, fail_fast=True)
    ]


class LineProblem(BaseModel):
    """Why a line was refused, without a word of its content."""

    type: str
    title: str
    detail: str
    field: str | None


class LineResult(BaseModel):
    """What became of a line; `on` is the day on which the patrol counts."""

    line: int
    client_id: str | None
    outcome: Literal["recorded", "known", "refused"]
    patrol_id: str | None
    on: date | None
    clock_corrected: bool
    problem: LineProblem | None


class BatchAnswer(BaseModel):
    """How many lines of each kind, and each line's own result in the order of the request."""

    recorded: int
    known: int
    refused: int
    results: list[LineResult]

"""A case that was recognised as an accusation, as a due row of its ledger: the lane registers it."""

from datetime import datetime

from shared.divisions import county_of, division_of, new_id
from shared.due import DueRow, put
from shared.ledger import Statement

KIND = "to-discipline"


def row_for(case_id: str, *, due_at: datetime) -> Statement:
    """What puts the row. The ids of the accusation are in it alone: no event links the two.

    Nor does the request: the row has no correlation id.
    """
    county = county_of(case_id)
    row = DueRow(
        division=division_of(case_id),
        kind=KIND,
        key=case_id,
        due_at=due_at,
        payload={
            "case_id": case_id,
            "accusation_id": new_id(county),
            "matter_id": new_id(county),
            "person_ref": new_id(county),
        },
    )
    return put([row])

"""A good request for every command of grid; ids that are not known before stand as $WORDS."""

from collections.abc import Mapping
from typing import Any

from tests.attack.grid_records import SINCE, WORKER, a_patrol
from tests.attack.wish import HERE, NOWHERE, Wish
from tests.grid.doors import square

_VILLAGE = {"village_code": f"{HERE}998", "name": "青云村", "valid_from": SINCE}
_GRID = {"grid_code": f"{HERE}001999", "name": "一组", "kind": "basic", "valid_from": SINCE}
_ENDS: dict[str, Any] = {"last_day": "2025-06-30", "how": "abolished"}
_SERVES = {"assignment_id": NOWHERE, "worker_id": "$WORKER", "first_day": SINCE}
_AFTER = {
    "assignment_id": NOWHERE,
    "successor_assignment_id": f"{NOWHERE[:-1]}2",
    "worker_id": "$NEXT_WORKER",
    "first_day": "2025-03-01",
}
_ENDED = {"assignment_id": NOWHERE, "last_day": "2025-06-30"}
ASSIGN = ("assign", _SERVES)

GRID: Mapping[str, Wish] = {
    "/townships/{division}/villages": Wish(_VILLAGE, _VILLAGE | {"kind": "village"}),
    "/villages/{village_id}/dissolve": Wish(_ENDS, _ENDS | {"last_day": "2025-12-31"}),
    "/townships/{division}/grids": Wish(
        _GRID | {"boundary": square()}, _GRID | {"boundary": square(side=0.02)}
    ),
    "/grids/{grid_id}/draw-boundary": Wish(
        {"boundary": square()}, {"boundary": square(side=0.02)}
    ),
    "/grids/{grid_id}/assign": Wish(_SERVES, _SERVES | {"worker_id": "$NEXT_WORKER"}),
    "/grids/{grid_id}/take-over": Wish(_AFTER, _AFTER | {"first_day": "2025-04-01"}, (ASSIGN,)),
    "/grids/{grid_id}/end-assignment": Wish(
        _ENDED, _ENDED | {"last_day": "2025-12-31"}, (ASSIGN,)
    ),
    "/grids/{grid_id}/dissolve": Wish(_ENDS, _ENDS | {"last_day": "2025-12-31"}),
    "/townships/{division}/patrols": Wish(
        {"patrols": [a_patrol(f"{HERE}001002")]}, {"patrols": [{}]}
    ),
    "/patrols/{patrol_id}/void": Wish({"reason": "by-mistake"}, {"reason": "otherwise-in-fact"}),
    "/townships/{division}/grid-workers": Wish(WORKER, WORKER | {"employment": "part-time"}),
    "/grid-workers/{worker_id}/enrol": Wish(
        {"employment": "part-time", "from_day": "2025-03-01"},
        {"employment": "part-time", "from_day": "2025-04-01"},
    ),
    "/grid-workers/{worker_id}/leave": Wish(
        {"last_day": "2025-06-30"}, {"last_day": "2025-12-31"}
    ),
}

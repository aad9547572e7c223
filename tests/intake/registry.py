"""Units and posts by the API, for the tests of what depends on them."""

from typing import Any

from shared.identity import Role
from tests.intake.doors import COUNTY, TOWNSHIP, Doors

BEGIN = "2025-01-01"


def a_unit(code: str, **changes: Any) -> dict[str, Any]:
    return {
        "code": code,
        "unit_type": "justice",
        "title": "青云镇司法所",
        "valid_from": BEGIN,
    } | changes


def a_post(code: str, unit: str, **changes: Any) -> dict[str, Any]:
    return {"code": code, "unit": unit, "valid_from": BEGIN} | changes


async def registered_unit(
    doors: Doors, code: str, division: str = TOWNSHIP, **changes: Any
) -> str:
    """Gives its id."""
    path = f"/divisions/{division}/units"
    answer = await doors.post(path, a_unit(code, **changes), role=Role.CLERK, division=division)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["unit_id"])


async def registered_post(
    doors: Doors, code: str, unit: str, division: str = TOWNSHIP, **changes: Any
) -> str:
    """Gives its id."""
    path = f"/divisions/{division}/posts"
    body = a_post(code, unit, **changes)
    answer = await doors.post(path, body, role=Role.CLERK, division=division)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["post_id"])


async def listed(
    doors: Doors, kind: str, scope: str = COUNTY, *, of: str | None = None, **query: str
) -> list[Any]:
    """The lines of a list, those of the division `of` where it is named."""
    asked = {"limit": "500"} | query | ({"division": of} if of else {})
    token = doors.tokens.headers(Role.CLERK, scope, "post-1")
    answer = await doors.http.get(f"/{kind}", params=asked, headers=token)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])

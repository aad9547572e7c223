"""The routes without a token, a good request for each, and a petitioner who sends them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from shared.identity import Role
from tests.attack.townships import FILING
from tests.attack.wish import HERE, NOWHERE
from tests.flow.doors import Doors

RESIDENT_ROUTES: Mapping[str, dict[str, Any]] = {
    "/resident/case": {},
    "/resident/case/contact": {"phone": "000-5550172"},
    "/resident/case/answer": {"question_id": NOWHERE, "text": "是村口的那一处。"},
    "/resident/case/rate": {"responsible_unit": "satisfied"},
    "/resident/case/request-review": {"level": "review"},
    "/resident/case/openings": {},
    "/resident/case/print": {},
    "/resident/case/receipt": {"format": "json"},
}
"""By path, what is sent with number and code."""


@dataclass(frozen=True)
class Petitioner:
    """Somebody who filed a case, and what they were given."""

    doors: Doors
    case_id: str
    known: Mapping[str, str]

    @classmethod
    def filing(cls, doors: Doors, **changes: Any) -> "Petitioner":
        body = FILING | changes
        answer = doors.post(f"/townships/{HERE}/cases", body, role=Role.CLERK, division=HERE)
        assert answer.status_code == 201, answer.text
        filed = answer.json()
        known = {"number": filed["number"], "code": filed["query_code"]}
        return cls(doors, filed["case_id"], known)

    def ask(self, path: str, body: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        """A request without a token; `body` overrides what this route is sent."""
        sent = {**self.known, **RESIDENT_ROUTES[path], **(body or {})}
        address = f"{self.doors.run.url('intake')}{path}"
        return self.doors.client.post(address, json=sent, **more)

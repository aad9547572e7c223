"""A matter that goes across the ledgers of a county, as the desks of its divisions see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from shared.divisions import division_of, new_id
from shared.identity import Role
from shared.testing.waiters import eventually
from tests.flow.doors import Doors
from tests.intake.doors import a_filing

COUNTY = "519900"
DESK = "petition-office"
PATIENCE = 120.0
T = TypeVar("T")


@dataclass(frozen=True)
class Matter:
    """A case, from its first registration on, in whichever ledger it is."""

    doors: Doors
    home: str

    @classmethod
    def filed(cls, doors: Doors, division: str) -> "Matter":
        path = f"/townships/{division}/cases"
        answer = doors.post(path, a_filing(), role=Role.CLERK, division=division)
        assert answer.status_code == 201, answer.text
        return cls(doors, str(answer.json()["case_id"]))

    def ask(
        self, case_id: str, verb: str, body: dict[str, Any], *, key: str | None = None
    ) -> httpx.Response:
        """A command by the petition office of the division in whose ledger the case is."""
        headers = self.doors.bearer(Role.HANDLER, division_of(case_id))
        return self.doors.client.post(
            f"{self.doors.run.url('intake')}/cases/{case_id}/{verb}",
            json=body,
            headers=headers | ({"Idempotency-Key": key} if key else {}),
        )

    def done(self, case_id: str, verb: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self.ask(case_id, verb, body or {}, key=new_id(division_of(case_id)))
        assert answer.status_code == 200, (verb, answer.text)
        shown: dict[str, Any] = answer.json()
        return shown

    def shown(self, case_id: str | None = None) -> dict[str, Any]:
        of = case_id or self.home
        answer = self.doors.get("intake", f"/cases/{of}", division_of(of))
        answer.raise_for_status()
        shown: dict[str, Any] = answer.json()
        return shown

    def kinds(self, case_id: str) -> list[str]:
        return [each["event"] for each in self.shown(case_id)["history"]]

    async def until(self, true_of: Callable[[dict[str, Any]], bool], case_id: str | None) -> Any:
        """What the case shows, once that is true of it."""

        def found() -> dict[str, Any] | None:
            try:
                shown = self.shown(case_id)
            except httpx.HTTPError:
                return None
            return shown if true_of(shown) else None

        return await eventually(found, within=PATIENCE, every=0.2)

    async def arrived(self, division: str) -> str:
        """The case of the division that holds the matter, by the home's own record."""

        def there(shown: dict[str, Any]) -> bool:
            holder = shown["holder"]
            return bool(holder["division"] == division and not holder["on_its_way"])

        return str((await self.until(there, None))["holder"]["case_id"])

    async def step(self, case_id: str, receiver: str, step: str) -> None:
        """Once a case was told that its receiver has got so far."""

        def told(shown: dict[str, Any]) -> bool:
            return any(
                each["case_id"] == receiver and each["step"] == step for each in shown["hops"]
            )

        await self.until(told, case_id)


def to(division: str, unit: str = DESK) -> dict[str, Any]:
    """The body of a forwarding or an assignment."""
    return {"to_unit": unit, "to_division": division}

"""A dispute's way through the doors of both services, as a county's clerks and mediators walk it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from shared.identity import Role
from shared.times import china_day
from tests.flow.doors import Doors
from tests.intake.doors import a_filing
from tests.mediation.doors import (
    CONSENT,
    LI,
    LONG_AGO,
    ROUTES,
    WU,
    Committee,
    Step,
    a_committee,
    assign,
    hold,
    sign,
)

TODAY = china_day(datetime.now(UTC))
DAYS = tuple((TODAY + timedelta(days=days)).isoformat() for days in (30, 60))


@dataclass(frozen=True)
class Mediating:
    """Both services' doors, in one township."""

    doors: Doors
    township: str

    def ask(self, service: str, role: Role, path: str, body: dict[str, Any]) -> httpx.Response:
        return self.doors.client.post(
            f"{self.doors.run.url(service)}{path}",
            json=body,
            headers=self.doors.bearer(role, self.township),
        )

    def done(self, service: str, role: Role, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.ask(service, role, path, body)
        assert answer.status_code in {200, 201}, f"{path}: {answer.text}"
        told: dict[str, Any] = answer.json()
        return told

    def set_up(self) -> Committee:
        """A committee of three mediators that sits since the beginning of the year."""
        path = f"/townships/{self.township}/mediators"
        body = {"person": {"name": "何秀英"}, "kinds": ["certified"], "occurred_at": LONG_AGO}
        members = tuple(
            str(self.done("mediation", Role.BACKFILL, path, body)["mediator_id"]) for _ in range(3)
        )
        set_up = self.done(
            "mediation",
            Role.BACKFILL,
            f"/townships/{self.township}/committees",
            a_committee(members),
        )
        return Committee(str(set_up["committee_id"]), members)

    def set_up_ids(self) -> dict[str, str]:
        """A committee, and one of its members, by what paths name them by."""
        committee = self.set_up()
        return {"committee_id": committee.committee_id, "mediator_id": committee.mediator}

    def register(self) -> str:
        """A case that nobody has accepted yet."""
        path = f"/townships/{self.township}/cases"
        return str(self.done("intake", Role.CLERK, path, a_filing())["case_id"])

    def accept(self, case_id: str) -> None:
        accepted = {"responsible_unit": "justice-office"}
        self.done("intake", Role.HANDLER, f"/cases/{case_id}/accept", accepted)

    def file(self) -> str:
        """An accepted case."""
        case_id = self.register()
        self.accept(case_id)
        return case_id

    def refer(self, case_id: str, committee: Committee) -> None:
        body = {"committee_id": committee.committee_id}
        self.done("intake", Role.CLERK, f"/cases/{case_id}/refer-to-mediation", body)

    def tell(self, mediation_id: str, *steps: Step) -> None:
        for verb, body in steps:
            self.done("mediation", Role.MEDIATOR, f"/mediations/{mediation_id}/{verb}", body)

    def of_case(self, case_id: str) -> list[str]:
        """The disputes that came of a case."""
        found = self.doors.get("mediation", "/mediations", self.township, case_id=case_id)
        return [line["mediation_id"] for line in found.json()["items"]]

    def history(self, service: str, path: str) -> list[dict[str, Any]]:
        found = self.doors.get(service, path, self.township)
        assert found.status_code == 200, found.text
        events: list[dict[str, Any]] = found.json()["history"]
        return events

    def heard(self, case_id: str) -> dict[str, Any] | None:
        """What a case shows of its mediation."""
        found = self.doors.get("intake", f"/cases/{case_id}", self.township)
        shown: dict[str, Any] | None = found.json()["mediation"]
        return shown

    def has_heard(self, case_id: str, outcome: str) -> bool:
        shown = self.heard(case_id)
        return shown is not None and shown["outcome"] == outcome

    def events(self, case_id: str) -> list[str]:
        return [each["event"] for each in self.history("intake", f"/cases/{case_id}")]


def to_the_signing(committee: Committee) -> list[Step]:
    """Two caucuses, a joint session, an agreement with two instalments."""
    one = [{"person": WU}]
    caucuses = [
        hold(committee, mode="caucus", side=side, people={"party": 1, "mediator": 1})
        for side in ("applicant", "respondent")
    ]
    return [
        ("consent", {"side": "applicant", "how": "in-writing", "parties": one}),
        ("consent", CONSENT[1] | {"parties": [{"person": LI}]}),
        assign(committee),
        *caucuses,
        hold(committee),
        ("draft", {"dictation": "双方同意分两次给三千块"}),
        sign(committee, *DAYS),
    ]


def instalment(number: int) -> Step:
    return "perform-instalment", {"instalment": number}


FAILED: Step = ("fail", {"ground": "no-agreement", "routes_told": ROUTES})
REFUSED: Step = ("breach", {"ground": "refused", "routes_offered": ROUTES})
UNDONE: Step = ("breach", {"ground": "undone", "routes_offered": ROUTES})

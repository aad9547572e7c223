"""Two townships with a record of each kind: the attacker is of one and after the other's."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import orjson

from deploy.local.issuing import PETITION_OFFICE
from shared.divisions import division_of, new_id
from shared.identity import Role
from tests.attack.grid_records import GridRecords
from tests.attack.mediation_wishes import APPLICATION, with_ids_of
from tests.attack.operations import Operation
from tests.attack.wish import HERE, Wish
from tests.flow.doors import Doors
from tests.flow.mediating import Mediating
from tests.flow.passing import PATIENCE, Matter, to
from tests.legal_acts import DIVERTED, LONG_AGO
from tests.mediation.doors import Committee
from tests.midnight import today
from tests.opinions import OPINION
from tests.shared.attachments.files import jpeg

COUNTY, OTHER_COUNTY = "519900", "519901"
THERE = "519900172"
FILING: dict[str, Any] = {
    "channel": "visit",
    "purpose": "request",
    "category": "land",
    "headcount": 1,
    "person": {"name": "某人", "phone": "000-5550171"},
    "narrative": "门前的路一下雨就积水。",
}
OWN_UNIT, OWN_POST = "own-unit", "own-post"
LANE = "discipline-office"
"""The county's unit of discipline, whose posts have the accusations."""
UNIT: dict[str, Any] = {
    "code": "water-station",
    "unit_type": "water",
    "title": "水利站",
    "valid_from": "2025-01-01",
}
POST: dict[str, Any] = {"code": "water-1", "unit": OWN_UNIT, "valid_from": "2025-01-01"}


@dataclass(frozen=True)
class Records:
    """A record of each kind, by what a path names it by."""

    committee: Committee
    ids: Mapping[str, str]
    grids: GridRecords

    @classmethod
    def made(cls, doors: Doors, division: str) -> "Records":
        committee = Mediating(doors, division).set_up()
        ids = {
            "case_id": filed(doors, division),
            "mediator_id": committee.mediators[2],
            "committee_id": committee.committee_id,
        }
        ids["accusation_id"] = accused(doors, division)
        ids["mediation_id"] = applied(doors, division, committee)
        ids["person_ref"] = petitioner_of(doors, ids["case_id"])
        ids["party_id"] = applicant_of(doors, ids["mediation_id"])
        ids["unit_id"] = registered(doors, division, "units", UNIT | {"code": OWN_UNIT})
        ids["post_id"] = registered(doors, division, "posts", POST | {"code": OWN_POST})
        ids["reception_id"] = received(doors, division)
        ids["conference_id"] = conferred(doors, division)
        ids["key_case_id"] = owned(doors, division)
        ids["higher_visit_id"] = reported_back(doors, division)
        grids = GridRecords.made(doors, division)
        return cls(committee, ids | grids.ids, grids)

    def known(self, body: Any) -> Any:
        """The body with the ids of this township, and the day, for its $WORDS."""
        with_day = orjson.dumps(body).decode().replace("$TODAY", str(today()))
        with_case = with_day.replace("$CASE", self.ids["case_id"])
        with_unit = with_case.replace("$UNIT", self.ids["unit_id"])
        return self.grids.known(with_ids_of(self.committee, orjson.loads(with_unit)))


@dataclass(frozen=True)
class Townships:
    doors: Doors
    of_here: Records
    """Those of the attacker's own township."""
    of_there: Records
    _tokens: dict[tuple[Role, str, str], dict[str, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def settled(cls, doors: Doors) -> "Townships":
        of_discipline = UNIT | {"code": LANE, "unit_type": "discipline", "title": "县纪委监委"}
        registered(doors, COUNTY, "units", of_discipline)
        return cls(doors, Records.made(doors, HERE), Records.made(doors, THERE))

    def fresh(self, kind: str) -> str:
        """A new record of that kind in the attacker's township."""
        made = _MADE_ACROSS.get(kind)
        return made(self.doors) if made else self._of_here(kind)

    def _of_here(self, kind: str) -> str:
        match kind:
            case "case_id":
                return filed(self.doors, HERE)
            case "mediation_id":
                return applied(self.doors, HERE, self.of_here.committee)
            case "person_ref":
                return petitioner_of(self.doors, ended(self.doors, filed(self.doors, HERE)))
            case "party_id":
                dispute = applied(self.doors, HERE, self.of_here.committee)
                return applicant_of(self.doors, refused(self.doors, dispute))
            case "unit_id" | "post_id":
                named, body = ("units", UNIT) if kind == "unit_id" else ("posts", POST)
                return registered(self.doors, HERE, named, body | {"code": _a_code()})
            case _:
                return self._of_a_register(kind)

    def _of_a_register(self, kind: str) -> str:
        grids = self.of_here.grids
        return (
            grids.fresh(kind)
            if kind in grids.ids
            else Mediating(self.doors, HERE).set_up_ids()[kind]
        )

    def wish(self, wish: Wish) -> Wish:
        """A wish with the ids of the attacker's township."""
        return replace(
            wish,
            body=self.of_here.known(wish.body),
            other=self.of_here.known(wish.other),
            after=tuple((verb, self.of_here.known(body)) for verb, body in wish.after),
        )

    def upload(self, service: str, record: str) -> str:
        """A picture for a record; gives its digest."""
        answer = self.doors.client.put(
            f"{self.doors.run.url(service)}/attachments",
            params={"of": record},
            content=jpeg(),
            headers=self.bearer(Role.TOWNSHIP_LEADER, division_of(record)),
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["digest"])

    def bearer(self, role: Role, division: str, unit: str = PETITION_OFFICE) -> dict[str, str]:
        """One token for each post: a new one for every request would be what takes the time."""
        if (role, division, unit) not in self._tokens:
            self._tokens[role, division, unit] = self.doors.bearer(role, division, unit)
        return self._tokens[role, division, unit]

    def path_of(
        self, operation: Operation, *, division: str = HERE, record: str | None = None
    ) -> str:
        """The template with what stands there for a route that lets everything through."""
        named = {
            "division": division,
            **self.of_here.ids,
            "event_id": new_id(division),
            "digest": "a" * 64,
            "kind": "case-filed",
            "week": "2025-W07",
            "month": "2025-02",
            "version": "1",
            "measure_id": "cases_filed",
            "form": "accept",
            "draft_id": "a-draft",
        }
        if record is not None and operation.stream is not None:
            named[operation.stream] = record
        return operation.template.format(**named)

    def request(
        self,
        operation: Operation,
        bearer: Mapping[str, str],
        *,
        division: str = HERE,
        record: str | None = None,
        **more: Any,
    ) -> httpx.Response:
        """Knock at the door of an operation, with a query that it takes where it needs one."""
        usual: dict[str, Any] = {}
        if operation.takes("period"):
            usual["params"] = {"period": "2025", "division": division}
        elif operation.needs("from"):
            usual["params"] = {"from": "2025-01-01", "to": "2025-12-31"}
        elif operation.needs("of") and operation.stream is not None:
            usual["params"] = {"of": record or self.of_here.ids[operation.stream]}
        if operation.is_command and not {"json", "content"} & set(more):
            # which no route takes (a dissolution takes an empty body); but gates come before bodies
            usual["json"] = {"nothing": "that is known"}
        headers = {**bearer, **more.pop("headers", {})}
        address = self.doors.run.url(operation.service)
        path = self.path_of(operation, division=division, record=record)
        return self.doors.client.request(
            operation.method, f"{address}{path}", headers=headers, **(usual | more)
        )


def filed(doors: Doors, division: str) -> str:
    """A new case; gives its id."""
    answer = doors.post(
        f"/townships/{division}/cases",
        FILING | {"received_on": LONG_AGO},
        role=Role.CLERK,
        division=division,
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


def accused(doors: Doors, division: str) -> str:
    """A new accusation that a township's clerk takes; gives its id, of the county's ledger."""
    answer = doors.post(
        f"/townships/{division}/cases",
        FILING | {"purpose": "accusation", "received_on": LONG_AGO},
        role=Role.CLERK,
        division=division,
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


def passed_on(doors: Doors, sender: str, receiver: str) -> tuple[str, str]:
    """A new case of the sender, and the receiver's of the same matter."""
    matter = Matter(doors, filed(doors, sender))
    matter.done(matter.home, "forward", to(receiver))
    _until(lambda: not matter.shown()["holder"]["on_its_way"])
    return matter.home, str(matter.shown()["holder"]["case_id"])


def objected_to(doors: Doors, home: str, receiver: str) -> str:
    """The sender's case, once it was told of the objection."""
    matter = Matter(doors, home)
    matter.done(receiver, "object", {"reason_code": "not-competent"})
    _until(lambda: matter.shown()["hops"][0]["step"] == "objected")
    return home


def _until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, f"a follow-up has not come within {PATIENCE:g} s"
        time.sleep(0.2)


def raised_again(doors: Doors) -> str:
    """An answered case, once another one repeats it."""
    matter = Matter(doors, filed(doors, HERE))
    matter.done(matter.home, "accept", {"responsible_unit": "justice-office"})
    answer = {"result": "supported", "method": "in-person", "opinion": OPINION}
    matter.done(matter.home, "answer", answer)
    repeat = FILING | {"first_or_repeat": "repeat", "repeat_of": matter.home}
    path = f"/townships/{HERE}/cases"
    assert doors.post(path, repeat, role=Role.CLERK, division=HERE).status_code == 201
    _until(lambda: "answer-review-opened" in matter.kinds(matter.home))
    return matter.home


def owned_to_the_end(doors: Doors) -> str:
    """An open key case whose case has ended; gives its id."""
    case_id = filed(doors, HERE)
    key_case_id = owned(doors, HERE, case_id)
    void = {"why": "registered-twice"}
    Mediating(doors, HERE).done("intake", Role.HANDLER, f"/cases/{case_id}/void", void)
    return key_case_id


_MADE_ACROSS: Mapping[str, Callable[[Doors], str]] = {
    "received_case": lambda doors: passed_on(doors, THERE, HERE)[1],
    "objected_case": lambda doors: objected_to(doors, *passed_on(doors, HERE, THERE)),
    "accusation_id": lambda doors: accused(doors, HERE),
    "reception_id": lambda doors: received(doors, HERE),
    "conference_id": lambda doors: conferred(doors, HERE),
    "key_case_id": lambda doors: owned(doors, HERE),
    "higher_visit_id": lambda doors: reported_back(doors, HERE),
    "county_case": lambda doors: filed(doors, COUNTY),
    "repeated_case": raised_again,
    "ended_key_case": owned_to_the_end,
}
"""Cases of matters that came from another ledger, went to one, or lie with the county; and receptions and conferences."""


def registered(doors: Doors, division: str, kind: str, body: dict[str, Any]) -> str:
    """A new unit or post; gives its id."""
    path = f"/divisions/{division}/{kind}"
    told = Mediating(doors, division).done("intake", Role.CLERK, path, body)
    return str(told["unit_id" if kind == "units" else "post_id"])


def received(doors: Doors, division: str) -> str:
    """A new reception by the township's own post; gives its id."""
    path = f"/townships/{division}/receptions/held"
    body = {"form": "reception", "leader_post": OWN_POST, "place_kind": "reception-room"}
    recorded = Mediating(doors, division).done("intake", Role.CLERK, path, body)
    return str(recorded["reception_id"])


def conferred(doors: Doors, division: str) -> str:
    """A new conference of the township's own unit; gives its id."""
    path = f"/townships/{division}/conferences"
    body = {"form": "joint-assessment", "units": [OWN_UNIT]}
    recorded = Mediating(doors, division).done("intake", Role.CLERK, path, body)
    return str(recorded["conference_id"])


def owned(doors: Doors, division: str, case_id: str | None = None) -> str:
    """A new key case, of a new case unless one is named; gives its id."""
    path = f"/townships/{division}/key-cases"
    body = {
        "case_id": case_id or filed(doors, division),
        "leader_post": OWN_POST,
        "task_force": [OWN_UNIT],
        "plan": "一周内上门。",
        "backlog": True,
    }
    return str(Mediating(doors, division).done("intake", Role.CLERK, path, body)["key_case_id"])


def reported_back(doors: Doors, division: str) -> str:
    """A new report of a visit to a higher level; gives its id."""
    path = f"/townships/{division}/higher-visits"
    body = {"visited": "county", "person_times": 1}
    told = Mediating(doors, division).done("intake", Role.CLERK, path, body)
    return str(told["higher_visit_id"])


def _a_code() -> str:
    """A code that nothing has yet."""
    return f"u-{new_id(HERE).rpartition('-')[2]}"


def complaint(doors: Doors, division: str, unit: str) -> str:
    """A new case that complains of a unit of the township; gives its id."""
    answer = doors.post(
        f"/townships/{division}/cases",
        FILING | {"complained_unit": unit},
        role=Role.CLERK,
        division=division,
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


def applied(doors: Doors, division: str, committee: Committee, **more: str) -> str:
    """A new dispute; gives its id."""
    body = APPLICATION | {"committee_id": committee.committee_id, **more}
    path = f"/townships/{division}/mediations"
    told = Mediating(doors, division).done("mediation", Role.CLERK, path, body)
    return str(told["mediation_id"])


def ended(doors: Doors, case_id: str) -> str:
    """The case, diverted."""
    verb, body = DIVERTED
    Mediating(doors, division_of(case_id)).done(
        "intake", Role.CLERK, f"/cases/{case_id}/{verb}", body
    )
    return case_id


def refused(doors: Doors, mediation_id: str) -> str:
    """The dispute, refused by the other side."""
    body = {"side": "respondent", "routes_told": ["court"]}
    path = f"/mediations/{mediation_id}/refuse"
    Mediating(doors, division_of(mediation_id)).done("mediation", Role.CLERK, path, body)
    return mediation_id


def petitioner_of(doors: Doors, case_id: str) -> str:
    """The reference of who filed a case."""
    return str(_first(doors, "intake", f"/cases/{case_id}")["person_ref"])


def applicant_of(doors: Doors, mediation_id: str) -> str:
    """The reference of a dispute's applicant."""
    return str(_first(doors, "mediation", f"/mediations/{mediation_id}")["applicants"][0])


def _first(doors: Doors, service: str, path: str) -> dict[str, Any]:
    """The data of a record's first event."""
    answer = doors.client.get(
        f"{doors.run.url(service)}{path}", headers=doors.bearer(Role.COUNTY_LEADER, COUNTY)
    )
    data: dict[str, Any] = answer.json()["history"][0]["data"]
    return data


def problem(answer: httpx.Response) -> tuple[str, int]:
    """Type and status of a refusal."""
    kind = answer.headers.get("content-type", "none")
    if kind != "application/problem+json":
        return f"{kind} {answer.text[:80]}", answer.status_code
    return str(answer.json()["type"]).removeprefix("/problems/"), answer.status_code
